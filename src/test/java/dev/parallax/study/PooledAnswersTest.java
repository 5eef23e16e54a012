package dev.parallax.study;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parallax.eval.Calibration;
import org.junit.jupiter.api.Test;

/// How the answers of folds and seeds are put together.
class PooledAnswersTest {

    private static double[] sure(double first) {
        return new double[] {first, 1 - first};
    }

    /// Two seeds; of class 0 three utterances, of class 1 one. Seed 1 is right on a, b and d, seed 2 on a and d.
    private static PooledAnswers pooled() {
        PooledAnswers.Builder builder = new PooledAnswers.Builder();
        builder.add("a", 0, sure(0.9));
        builder.add("b", 0, sure(0.8));
        builder.add("c", 0, sure(0.4));
        builder.add("d", 1, sure(0.1));
        builder.endSeed();
        builder.add("a", 0, sure(0.7));
        builder.add("b", 0, sure(0.3));
        builder.add("c", 0, sure(0.2));
        builder.add("d", 1, sure(0.3));
        builder.endSeed();
        return builder.build();
    }

    @Test
    void scores_areOfPooledPredictionsOfEachSeed() {
        PooledAnswers pooled = pooled();
        double first = (2.0 / 3 + 1) / 2;
        double second = (1.0 / 3 + 1) / 2;
        assertEquals((first + second) / 2, pooled.unweightedAccuracy().mean(), 1e-12);
        assertEquals(
                Math.abs(first - second) / Math.sqrt(2),
                pooled.unweightedAccuracy().deviation(),
                1e-12);
        assertEquals((0.75 + 0.5) / 2, pooled.weightedAccuracy().mean(), 1e-12);
    }

    @Test
    void averaged_averagesProbabilitiesOverSeedsFirst() {
        assertArrayEquals(new int[] {0, 0, 1, 1}, pooled().averaged()); // b: (0.8 + 0.3) / 2 = 0.55
    }

    @Test
    void allDecided_isOneSeedAfterTheOther() {
        assertArrayEquals(new int[] {0, 0, 1, 1, 0, 1, 1, 1}, pooled().allDecided());
        assertArrayEquals(new int[] {0, 0, 0, 1, 0, 0, 0, 1}, pooled().allLabels());
        assertEquals(pooled().unweightedAccuracy().mean(), pooled().repeated().unweightedAccuracy(), 1e-12);
    }

    /// The most frequent class of training is never that of the test part here: pooled folds give nothing, each
    /// fold by itself what one of two classes gives.
    @Test
    void meanOfFolds_classThatChangesBetweenFolds_isNotThatOfPooledFolds() {
        PooledAnswers.Builder builder = new PooledAnswers.Builder();
        builder.add("a", 0, sure(0.1));
        builder.add("b", 0, sure(0.1));
        builder.add("c", 1, sure(0.1));
        builder.endFold();
        builder.add("d", 1, sure(0.9));
        builder.add("e", 1, sure(0.9));
        builder.add("f", 0, sure(0.9));
        builder.endFold();
        builder.endSeed();
        PooledAnswers pooled = builder.build();
        assertEquals(1 / 3.0, pooled.unweightedAccuracy().mean(), 1e-12);
        assertEquals(0.5, pooled.meanOfFolds(), 1e-12);
    }

    @Test
    void negativeLogLikelihood_isTheMeanOverSeeds() {
        double first = -(Math.log(0.9) + Math.log(0.8) + Math.log(0.4) + Math.log(0.9)) / 4;
        double second = -(Math.log(0.7) + Math.log(0.3) + Math.log(0.2) + Math.log(0.7)) / 4;
        assertEquals((first + second) / 2, pooled().trust().negativeLogLikelihood(), 1e-9);
    }

    @Test
    void together_isOfTheAnswersOfAllSeeds() {
        int answers = pooled().together().bins().stream()
                .mapToInt(Calibration.Bin::count)
                .sum();
        assertEquals(8, answers);
        double log = Math.log(0.9) + Math.log(0.8) + Math.log(0.4) + Math.log(0.9);
        log += Math.log(0.7) + Math.log(0.3) + Math.log(0.2) + Math.log(0.7);
        assertEquals(-log / 8, pooled().together().negativeLogLikelihood(), 1e-9);
    }

    @Test
    void add_otherUtterancesWithAnotherSeed_isADefect() {
        PooledAnswers.Builder builder = new PooledAnswers.Builder();
        builder.add("a", 0, sure(0.9));
        builder.endSeed();
        assertThrows(IllegalStateException.class, () -> builder.add("b", 0, sure(0.9)));
    }
}
