package dev.parallax.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/// Spearman's rank correlation, by hand.
class RankCorrelationTest {

    private static double of(double[] a, double... b) {
        return RankCorrelation.of(a, b);
    }

    @Test
    void of_sameAndReversedOrder_is1AndMinus1() {
        double[] a = {1, 20, 3, 400};
        assertEquals(1, of(a, -5, 8, 7, 9), 1e-12);
        assertEquals(-1, of(a, 5, -8, -7, -9), 1e-12);
    }

    /// Ranks 1 2 3 4 and 2 1 4 3: rho = 1 - 6 Σ d² / (n (n² - 1)) = 1 - 24 / 60.
    @Test
    void of_withoutTies_isTheFormulaOfDifferences() {
        assertEquals(0.6, of(new double[] {1, 2, 3, 4}, 20, 10, 40, 30), 1e-12);
    }

    /// Ranks 1.5 1.5 3 and 1 2 3: Σ (r - 2)(s - 2) = 1.5, Σ (r - 2)² = 1.5, Σ (s - 2)² = 2.
    @Test
    void of_ties_shareTheMeanOfTheirRanks() {
        assertEquals(1.5 / Math.sqrt(3), of(new double[] {7, 7, 9}, 1, 2, 3), 1e-12);
    }

    @Test
    void of_whatHasNoOrder_isNaN() {
        assertEquals(Double.NaN, of(new double[] {1, 1}, 1, 2));
        assertEquals(Double.NaN, of(new double[] {1}, 1));
        assertEquals(Double.NaN, of(new double[] {1, Double.NaN, 2}, 1, 2, 3));
        assertThrows(IllegalArgumentException.class, () -> of(new double[] {1}, 1, 2));
    }
}
