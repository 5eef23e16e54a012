package dev.parallax.backend.device;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class KernelSourceTest {

    @Test
    void said_anyLog_isOneLine() {
        assertEquals(
                "; the compiler says: kernels/matrix.c:7: error: x | 1 error",
                KernelSource.said("kernels/matrix.c:7: error: x\n1 error\n"));
        assertEquals("; the compiler says nothing", KernelSource.said(" \n"));
    }
}
