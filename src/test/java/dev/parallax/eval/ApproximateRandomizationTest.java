package dev.parallax.eval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import dev.parallax.ShapeException;
import dev.parallax.random.RandomStream;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ApproximateRandomizationTest {

    private static final ApproximateRandomization TEST = ApproximateRandomization.standard(1);

    private static ToDoubleFunction<int[]> accuracy(int[] truth) {
        return predicted -> Metrics.of(truth, predicted, 2).weightedAccuracy();
    }

    /// Speakers a, b, c; the truth is all 0. The first system is right on all 6, the second wrong
    /// on 2, 1 and 0 of them. Swaps of a and b give |d'| = 3/6, 1/6, 1/6, 3/6; c never differs. Of
    /// the four, two are as far as d = 3/6.
    @Test
    void compare_threeSpeakers_givesTheShareByHand() {
        int[] first = {0, 0, 0, 0, 0, 0};
        int[] second = {1, 1, 1, 0, 0, 0};
        Clusters clusters = Clusters.of(List.of("a", "a", "b", "b", "c", "c"));
        Comparison comparison = TEST.compare(first, second, accuracy(new int[6]), clusters);
        assertEquals(new Comparison(1, 0.5, 0.5, 0.5, 0.5, 3, 2, 4, true), comparison);
    }

    /// By single utterances, the accuracies differ as in the sign test: 7 of 8 go one way, so of
    /// the 2^8 ways 2 (1 + 8) are as far.
    @Test
    void compare_singleUtterances_isTheSignTest() {
        int[] first = {0, 0, 0, 0, 0, 0, 0, 1, 1, 0};
        int[] second = {1, 1, 1, 1, 1, 1, 1, 0, 1, 0};
        Comparison comparison = TEST.compare(first, second, accuracy(new int[10]), Clusters.single(10));
        assertEquals(18 / 256.0, comparison.p(), 1e-15);
        assertEquals(2 / 256.0, comparison.smallestP(), 1e-15);
        assertEquals(8, comparison.differing());
        assertEquals(0.6, comparison.difference(), 1e-15);
        Comparison other = TEST.compare(second, first, accuracy(new int[10]), Clusters.single(10));
        assertEquals(comparison.p(), other.p());
        assertEquals(-comparison.difference(), other.difference());
    }

    @Test
    void compare_moreClustersThanCanBeEnumerated_samples_nearTheSignTest() {
        // 20 differ, 15 one way: the sign test gives 2 (1 + 20 + 190 + 1140 + 4845 + 15504) / 2^20 = 0.0414
        int[] first = IntStream.range(0, 20).map(i -> i < 15 ? 0 : 1).toArray();
        int[] second = IntStream.range(0, 20).map(i -> i < 15 ? 1 : 0).toArray();
        Comparison comparison = TEST.compare(first, second, accuracy(new int[20]), Clusters.single(20));
        double p = 43400.0 / (1 << 20);
        assertEquals(p, comparison.p(), 4 * Math.sqrt(p / 9999));
        assertEquals(1e-4, comparison.smallestP(), 1e-18);
        assertEquals(10_000, comparison.arrangements());
        assertEquals(Math.rint(comparison.p() * 10_000), comparison.p() * 10_000, 1e-9);
        assertEquals(comparison, TEST.compare(first, second, accuracy(new int[20]), Clusters.single(20)));
        // nothing is as far as 20 of 20: the least p of a sample
        Comparison all = TEST.compare(new int[20], new int[20], _ -> 0, Clusters.single(20));
        assertEquals(1, all.p());
        int[] wrong = IntStream.generate(() -> 1).limit(20).toArray();
        assertTrue(TEST.compare(new int[20], wrong, accuracy(new int[20]), Clusters.single(20))
                        .p()
                <= 3e-4);
    }

    @Test
    void compare_thirteenClusters_enumerates_andFourteenSample() {
        int[] wrong = IntStream.generate(() -> 1).limit(14).toArray();
        int[] wrongBut = wrong.clone();
        wrongBut[13] = 0;
        Clusters clusters = Clusters.single(14);
        Comparison thirteen = TEST.compare(new int[14], wrongBut, accuracy(new int[14]), clusters);
        assertTrue(thirteen.exact());
        assertEquals(8192, thirteen.arrangements());
        assertEquals(2 / 8192.0, thirteen.p());
        assertTrue(!TEST.compare(new int[14], wrong, accuracy(new int[14]), clusters)
                .exact());
    }

    @Test
    void compare_equalSystems_haveNothingToSwap() {
        Comparison same = TEST.compare(new int[4], new int[4], accuracy(new int[4]), Clusters.single(4));
        assertEquals(new Comparison(1, 1, 0, 1, 1, 4, 0, 1, true), same);
    }

    /// Both systems are right as often, each on speakers of its own liking: swapping whole speakers
    /// calls a difference about as often as it may, swapping utterances far more often.
    @Test
    void compare_systemsEquallyGood_seldomDiffer_unlessSpeakersAreIgnored() {
        int trials = 200;
        int called = 0;
        int calledBySingles = 0;
        Clusters speakers =
                Clusters.of(IntStream.range(0, 120).mapToObj(i -> "s" + i / 12).toList());
        ApproximateRandomization test = new ApproximateRandomization(199, 1);
        for (int trial = 0; trial < trials; trial++) {
            RandomStream random = new RandomStream(21, 0, 0, trial);
            int[][] predicted = new int[2][120];
            for (int s = 0; s < 10; s++) {
                for (int[] system : predicted) {
                    double wrong = random.nextInt(2) == 0 ? 0.1 : 0.7;
                    for (int i = 0; i < 12; i++) {
                        system[12 * s + i] = random.nextDouble() < wrong ? 1 : 0;
                    }
                }
            }
            ToDoubleFunction<int[]> score = accuracy(new int[120]);
            called += test.compare(predicted[0], predicted[1], score, speakers).p() <= 0.05 ? 1 : 0;
            calledBySingles += test.compare(predicted[0], predicted[1], score, Clusters.single(120))
                                    .p()
                            <= 0.05
                    ? 1
                    : 0;
        }
        double most = trials * (0.05 + 3 * Math.sqrt(0.05 * 0.95 / trials));
        assertTrue(called <= most, "called " + called);
        assertTrue(calledBySingles > most, "called by single utterances " + calledBySingles);
    }

    @Test
    void adjust_family_givesValuesByHand() {
        assertArrayEquals(new double[] {0.03, 0.06, 0.06}, Holm.adjust(0.01, 0.04, 0.03), 1e-15);
        assertArrayEquals(new double[] {1, 1}, Holm.adjust(0.9, 0.6), 0);
        assertArrayEquals(new double[] {0.04}, Holm.adjust(0.04), 0);
        assertEquals(0, Holm.adjust().length);
        assertEquals("holm: p-value 1 is NaN, expected 0 to 1", Refusal.of(() -> Holm.adjust(0, Double.NaN)));
    }

    @Test
    void compare_wrongInput_isRefused() {
        assertEquals(
                "randomization: 0 samples, expected at least 1, such as 9999",
                Refusal.of(() -> new ApproximateRandomization(0, 1)));
        assertThrows(ShapeException.class, () -> TEST.compare(new int[2], new int[3], _ -> 0, Clusters.single(2)));
        assertThrows(ShapeException.class, () -> TEST.compare(new int[2], new int[2], _ -> 0, Clusters.single(3)));
        assertEquals(
                "randomization: the scores are NaN and NaN, expected finite numbers",
                Refusal.of(() -> TEST.compare(new int[2], new int[2], _ -> Double.NaN, Clusters.single(2))));
    }

    @Test
    void clusterScore_twoSpeakers_countsTheirOwnClasses() {
        Clusters clusters = Clusters.of(List.of("a", "b", "a", "b", "b"));
        List<ClusterScore> scores = ClusterScore.of(new int[] {0, 1, 0, 2, 2}, new int[] {0, 1, 1, 0, 2}, 3, clusters);
        assertEquals("a", scores.get(0).name());
        assertEquals(1, scores.get(0).classes());
        assertEquals(0.5, scores.get(0).metrics().unweightedAccuracy());
        assertEquals(2, scores.get(1).classes());
        assertEquals(0.75, scores.get(1).metrics().unweightedAccuracy());
        assertEquals(3, scores.get(1).metrics().confusion().total());
        assertEquals(2, scores.size());
    }
}
