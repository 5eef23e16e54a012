package dev.parallax.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class McNemarTest {

    private static McNemar of(int both, int onlyFirst, int onlySecond) {
        int n = both + onlyFirst + onlySecond;
        boolean[] first = new boolean[n];
        boolean[] second = new boolean[n];
        for (int i = 0; i < n; i++) {
            first[i] = i < both + onlyFirst;
            second[i] = i < both || i >= both + onlyFirst;
        }
        return McNemar.of(first, second);
    }

    /// By hand: b = 1, c = 5 gives 2 (1 + 6) / 2⁶.
    @Test
    void of_sixDiffering_isTheBinomialByHand() {
        McNemar test = of(10, 1, 5);
        assertEquals(1, test.onlyFirst());
        assertEquals(5, test.onlySecond());
        assertEquals(14.0 / 64, test.p(), 1e-15);
        assertEquals(test.p(), of(10, 5, 1).p(), 0, "it has two sides");
    }

    @Test
    void of_noneDiffering_isOne() {
        assertEquals(1, of(7, 0, 0).p(), 0);
        assertEquals(1, of(0, 3, 3).p(), 1e-12, "as often one's as the other's");
    }

    /// Of many, the normal approximation with continuity correction is near: z = (|b - c| - 1) / √(b + c) = 3.
    @Test
    void of_many_isNearTheNormal() {
        double p = of(0, 465, 371).p(); // z = 93 / 28.91 = 3.216, p = 0.0013
        assertEquals(0.0013, p, 1e-4);
        assertTrue(of(0, 40_000, 10_000).p() == 0 || of(0, 40_000, 10_000).p() < 1e-300);
    }

    @Test
    void of_otherNumbers_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> McNemar.of(new boolean[2], new boolean[3]));
    }
}
