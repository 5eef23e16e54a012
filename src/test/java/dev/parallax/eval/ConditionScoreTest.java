package dev.parallax.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConditionScoreTest {

    private static final Clusters SPEAKERS = Clusters.of(
            IntStream.range(0, 40).mapToObj(i -> "s" + i / 4).toList());

    /// 10 speakers with two utterances of each class. Clean, all are right; under the condition, the last one of each
    /// speaker is not. Half of the answers are sure: the first two of each speaker, which are right.
    @Test
    void of_oneWrongPerSpeaker_countsByHand() {
        int[] truth = IntStream.range(0, 40).map(i -> i / 2 % 2).toArray();
        int[] predicted = IntStream.range(0, 40).map(i -> i % 4 == 3 ? 0 : truth[i]).toArray();
        boolean[] sure = new boolean[40];
        IntStream.range(0, 40).forEach(i -> sure[i] = i % 4 < 2);
        ConditionScore score = ConditionScore.of("a", "b", truth, predicted, truth, sure, 2, SPEAKERS, 1);
        assertEquals(0.75, score.unweightedAccuracy().estimate(), 1e-12);
        assertEquals(-0.25, score.difference().estimate(), 1e-12);
        assertEquals(-0.25, score.difference().low(), 1e-12, "every speaker loses as much");
        assertEquals(-0.25, score.difference().high(), 1e-12);
        assertTrue(score.unweightedAccuracy().low() < 0.75);
        assertEquals(0.5, score.sure());
        assertEquals(1, score.accuracyOfSure());
    }

    @Test
    void of_noneSure_hasNoAccuracyOfSure() {
        int[] truth = new int[40];
        ConditionScore score = ConditionScore.of("a", "b", truth, truth, truth, new boolean[40], 2, SPEAKERS, 1);
        assertEquals(0, score.sure());
        assertTrue(Double.isNaN(score.accuracyOfSure()));
    }
}
