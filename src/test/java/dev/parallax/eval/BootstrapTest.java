package dev.parallax.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import dev.parallax.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BootstrapTest {

    private static Clusters speakers(int speakers, int utterances) {
        return Clusters.of(IntStream.range(0, speakers * utterances)
                .mapToObj(i -> "speaker " + i / utterances)
                .toList());
    }

    private static Statistic mean(double[] values) {
        return utterances ->
                Arrays.stream(utterances).mapToDouble(i -> values[i]).average().orElseThrow();
    }

    @Test
    void of_meanOfSingleUtterances_hasTheWidthOfTheNormalInterval() {
        RandomStream random = new RandomStream(5, 0, 0, 0);
        double[] values =
                IntStream.range(0, 400).mapToDouble(i -> random.nextGaussian()).toArray();
        Interval interval = new Bootstrap(4000, 0.95, 1).of(mean(values), Clusters.single(400));
        double error = Spread.of(values).deviation() / 20;
        assertEquals(Spread.of(values).mean(), interval.estimate(), 1e-12);
        // single utterances drawn from clusters of one: the plain bootstrap; each end is known to about 5 %
        assertEquals(interval.estimate() - 1.96 * error, interval.low(), 0.15 * error);
        assertEquals(interval.estimate() + 1.96 * error, interval.high(), 0.15 * error);
        assertFalse(interval.withinTheseSpeakers());
    }

    /// Speakers differ: each has an ability of its own. The clustered interval holds the true mean
    /// about as often as it says; drawing utterances as if they were independent claims far too much.
    @Test
    void of_speakersThatDiffer_coversAsPromised_andSingleUtterancesDoNot() {
        int trials = 200;
        int covered = 0;
        int coveredBySingles = 0;
        Clusters clusters = speakers(20, 20);
        for (int trial = 0; trial < trials; trial++) {
            RandomStream random = new RandomStream(11, 0, 0, trial);
            double[] right = new double[400];
            for (int s = 0; s < 20; s++) {
                double ability = random.uniform(0.3, 0.9);
                for (int i = 0; i < 20; i++) {
                    right[20 * s + i] = random.nextDouble() < ability ? 1 : 0;
                }
            }
            Bootstrap bootstrap = new Bootstrap(99, 0.9, trial);
            covered += holds(bootstrap.of(mean(right), clusters), 0.6);
            coveredBySingles += holds(bootstrap.of(mean(right), Clusters.single(400)), 0.6);
        }
        double error = Math.sqrt(0.9 * 0.1 / trials);
        assertTrue(covered >= (0.9 - 3 * error) * trials, "covered " + covered + " of " + trials);
        assertTrue(coveredBySingles < (0.9 - 3 * error) * trials, "singles cover " + coveredBySingles);
    }

    private static int holds(Interval interval, double value) {
        return interval.low() <= value && value <= interval.high() ? 1 : 0;
    }

    @Test
    void of_fewerThanEightSpeakers_resamplesUtterancesAndSaysSo() {
        double[] values =
                IntStream.range(0, 70).mapToDouble(i -> Math.floorDiv(i, 10)).toArray(); // constant within a speaker
        Bootstrap bootstrap = new Bootstrap(500, 0.95, 3);
        Interval seven = bootstrap.of(mean(values), speakers(7, 10));
        Interval utterances = bootstrap.of(mean(values), speakers(1, 70));
        assertTrue(seven.withinTheseSpeakers());
        assertEquals(7, seven.clusters());
        assertEquals(utterances.low(), seven.low());
        assertEquals(utterances.high(), seven.high());
        double[] eight =
                IntStream.range(0, 80).mapToDouble(i -> Math.floorDiv(i, 10)).toArray();
        assertFalse(bootstrap.of(mean(eight), speakers(8, 10)).withinTheseSpeakers());
    }

    @Test
    void of_speakersConstantWithin_drawsWholeSpeakers() {
        double[] values =
                IntStream.range(0, 1000).mapToDouble(i -> Math.floorDiv(i, 100)).toArray();
        Statistic sum = drawn -> {
            assertEquals(1000, drawn.length);
            return Arrays.stream(drawn).mapToDouble(i -> values[i]).sum();
        };
        new Bootstrap(100, 0.9, 0)
                .of(
                        drawn -> {
                            double hundreds = sum.of(drawn) / 100;
                            assertEquals(Math.rint(hundreds), hundreds); // each speaker 0, 1, 2 .. times, wholly
                            return hundreds;
                        },
                        speakers(10, 100));
    }

    @Test
    void of_ranks_areThoseOfDavisonAndHinkley() {
        // with 19 replicates at level 0.9 the ends are the least and the greatest of them
        double[] values = IntStream.range(0, 30).mapToDouble(i -> i * i).toArray();
        double[] range = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        Statistic watched = drawn -> {
            double mean = mean(values).of(drawn);
            if (!Arrays.equals(drawn, IntStream.range(0, 30).toArray())) {
                range[0] = Math.min(range[0], mean);
                range[1] = Math.max(range[1], mean);
            }
            return mean;
        };
        Interval interval = new Bootstrap(19, 0.9, 4).of(watched, Clusters.single(30));
        assertEquals(range[0], interval.low(), 1e-6);
        assertEquals(range[1], interval.high(), 1e-6);
    }

    @Test
    void of_sameSeed_givesTheSame_andAnotherSeedAnother() {
        int[] truth = IntStream.range(0, 90).map(i -> i % 3).toArray();
        int[] predicted = IntStream.range(0, 90).map(i -> i * i % 7 % 3).toArray();
        Statistic accuracy = Statistic.unweightedAccuracy(truth, predicted, 3);
        Interval interval = Bootstrap.standard(1).of(accuracy, speakers(9, 10));
        assertEquals(interval, Bootstrap.standard(1).of(accuracy, speakers(9, 10)));
        assertNotEquals(interval, Bootstrap.standard(2).of(accuracy, speakers(9, 10)));
        assertEquals(Metrics.of(truth, predicted, 3).unweightedAccuracy(), interval.estimate(), 1e-15);
        assertTrue(interval.low() < interval.estimate() && interval.estimate() < interval.high());
    }

    @Test
    void of_differenceOfASystemFromItself_isZeroWithCertainty() {
        int[] truth = IntStream.range(0, 90).map(i -> i % 3).toArray();
        Statistic accuracy = Statistic.weightedAccuracy(truth, new int[90]);
        Interval interval = Bootstrap.standard(1).of(accuracy.minus(accuracy), speakers(9, 10));
        assertEquals(new Interval(0, 0, 0, 0.95, 9, false), interval);
        assertEquals(1 / 3.0, accuracy.of(IntStream.range(0, 90).toArray()), 1e-15);
    }

    @Test
    void unweightedAccuracy_drawnUtterances_countsClassesThatOccur() {
        Statistic accuracy = Statistic.unweightedAccuracy(new int[] {0, 0, 1, 2}, new int[] {0, 1, 1, 0}, 3);
        assertEquals(0.5, accuracy.of(new int[] {0, 1, 2, 3}));
        assertEquals(0.75, accuracy.of(new int[] {0, 1, 2}));
        assertEquals(2 / 3.0, accuracy.of(new int[] {0, 0, 1}), 1e-15); // twice counts twice
    }

    @Test
    void bootstrap_wrongInput_isOneLine() {
        assertEquals(
                "bootstrap: 38 replicates are too few for the level 0.95, take at least 39",
                Refusal.of(() -> new Bootstrap(38, 0.95, 0)));
        assertEquals(
                "bootstrap: the level is 95.0, expected between 0 and 1, such as 0.95",
                Refusal.of(() -> new Bootstrap(2000, 95, 0)));
        assertTrue(Refusal.of(() -> Bootstrap.standard(0).of(_ -> Double.NaN, Clusters.single(9)))
                .startsWith("bootstrap: the statistic is NaN for some of the utterances"));
        assertEquals(
                "clusters: there are no utterances; is this part of the split empty?",
                Refusal.of(() -> Clusters.of(List.of())));
        assertEquals(
                "clusters: utterance 1 names no speaker or dialogue; name all, or take single utterances",
                Refusal.of(() -> Clusters.of(List.of("a", " "))));
    }

    @Test
    void clusters_names_gatherUtterances() {
        Clusters clusters = Clusters.of(List.of("b", "a", "b"));
        assertEquals(2, clusters.count());
        assertEquals("b", clusters.name(0));
        assertEquals(List.of(0, 2), Arrays.stream(clusters.members(0)).boxed().toList());
        assertEquals(3, clusters.utterances());
        assertEquals(new Spread(2, 1, 3), Spread.of(1, 2, 3));
        assertEquals(new Spread(5, Double.NaN, 1), Spread.of(5), "one has no deviation");
        assertEquals("2.000 ± 1.000", Spread.of(1, 2, 3).toString());
        assertEquals("5.000", Spread.of(5).toString());
        assertEquals("spread: there are no scores; did every seed fail?", Refusal.of(Spread::of));
    }
}
