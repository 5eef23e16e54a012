package dev.parallax.backend.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.backend.scalar.ScalarBackend;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the self-test says of bits.
class SelfTestTest {

    /// The plain loops stand for a device that adds in another order.
    @Test
    void bits_ofAnotherOrder_namesTheKernelsAndTheirSizes() {
        String text = SelfTest.bits(new ScalarBackend()).text();
        assertTrue(text.startsWith("other bits than promised, at these sizes: "), text);
        assertTrue(text.matches(".* gemm \\([^)]*301\\).*"), text);
    }

    @Test
    void bits_thatCannotBeCompared_areSaidSo() {
        assertTrue(new SelfTest.Bits(0, List.of()).text().contains("not compared"));
        assertEquals("34 have the promised bits", new SelfTest.Bits(34, List.of()).text());
    }
}
