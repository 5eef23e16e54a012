package dev.parallax.eval.baseline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import dev.parallax.ShapeException;
import dev.parallax.eval.Metrics;
import dev.parallax.eval.Probabilities;
import dev.parallax.eval.Spread;
import dev.parallax.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoftmaxRegressionTest {

    private static final int N = 120;
    private static final int COLUMNS = 4;
    private static final int CLASSES = 3;
    private static final SoftmaxRegression.FitSettings PLAIN = new SoftmaxRegression.FitSettings(0.05, false);

    /// Three clouds that overlap, of unequal size; column 3 is a word: mostly zero.
    private static double[][] inputs(int[] truth) {
        RandomStream random = new RandomStream(31, 0, 0, 0);
        return Arrays.stream(truth)
                .mapToObj(y -> new double[] {
                    100 + 3 * random.nextGaussian() + 3 * y,
                    random.nextGaussian() - (y == 1 ? 1 : 0),
                    0.01 * random.nextGaussian(),
                    random.nextDouble() < 0.1 + 0.2 * y ? 1 : 0
                })
                .toArray(double[][]::new);
    }

    private static int[] truth() {
        return IntStream.range(0, N).map(i -> i % 6 < 3 ? 0 : i % 6 < 5 ? 1 : 2).toArray();
    }

    /// The function that is minimised, written down plainly: dense, standardised, W as
    /// [class][column], bias last.
    private static double objective(double[][] inputs, int[] truth, boolean balanced, double l2, double[][] w) {
        double[] mean = new double[COLUMNS];
        double[] deviation = new double[COLUMNS];
        for (int j = 0; j < COLUMNS; j++) {
            int column = j;
            double[] x = Arrays.stream(inputs).mapToDouble(row -> row[column]).toArray();
            mean[j] = Spread.of(x).mean();
            deviation[j] = Spread.of(x).deviation() * Math.sqrt((x.length - 1.0) / x.length);
        }
        double loss = 0;
        double total = 0;
        for (int i = 0; i < truth.length; i++) {
            int y = truth[i];
            double v = balanced ? 1.0 / Arrays.stream(truth).filter(t -> t == y).count() : 1;
            double[] z = new double[CLASSES];
            for (int c = 0; c < CLASSES; c++) {
                z[c] = w[c][COLUMNS];
                for (int j = 0; j < COLUMNS; j++) {
                    z[c] += w[c][j] * (inputs[i][j] - mean[j]) / deviation[j];
                }
            }
            loss -= v * Math.log(Probabilities.softmax(z, 1)[y]);
            total += v;
        }
        double penalty = 0;
        for (double[] row : w) {
            for (int j = 0; j < COLUMNS; j++) {
                penalty += row[j] * row[j];
            }
        }
        return loss / total + l2 / 2 * penalty;
    }

    /// The fitted weights for standardised inputs, got back from answers to rows that differ by one
    /// deviation.
    private static double[][] standardised(SoftmaxRegression model, double[][] inputs) {
        double[][] w = new double[CLASSES][COLUMNS + 1];
        double[] mean = new double[COLUMNS];
        for (int j = 0; j < COLUMNS; j++) {
            int column = j;
            Spread spread = Spread.of(
                    Arrays.stream(inputs).mapToDouble(row -> row[column]).toArray());
            mean[j] = spread.mean();
            for (int c = 0; c < CLASSES; c++) {
                w[c][j] = model.weight(c, j) * spread.deviation() * Math.sqrt((N - 1.0) / N);
            }
        }
        double[] biases = model.logits(SparseRows.of(new double[][] {mean}))[0];
        for (int c = 0; c < CLASSES; c++) {
            w[c][COLUMNS] = biases[c];
        }
        return w;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void fit_threeClouds_isWhereTheSlopeOfThePlainFormulaIsZero(boolean balanced) {
        int[] truth = truth();
        double[][] inputs = inputs(truth);
        SoftmaxRegression model = SoftmaxRegression.fit(
                SparseRows.of(inputs), truth, CLASSES, new SoftmaxRegression.FitSettings(0.05, balanced));
        assertTrue(model.converged());
        double[][] w = standardised(model, inputs);
        double value = objective(inputs, truth, balanced, 0.05, w);
        assertTrue(value < 0.9 * Math.log(CLASSES), "the loss is " + value + ", nothing was learned");
        for (double[] row : w) {
            for (int j = 0; j <= COLUMNS; j++) {
                double at = row[j];
                row[j] = at + 1e-5;
                double above = objective(inputs, truth, balanced, 0.05, w);
                row[j] = at - 1e-5;
                double below = objective(inputs, truth, balanced, 0.05, w);
                row[j] = at;
                assertEquals(0, (above - below) / 2e-5, 2e-6);
            }
        }
    }

    @Test
    void fit_inputsThatSayNothing_answersTheClassShares() {
        SparseRows nothing = SparseRows.of(new double[][] {{7}, {7}, {7}, {7}});
        int[] truth = {0, 0, 0, 1};
        double[] plain = SoftmaxRegression.fit(nothing, truth, 2, PLAIN).predict(nothing)[3];
        assertArrayEquals(new double[] {0.75, 0.25}, plain, 1e-5);
        double[] balanced = SoftmaxRegression.fit(nothing, truth, 2, SoftmaxRegression.FitSettings.STANDARD)
                .predict(nothing)[0];
        assertArrayEquals(new double[] {0.5, 0.5}, balanced, 1e-6);
        // a column that was constant in training says nothing elsewhere either
        double[] other =
                SoftmaxRegression.fit(nothing, truth, 2, PLAIN).predict(SparseRows.of(new double[][] {{9}}))[0];
        assertArrayEquals(plain, other);
    }

    /// One input of two values, nearly no penalty: the model has a free number for each value, so
    /// it gives the shares found there, 3/4 and 1/4.
    @Test
    void fit_oneBinaryInput_answersTheSharesOfEachValue() {
        SparseRows x = SparseRows.of(new double[][] {{0}, {0}, {0}, {0}, {1}, {1}, {1}, {1}});
        int[] truth = {0, 0, 0, 1, 0, 1, 1, 1};
        double[][] p = SoftmaxRegression.fit(x, truth, 2, new SoftmaxRegression.FitSettings(1e-7, false))
                .predict(x);
        assertEquals(0.75, p[0][0], 1e-4);
        assertEquals(0.25, p[7][0], 1e-4);
    }

    @Test
    void fit_balanced_equalsTheSmallClassesRepeated() {
        int[] truth = truth(); // 60, 40, 20
        double[][] inputs = inputs(truth);

        List<double[]> rows = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (int i = 0; i < N; i++) {
            for (int r = 0; r < List.of(2, 3, 6).get(truth[i]); r++) {
                rows.add(inputs[i]);
                labels.add(truth[i]);
            }
        }
        SparseRows repeated = SparseRows.of(rows.toArray(double[][]::new));
        int[] repeatedTruth = labels.stream().mapToInt(Integer::intValue).toArray();
        SoftmaxRegression.FitSettings weak = new SoftmaxRegression.FitSettings(1e-6, false);
        SoftmaxRegression byHand = SoftmaxRegression.fit(repeated, repeatedTruth, CLASSES, weak);
        SoftmaxRegression balanced = SoftmaxRegression.fit(
                SparseRows.of(inputs), truth, CLASSES, new SoftmaxRegression.FitSettings(1e-6, true));
        double[][] expected = byHand.predict(repeated);
        double[][] actual = balanced.predict(repeated);
        for (int i = 0; i < expected.length; i++) {
            // the penalty sees other deviations, so it is weak here
            assertArrayEquals(expected[i], actual[i], 1e-3);
        }
    }

    @Test
    void fit_inputsInOtherUnits_answersTheSame() {
        int[] truth = truth();
        double[][] inputs = inputs(truth);
        double[][] others = Arrays.stream(inputs)
                .map(row -> new double[] {row[0] * 1000, row[1] - 5, row[2] / 8, 3 - 2 * row[3]})
                .toArray(double[][]::new);
        double[][] a = SoftmaxRegression.fit(SparseRows.of(inputs), truth, CLASSES, PLAIN)
                .predict(SparseRows.of(inputs));
        double[][] b = SoftmaxRegression.fit(SparseRows.of(others), truth, CLASSES, PLAIN)
                .predict(SparseRows.of(others));
        for (int i = 0; i < N; i++) {
            assertArrayEquals(a[i], b[i], 1e-4);
        }
    }

    @Test
    void fit_classThatDoesNotOccur_isNextToImpossible() {
        int[] truth = IntStream.range(0, N).map(i -> i % 2).toArray();
        SparseRows inputs = SparseRows.of(inputs(truth));
        for (boolean balanced : new boolean[] {false, true}) {
            SoftmaxRegression model =
                    SoftmaxRegression.fit(inputs, truth, CLASSES, new SoftmaxRegression.FitSettings(0.05, balanced));
            assertTrue(model.converged());
            for (double[] p : model.predict(inputs)) {
                assertTrue(p[2] < 1e-3, "p = " + p[2]);
            }
        }
    }

    @Test
    void fitTuned_allPenaltiesEquallyGood_takesTheStrongest() {
        SparseRows x = SparseRows.of(new double[][] {{0}, {0}, {1}, {1}});
        int[] truth = {0, 0, 1, 1};
        SoftmaxRegression tuned = SoftmaxRegression.fitTuned(x, truth, x, truth, 2);
        SoftmaxRegression strongest = SoftmaxRegression.fit(x, truth, 2, new SoftmaxRegression.FitSettings(10, true));
        assertEquals(strongest.weight(1, 0), tuned.weight(1, 0));
        assertTrue(tuned.weight(1, 0) > 0);
    }

    @Test
    void fitTuned_clouds_isTheBestOfThePenalties() {
        int[] truth = truth();
        SparseRows clouds = SparseRows.of(inputs(truth));
        double best = 0;
        for (double l2 : new double[] {10, 1, 0.1, 0.01, 0.001}) {
            best = Math.max(best, accuracy(truth, clouds, new SoftmaxRegression.FitSettings(l2, true)));
        }
        SoftmaxRegression tuned = SoftmaxRegression.fitTuned(clouds, truth, clouds, truth, CLASSES);
        int[] predicted = Probabilities.argmax(tuned.logits(clouds));
        assertEquals(best, Metrics.of(truth, predicted, CLASSES).unweightedAccuracy());
        assertTrue(best > 0.55, "best " + best);
    }

    /// Rows that are written down whole, and the same with a column of zeros for each, which are not.
    @Test
    void fit_denseRows_areFittedAsSparseOnes() {
        int[] truth = truth();
        double[][] inputs = inputs(truth);
        double[][] wide = Arrays.stream(inputs)
                .map(row -> Arrays.copyOf(row, 5 * COLUMNS))
                .toArray(double[][]::new);
        assertTrue(SparseRows.of(inputs).isDense());
        assertFalse(SparseRows.of(wide).isDense());
        for (double l2 : new double[] {1, 0.001}) {
            SoftmaxRegression.FitSettings settings = new SoftmaxRegression.FitSettings(l2, true);
            double[][] dense = SoftmaxRegression.fit(SparseRows.of(inputs), truth, CLASSES, settings)
                    .predict(SparseRows.of(inputs));
            double[][] sparse = SoftmaxRegression.fit(SparseRows.of(wide), truth, CLASSES, settings)
                    .predict(SparseRows.of(wide));
            for (int i = 0; i < N; i++) {
                assertArrayEquals(sparse[i], dense[i], 1e-4);
            }
        }
    }

    /// From the minimum under a stronger penalty as from zero.
    @Test
    void fitTuned_warmStarts_endWhereColdOnesDo() {
        int[] truth = truth();
        SparseRows clouds = SparseRows.of(inputs(truth));
        double[][] warm = SoftmaxRegression.fitTuned(clouds, truth, clouds, truth, CLASSES)
                .predict(clouds);
        double nearest = Double.POSITIVE_INFINITY;
        for (double l2 : new double[] {10, 1, 0.1, 0.01, 0.001}) {
            double[][] cold = SoftmaxRegression.fit(clouds, truth, CLASSES, new SoftmaxRegression.FitSettings(l2, true))
                    .predict(clouds);
            double largest = 0;
            for (int i = 0; i < N; i++) {
                for (int c = 0; c < CLASSES; c++) {
                    largest = Math.max(largest, Math.abs(warm[i][c] - cold[i][c]));
                }
            }
            nearest = Math.min(nearest, largest);
        }
        assertTrue(nearest < 1e-4, "the nearest differs by " + nearest);
    }

    private static double accuracy(int[] truth, SparseRows rows, SoftmaxRegression.FitSettings settings) {
        SoftmaxRegression model = SoftmaxRegression.fit(rows, truth, CLASSES, settings);
        return Metrics.of(truth, Probabilities.argmax(model.logits(rows)), CLASSES)
                .unweightedAccuracy();
    }

    @Test
    void fit_wrongInput_isRefused() {
        SparseRows two = SparseRows.of(new double[2][3]);
        assertEquals(
                "regression: l2 is 0.0, expected a number above 0, such as 0.01",
                Refusal.of(() -> new SoftmaxRegression.FitSettings(0, true)));
        assertEquals(
                "regression: the true class of utterance 1 is 2, expected 0..1",
                Refusal.of(() -> SoftmaxRegression.fit(two, new int[] {0, 2}, 2, PLAIN)));
        assertEquals(
                "regression: 1 classes, expected at least 2",
                Refusal.of(() -> SoftmaxRegression.fit(two, new int[2], 1, PLAIN)));
        assertThrows(ShapeException.class, () -> SoftmaxRegression.fit(two, new int[3], 2, PLAIN));
        SoftmaxRegression model = SoftmaxRegression.fit(two, new int[] {0, 1}, 2, PLAIN);
        assertThrows(ShapeException.class, () -> model.predict(SparseRows.of(new double[1][2])));
        assertEquals(
                "rows: there are none; is this part of the split empty?",
                Refusal.of(() -> SparseRows.of(new double[0][])));
        assertEquals(
                "rows: row 1, column 0 is Infinity, expected finite numbers",
                Refusal.of(() -> SparseRows.of(new double[][] {{0}, {Double.POSITIVE_INFINITY}})));
        assertThrows(ShapeException.class, () -> SparseRows.of(new double[][] {{0}, {}}));
    }
}
