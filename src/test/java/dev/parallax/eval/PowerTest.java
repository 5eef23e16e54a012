package dev.parallax.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import dev.parallax.random.RandomStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PowerTest {

    /// The quantiles that tables of the normal distribution print.
    @ParameterizedTest
    @CsvSource({
        "0.5, 0",
        "0.8, 0.8416212336",
        "0.975, 1.9599639845",
        "0.995, 2.5758293035",
        "0.0001, -3.7190164855",
        "0.999999999999, 7.0344838"
    })
    void normalQuantile_knownProbabilities_givesTheTable(double p, double z) {
        assertEquals(z, Power.normalQuantile(p), 1e-5 * Math.max(1, Math.abs(z)));
    }

    /// A paired t test with standardised effect 0.5 needs 34 pairs for power 0.8 at the level 0.05 (Cohen 1988).
    @Test
    void needed_cohensExample_is34() {
        Power power = new Power(2 / Math.sqrt(50), 50, 0.05);
        assertEquals(34, power.needed(1));
        assertEquals(34, power.needed(-1));
        assertEquals(Double.POSITIVE_INFINITY, power.needed(0));
        assertEquals(Double.POSITIVE_INFINITY, new Power(0, 50, 0.05).needed(0));
    }

    @Test
    void detectable_andNeeded_agree() {
        Power power = new Power(0.012, 40, 0.05);
        assertEquals(40, power.needed(power.detectable() * (1 + 1e-9)));
        assertTrue(new Power(0.012, 40, 0.005).detectable() > power.detectable());
    }

    /// In a family of twenty comparisons, the level 0.0025 leaves four clusters no freedom.
    @Test
    void detectable_tooFewClusters_isInfinite() {
        assertEquals(Double.POSITIVE_INFINITY, new Power(0.01, 4, 0.0025).detectable());
        assertEquals(Double.POSITIVE_INFINITY, new Power(0.1, 2, 0.05).detectable(), "no difference is above 1");
        assertTrue(Refusal.of(() -> new Power(0.01, 1, 0.05)).startsWith("power: standard error 0.01, 1 clusters"));
    }

    /// The test over five clusters has no p below 0.0625.
    @Test
    void detectable_testWithoutSoSmallP_isInfinite() {
        Power five = new Power(0.01, 5, 0.05);
        assertEquals(Double.POSITIVE_INFINITY, five.detectable());
        assertEquals(6, five.needed(0.5));
        assertTrue(new Power(0.01, 6, 0.05).detectable() < 0.05);
    }

    /// Speakers are drawn anew in each trial, with a true difference as large as is detectable: the test shows
    /// it in about 80 of 100. Where nothing differs, it shows something in about 5 of 100.
    @Test
    void detectable_simulatedSpeakers_isShownWithTheStatedPower() {
        Clusters clusters =
                Clusters.of(IntStream.range(0, 240).mapToObj(i -> "s" + i / 6).toList());
        double error = IntStream.range(0, 50)
                .mapToDouble(trial -> RepeatedPredictionsTest.Simulated.difference(
                                new RandomStream(31, 0, 0, trial), clusters, 0.1)
                        .standardError())
                .average()
                .orElseThrow();
        double detectable = new Power(error, 40, 0.05).detectable();
        assertTrue(detectable > 0.08 && detectable < 0.2, "detectable " + detectable);
        assertEquals(0.8, shown(clusters, detectable, 1), 0.06);
        assertEquals(0.05, shown(clusters, 0, 2), 0.035);
    }

    private static double shown(Clusters clusters, double effect, int stream) {
        int trials = 1000;
        ApproximateRandomization test = new ApproximateRandomization(499, 1);
        return IntStream.range(0, trials)
                        .filter(trial -> test.compare(RepeatedPredictionsTest.Simulated.difference(
                                                new RandomStream(33, 0, stream, trial), clusters, effect))
                                        .p()
                                <= 0.05)
                        .count()
                / (double) trials;
    }
}
