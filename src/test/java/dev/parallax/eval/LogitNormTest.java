package dev.parallax.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LogitNormTest {

    @Test
    void of_constantAdded_isTheSame() {
        double[][] logits = {{3, 0}, {1, 5}};
        double expected = (Math.sqrt(2 * 1.5 * 1.5) + Math.sqrt(2 * 2 * 2)) / 2;
        assertEquals(expected, LogitNorm.of(logits), 1e-12);
        assertEquals(expected, LogitNorm.of(new double[][] {{103, 100}, {1, 5}}), 1e-12);
    }

    @Test
    void of_nothingPreferred_isZero() {
        assertEquals(0, LogitNorm.of(new double[][] {{2, 2, 2}}));
        assertTrue(Double.isNaN(LogitNorm.of(new double[0][])));
    }
}
