package dev.parallax.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.ShapeException;
import dev.parallax.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Systems that were trained several times: their score, their difference, and its interval and test.
class RepeatedPredictionsTest {

    private static final int[] TRUTH = {0, 0, 0, 1, 1, 0, 1, 0};
    private static final List<int[]> FIRST =
            List.of(new int[] {0, 0, 1, 1, 0, 0, 1, 0}, new int[] {0, 0, 0, 1, 1, 1, 1, 0});
    private static final List<int[]> SECOND =
            List.of(new int[] {1, 0, 1, 0, 0, 0, 1, 1}, new int[] {0, 1, 0, 1, 1, 1, 0, 0});
    private static final Clusters CLUSTERS = Clusters.of(List.of("a", "a", "b", "b", "b", "c", "c", "d"));

    private static double mean(List<int[]> runs) {
        return runs.stream()
                .mapToDouble(run -> Metrics.of(TRUTH, run, 2).unweightedAccuracy())
                .average()
                .orElseThrow();
    }

    @Test
    void unweightedAccuracy_severalRuns_isTheMeanOfTheirScores() {
        RepeatedPredictions predictions = RepeatedPredictions.of(TRUTH, FIRST, 2);
        assertEquals(2, predictions.runs());
        assertEquals(mean(FIRST), predictions.unweightedAccuracy(), 1e-15);
        int[] twice = {0, 0, 3, 4};
        assertEquals(0.75, predictions.unweightedAccuracy(new int[] {0, 0}, twice), 1e-15);
        assertEquals(1, predictions.unweightedAccuracy(new int[] {1, 1}, twice), 1e-15);
        assertThrows(ShapeException.class, () -> RepeatedPredictions.of(TRUTH, List.of(), 2));
    }

    @Test
    void difference_partsOfClusters_addUpToTheDifferenceOfTheMeans() {
        RepeatedPredictions first = RepeatedPredictions.of(TRUTH, FIRST, 2);
        RepeatedPredictions second = RepeatedPredictions.of(TRUTH, SECOND, 2);
        PairedDifference difference = PairedDifference.of(first, second, CLUSTERS);
        double sum = IntStream.range(0, 4).mapToDouble(difference::part).sum();
        assertEquals(mean(FIRST) - mean(SECOND), sum, 1e-15);
        // a: of the 5 utterances of class 0, two with shares 1 and 1 against 0.5 and 0.5
        assertEquals((0.5 + 0.5) / (2 * 5), difference.part(0), 1e-15);
        assertThrows(ShapeException.class, () -> PairedDifference.of(first, second, Clusters.single(3)));
        RepeatedPredictions three =
                RepeatedPredictions.of(TRUTH, List.of(FIRST.getFirst(), FIRST.getLast(), FIRST.getFirst()), 2);
        assertThrows(ShapeException.class, () -> PairedDifference.of(first, three, CLUSTERS));
    }

    /// One class, one utterance per cluster: the standard error is that of a mean.
    @Test
    void standardError_singleUtterancesOfOneClass_isThatOfTheMeanDifference() {
        int[] truth = new int[6];
        RepeatedPredictions first = RepeatedPredictions.of(truth, List.of(new int[] {0, 0, 0, 1, 0, 1}), 2);
        RepeatedPredictions second = RepeatedPredictions.of(truth, List.of(new int[] {1, 0, 1, 0, 1, 1}), 2);
        PairedDifference difference = PairedDifference.of(first, second, Clusters.single(6));
        double deviation = Spread.of(1, 0, 1, -1, 1, 0).deviation();
        assertEquals(deviation / Math.sqrt(6), difference.standardError(), 1e-15);
    }

    /// With one run, and whatever is swapped, the test by parts of clusters is the test by scoring again.
    @Test
    void compare_byParts_isTheTestByScoringAgain() {
        ApproximateRandomization test = ApproximateRandomization.standard(3);
        for (int trial = 0; trial < 20; trial++) {
            RandomStream random = new RandomStream(8, 0, 0, trial);
            int[] truth = draw(random, 60, 3);
            int[] a = draw(random, 60, 3);
            int[] b = draw(random, 60, 3);
            Clusters clusters = Clusters.of(
                    IntStream.range(0, 60).mapToObj(i -> "s" + i / 6).toList());
            Comparison scored = test.compare(
                    a, b, predicted -> Metrics.of(truth, predicted, 3).unweightedAccuracy(), clusters);
            Comparison parts = test.compare(PairedDifference.of(
                    RepeatedPredictions.of(truth, List.of(a), 3),
                    RepeatedPredictions.of(truth, List.of(b), 3),
                    clusters));
            assertEquals(scored.difference(), parts.difference(), 1e-12);
            assertEquals(scored.p(), parts.p(), 1e-12, "trial " + trial);
        }
    }

    /// Counted by cluster, the score of whole clusters is that of their utterances to the last bit.
    @Test
    void clusterCounts_drawnClusters_scoreAsTheirUtterances() {
        RandomStream random = new RandomStream(9, 0, 0, 0);
        int[] truth = draw(random, 60, 4);
        RepeatedPredictions predictions =
                RepeatedPredictions.of(truth, List.of(draw(random, 60, 4), draw(random, 60, 4), truth), 4);
        Clusters clusters =
                Clusters.of(IntStream.range(0, 60).mapToObj(i -> "s" + i % 12).toList());
        ClusterCounts counts = ClusterCounts.of(predictions, clusters);
        for (int trial = 0; trial < 20; trial++) {
            int[] runs = draw(random, 3, 3);
            int[] these = draw(random, 12, 12);
            int[] utterances = IntStream.of(these)
                    .flatMap(g -> IntStream.of(clusters.members(g)))
                    .toArray();
            assertEquals(predictions.unweightedAccuracy(runs, utterances), counts.unweightedAccuracy(runs, these));
        }
    }

    private static int[] draw(RandomStream random, int count, int classes) {
        return IntStream.range(0, count).map(i -> random.nextInt(classes)).toArray();
    }

    /// Runs that differ widen the interval of what one run can be expected to have.
    @Test
    void interval_runsThatDiffer_isWiderThanThatOfEqualRuns() {
        RandomStream random = new RandomStream(4, 0, 0, 0);
        int[] truth = new int[400];
        List<int[]> equal = new ArrayList<>();
        List<int[]> unequal = new ArrayList<>();
        for (double wrong : new double[] {0.1, 0.3, 0.5}) {
            equal.add(wrong(random, 0.3));
            unequal.add(wrong(random, wrong));
        }
        Clusters clusters = Clusters.single(400);
        Bootstrap bootstrap = new Bootstrap(999, 0.95, 1);
        RepeatedPredictions narrow = RepeatedPredictions.of(truth, equal, 2);
        RepeatedPredictions wide = RepeatedPredictions.of(truth, unequal, 2);
        Interval same = bootstrap.of(narrow, clusters);
        Interval other = bootstrap.of(wide, clusters);
        assertEquals(narrow.unweightedAccuracy(), same.estimate(), 1e-15);
        assertTrue(same.low() < same.estimate() && same.estimate() < same.high(), same.toString());
        assertTrue(other.high() - other.low() > 2 * (same.high() - same.low()), same + " and " + other);
        RepeatedPredictions once = RepeatedPredictions.of(truth, List.of(equal.getFirst()), 2);
        Interval difference = bootstrap.of(PairedDifference.of(wide, once, clusters));
        assertTrue(difference.low() < -0.1 && difference.high() > 0.1, difference.toString());
    }

    private static int[] wrong(RandomStream random, double share) {
        return IntStream.range(0, 400)
                .map(i -> random.nextDouble() < share ? 1 : 0)
                .toArray();
    }

    /// The interval of a paired difference holds the true one about as often as it says.
    @Test
    void interval_ofADifference_coversAsPromised() {
        int trials = 200;
        int covered = 0;
        Clusters clusters =
                Clusters.of(IntStream.range(0, 200).mapToObj(i -> "s" + i / 5).toList());
        for (int trial = 0; trial < trials; trial++) {
            RandomStream random = new RandomStream(17, 0, 0, trial);
            Interval interval = new Bootstrap(99, 0.9, trial).of(Simulated.difference(random, clusters, 0.08));
            covered += interval.low() <= 0.08 && 0.08 <= interval.high() ? 1 : 0;
        }
        assertEquals(0.9, covered / (double) trials, 0.07);
    }

    /// Two systems on simulated speakers, who differ in how hard they are and in which system suits them.
    static final class Simulated {

        private Simulated() {}

        /// @param effect the true difference in accuracy
        static PairedDifference difference(RandomStream random, Clusters clusters, double effect) {
            int n = clusters.utterances();
            int[] a = new int[n];
            int[] b = new int[n];
            for (int g = 0; g < clusters.count(); g++) {
                double level = random.uniform(0.4, 0.7);
                double taste = random.uniform(-0.15, 0.15);
                for (int i : clusters.members(g)) {
                    a[i] = random.nextDouble() < level + effect / 2 + taste ? 0 : 1;
                    b[i] = random.nextDouble() < level - effect / 2 - taste ? 0 : 1;
                }
            }
            return PairedDifference.of(
                    RepeatedPredictions.of(new int[n], List.of(a), 2),
                    RepeatedPredictions.of(new int[n], List.of(b), 2),
                    clusters);
        }
    }
}
