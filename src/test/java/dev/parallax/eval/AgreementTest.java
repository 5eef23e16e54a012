package dev.parallax.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parallax.ShapeException;
import org.junit.jupiter.api.Test;

class AgreementTest {

    @Test
    void of_eachCaseOnce_countsIt() {
        int[] truth = {0, 0, 0, 0, 0, 0, 0, 0};
        int[] audio = {0, 0, 0, 1, 1, 1, 1, 1};
        int[] text = {0, 1, 2, 0, 1, 2, 2, 2};
        int[] fused = {0, 0, 2, 1, 0, 1, 2, 0};
        Agreement agreement = Agreement.of(truth, audio, text, fused);
        assertEquals(new Agreement.Case(1, 1), agreement.both());
        assertEquals(new Agreement.Case(2, 1), agreement.audio());
        assertEquals(new Agreement.Case(1, 0), agreement.text());
        assertEquals(new Agreement.Case(4, 2), agreement.neither());
        assertEquals(new Agreement.Disagreement(6, 2, 3, 2, 1), agreement.disagreement());
        assertEquals(8, agreement.total());
    }

    @Test
    void of_lengthsThatDiffer_isRefused() {
        assertThrows(ShapeException.class, () -> Agreement.of(new int[2], new int[2], new int[1], new int[2]));
    }
}
