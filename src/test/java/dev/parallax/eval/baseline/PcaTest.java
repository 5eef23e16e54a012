package dev.parallax.eval.baseline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import dev.parallax.ShapeException;
import dev.parallax.eval.Spread;
import dev.parallax.random.RandomStream;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PcaTest {

    private static double[][] random(int rows, int columns) {
        RandomStream random = new RandomStream(51, 0, 0, rows);
        return IntStream.range(0, rows)
                .mapToObj(_ -> IntStream.range(0, columns)
                        .mapToDouble(j -> 5 + random.nextGaussian() * (j + 1))
                        .toArray())
                .toArray(double[][]::new);
    }

    private static double dot(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(j -> a[j] * b[j]).sum();
    }

    /// Along (1, -1) the points lie at -2, 0, 2 times root 2, across it at 1, -2, 1 times root 1/2.
    @Test
    void fit_threePoints_isByHand() {
        double[][] rows = {{10 - 2 + 0.5, 2 + 0.5}, {10 - 1, -1}, {10 + 2 + 0.5, -2 + 0.5}};
        Pca pca = Pca.fit(rows, 2);
        double h = Math.sqrt(0.5);
        assertArrayEquals(new double[] {h, -h}, pca.component(0), 1e-12); // the first of equal ones is positive
        assertArrayEquals(new double[] {h, h}, pca.component(1), 1e-12);
        assertEquals(8, pca.variance(0), 1e-12); // (8 + 0 + 8) / 2
        assertEquals(1.5, pca.variance(1), 1e-12); // (1 + 4 + 1) / 2 / 2
        assertEquals(8 / 9.5, pca.share(0), 1e-12);
        double[][] projected = pca.project(rows);
        assertArrayEquals(new double[] {-2 * Math.sqrt(2), h}, projected[0], 1e-12);
        assertArrayEquals(new double[] {0, -2 * h}, projected[1], 1e-12);
    }

    @ParameterizedTest
    @CsvSource({"40, 6, 6", "5, 12, 4", "7, 7, 3"})
    void fit_anyShape_isOrthonormal_andExplainsTheVarianceOfItsProjections(int n, int columns, int components) {
        double[][] rows = random(n, columns);
        Pca pca = Pca.fit(rows, components);
        double[][] projected = pca.project(rows);
        double explained = 0;
        for (int k = 0; k < components; k++) {
            int component = k;
            for (int j = 0; j < components; j++) {
                assertEquals(j == k ? 1 : 0, dot(pca.component(k), pca.component(j)), 1e-12);
            }
            double deviation = Spread.of(Arrays.stream(projected)
                            .mapToDouble(row -> row[component])
                            .toArray())
                    .deviation();
            assertEquals(1, deviation * deviation / pca.variance(k), 1e-10);
            assertTrue(k == 0 || pca.variance(k) <= pca.variance(k - 1));
            double[] loadings = pca.component(k);
            double largest = Arrays.stream(loadings).max().orElseThrow();
            assertTrue(Arrays.stream(loadings).allMatch(x -> Math.abs(x) <= largest), "the largest is positive");
            explained += pca.share(k);
        }
        if (components == Math.min(n - 1, columns)) {
            assertEquals(1, explained, 1e-12);
        } else {
            assertTrue(explained < 1);
        }
    }

    @Test
    void fit_rowsInAnotherOrder_givesTheSameComponents() {
        double[][] rows = random(30, 5);
        double[][] reversed = IntStream.range(0, 30).mapToObj(i -> rows[29 - i]).toArray(double[][]::new);
        assertArrayEquals(Pca.fit(rows, 2).component(0), Pca.fit(reversed, 2).component(0), 1e-12);
        assertArrayEquals(Pca.fit(rows, 2).component(1), Pca.fit(rows, 3).component(1));
    }

    @Test
    void fit_wrongInput_isOneLine() {
        assertEquals("pca: 1 rows, expected at least 2", Refusal.of(() -> Pca.fit(new double[1][3], 1)));
        assertEquals(
                "pca: row 1, column 0 is NaN, expected finite numbers",
                Refusal.of(() -> Pca.fit(new double[][] {{1, 2}, {Double.NaN, 0}}, 1)));
        assertEquals("pca: 2 components of 2 rows of 3, expected 1..1", Refusal.of(() -> Pca.fit(new double[2][3], 2)));
        assertEquals(
                "pca: all rows are equal, so there is no direction in which they differ",
                Refusal.of(() -> Pca.fit(new double[][] {{1, 2}, {1, 2}}, 1)));
        assertThrows(ShapeException.class, () -> Pca.fit(new double[][] {{1, 2}, {1}}, 1));
        assertThrows(ShapeException.class, () -> Pca.fit(random(4, 3), 1).project(new double[1][2]));
    }
}
