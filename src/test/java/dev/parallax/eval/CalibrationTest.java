package dev.parallax.eval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import dev.parallax.ShapeException;
import dev.parallax.random.RandomStream;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CalibrationTest {

    private static final int N = 20_000;

    /// Logits, and classes drawn from their softmax: perfectly calibrated at temperature 1.
    private static double[][] logits(RandomStream random, int n) {
        return IntStream.range(0, n)
                .mapToObj(i -> new double[] {
                    2 * random.nextGaussian(), random.nextGaussian(), 2 * random.nextGaussian(), random.nextGaussian()
                })
                .toArray(double[][]::new);
    }

    private static int[] draw(RandomStream random, double[][] probabilities) {
        return Arrays.stream(probabilities)
                .mapToInt(p -> {
                    double u = random.nextDouble();
                    int k = 0;
                    while (k < p.length - 1 && u >= p[k]) {
                        u -= p[k++];
                    }
                    return k;
                })
                .toArray();
    }

    private static double[][] times(double factor, double[][] rows) {
        return Arrays.stream(rows)
                .map(row -> Arrays.stream(row).map(x -> factor * x).toArray())
                .toArray(double[][]::new);
    }

    @Test
    void of_smallCase_givesValuesByHand() {
        double[][] p = {{0.8, 0.2}, {0.4, 0.6}, {0.5, 0.5}};
        Calibration calibration = Calibration.of(p, new int[] {0, 0, 1});
        assertEquals(-(Math.log(0.8) + Math.log(0.4) + Math.log(0.5)) / 3, calibration.negativeLogLikelihood(), 1e-15);
        assertEquals((2 * 0.04 + 2 * 0.36 + 2 * 0.25) / 3, calibration.brier(), 1e-15);
        assertEquals((0.2 + 0.6 + 0.5) / 3, calibration.expectedCalibrationError(), 1e-15);
        assertEquals(new Calibration.Bin(0.5, 0, 1), calibration.bins().getFirst());
        assertEquals(3, calibration.bins().size());
    }

    @Test
    void of_sureAndRight_isZero_andSureAndWrong_isTheWorst() {
        double[][] p = {{1, 0}, {1, 0}};
        assertEquals(new Calibration(0, 0, 0, Calibration.of(p, new int[2]).bins()), Calibration.of(p, new int[2]));
        Calibration wrong = Calibration.of(p, new int[] {1, 1});
        assertEquals(-Math.log(1e-12), wrong.negativeLogLikelihood(), 1e-12);
        assertEquals(2, wrong.brier());
        assertEquals(1, wrong.expectedCalibrationError());
    }

    @Test
    void of_classesDrawnFromTheProbabilities_isCalibrated_andSharpenedIsNot() {
        RandomStream random = new RandomStream(1, 0, 0, 0);
        double[][] z = logits(random, N);
        int[] truth = draw(random, Probabilities.softmax(z, 1));
        Calibration honest = Calibration.of(Probabilities.softmax(z, 1), truth);
        // the mean of 15 absolute deviations, each of standard error at most 0.5 / sqrt(N / 15)
        assertTrue(honest.expectedCalibrationError() < 0.5 / Math.sqrt(N / 15.0));
        assertEquals(Calibration.BINS, honest.bins().size());
        for (Calibration.Bin bin : honest.bins()) {
            assertEquals(N / 15.0, bin.count(), 1);
            assertEquals(bin.confidence(), bin.accuracy(), 4 * 0.5 / Math.sqrt(bin.count()));
        }
        Calibration sharp = Calibration.of(Probabilities.softmax(z, 0.3), truth);
        assertTrue(sharp.expectedCalibrationError() > 0.1);
        assertTrue(sharp.negativeLogLikelihood() > honest.negativeLogLikelihood());
        assertTrue(sharp.brier() > honest.brier());
    }

    @Test
    void of_utterancesInAnotherOrder_givesTheSame_alsoWithEqualConfidences() {
        RandomStream random = new RandomStream(2, 0, 0, 0);
        double[][] p = IntStream.range(0, 500)
                .mapToObj(i -> (1 + random.nextInt(9)) / 10.0)
                .map(x -> new double[] {x, 1 - x})
                .toArray(double[][]::new);
        int[] truth = draw(random, p);
        int[] order = IntStream.range(0, 500).toArray();
        random.shuffle(order);
        double[][] shuffled = IntStream.of(order).mapToObj(i -> p[i]).toArray(double[][]::new);
        Calibration a = Calibration.of(p, truth);
        Calibration b =
                Calibration.of(shuffled, IntStream.of(order).map(i -> truth[i]).toArray());
        assertEquals(a.expectedCalibrationError(), b.expectedCalibrationError(), 1e-13);
        assertEquals(a.negativeLogLikelihood(), b.negativeLogLikelihood(), 1e-13);
        assertEquals(a.brier(), b.brier(), 1e-13);
        assertEquals(500, a.bins().stream().mapToInt(Calibration.Bin::count).sum());
    }

    @Test
    void of_wrongInput_isOneLine() {
        assertEquals(
                "calibration: there are no utterances to score; is this part of the split empty?",
                Refusal.of(() -> Calibration.of(new double[0][], new int[0])));
        assertEquals(
                "calibration: row 0 sums to 3.0, probabilities sum to 1 (are these logits?)",
                Refusal.of(() -> Calibration.of(new double[][] {{1, 2}}, new int[1])));
        assertEquals(
                "calibration: row 0 holds the probability -0.5",
                Refusal.of(() -> Calibration.of(new double[][] {{-0.5, 1.5}}, new int[1])));
        assertEquals(
                "calibration: row 0 holds NaN, expected finite numbers",
                Refusal.of(() -> Calibration.of(new double[][] {{Double.NaN, 1}}, new int[1])));
        assertEquals(
                "calibration: the true class of utterance 0 is 2, expected 0..1",
                Refusal.of(() -> Calibration.of(new double[][] {{0.5, 0.5}}, new int[] {2})));
        assertThrows(ShapeException.class, () -> Calibration.of(new double[2][2], new int[1]));
        assertThrows(ShapeException.class, () -> Calibration.of(new double[][] {{1}, {0.5, 0.5}}, new int[2]));
    }

    @Test
    void fit_logitsTooSureByThree_givesThree() {
        RandomStream random = new RandomStream(7, 0, 0, 0);
        double[][] z = logits(random, N);
        int[] truth = draw(random, Probabilities.softmax(z, 1));
        double fitted = TemperatureScaling.fit(times(3, z), truth).temperature();
        assertEquals(3, fitted, 0.1);
        assertEquals(fitted / 6, TemperatureScaling.fit(times(0.5, z), truth).temperature(), 1e-9);
        for (double other : new double[] {0.97 * fitted, 1.03 * fitted}) {
            assertTrue(Calibration.of(Probabilities.softmax(times(3, z), fitted), truth)
                            .negativeLogLikelihood()
                    < Calibration.of(Probabilities.softmax(times(3, z), other), truth)
                            .negativeLogLikelihood());
        }
    }

    @Test
    void fit_noBestTemperature_staysWithinTheLimits() {
        double[][] z = {{3, 0}, {0, 2}};
        assertEquals(
                TemperatureScaling.LEAST,
                TemperatureScaling.fit(z, new int[] {0, 1}).temperature(),
                1e-9);
        assertEquals(
                TemperatureScaling.MOST,
                TemperatureScaling.fit(z, new int[] {1, 0}).temperature(),
                1e-9);
        assertEquals(1, TemperatureScaling.fit(new double[3][4], new int[3]).temperature());
        assertTrue(Refusal.of(() -> TemperatureScaling.fit(new double[0][], new int[0]))
                .startsWith("temperature: "));
        assertTrue(Refusal.of(() -> new TemperatureScaling(Double.NaN)).startsWith("temperature: is NaN"));
    }

    @Test
    void fit_withPrior_movesFromOneToThePlainFitAsClipsCome() {
        RandomStream random = new RandomStream(7, 0, 0, 0);
        double[][] z = logits(random, N);
        int[] truth = draw(random, Probabilities.softmax(z, 1));
        double[][] tooSure = times(3, z);
        double last = 0;
        for (int n = 16; n <= N; n *= 16) {
            double[][] some = Arrays.copyOf(tooSure, n);
            int[] classes = Arrays.copyOf(truth, n);
            double full = TemperatureScaling.fit(some, classes).temperature();
            double shrunk = TemperatureScaling.fit(some, classes, 16).temperature();
            double share = (shrunk - 1) / (full - 1); // of the way from 1
            assertTrue(share > last && share < 1, n + " clips: " + shrunk + " of " + full);
            last = share;
        }
        double plain = TemperatureScaling.fit(tooSure, truth).temperature();
        assertEquals(plain, TemperatureScaling.fit(tooSure, truth, 16).temperature(), 0.05 * plain);
        assertEquals(plain, TemperatureScaling.fit(tooSure, truth, 0).temperature());
        assertEquals(1, TemperatureScaling.fit(tooSure, truth, 1e12).temperature(), 1e-6);
    }

    @Test
    void fit_eightClipsAllRight_staysNearOne() {
        double[][] z = new double[8][];
        Arrays.setAll(z, i -> new double[] {2, 0, 0});
        int[] truth = new int[8];
        assertEquals(TemperatureScaling.LEAST, TemperatureScaling.fit(z, truth).temperature(), 1e-9);
        double shrunk =
                TemperatureScaling.fit(z, truth, TemperatureScaling.PRIOR_CLIPS).temperature();
        // with q = p(1): (8 + 16) p(s) = 8 + 16 p(1), p(s) = e^2s / (e^2s + 2)
        double p = (8 + 16 * Math.exp(2) / (Math.exp(2) + 2)) / 24;
        assertEquals(2 / Math.log(2 * p / (1 - p)), shrunk, 1e-9);
    }

    @Test
    void softmax_anyTemperature_changesNoDecision() {
        double[][] z = logits(new RandomStream(9, 0, 0, 0), 100);
        int[] decisions = Probabilities.argmax(z);
        assertArrayEquals(decisions, Probabilities.argmax(Probabilities.softmax(z, 7)));
        assertArrayEquals(decisions, Probabilities.argmax(Probabilities.softmax(z, 0.2)));
    }

    @Test
    void rows_flatArray_isCutIntoRows() {
        assertArrayEquals(new double[][] {{1, 2, 3}, {4, 5, 6}}, Probabilities.rows(new float[] {1, 2, 3, 4, 5, 6}, 3));
        assertThrows(ShapeException.class, () -> Probabilities.rows(new float[5], 2));
        double[] huge = Probabilities.softmax(new double[][] {{1e300, -1e300, 1e300}}, 1)[0];
        assertArrayEquals(new double[] {0.5, 0, 0.5}, huge);
    }
}
