package dev.parallax.backend;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A compiled kernel keeps its vectors in registers. One that keeps them as objects gives the same numbers ten times
/// slower, and only shows by what it allocates.
@Tag("vector")
class VectorAllocationTest {

    private static final long FEW_BYTES_A_PRODUCT = 1000; // as objects they are 48 bytes for each multiply-add
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

    @Test
    void gemm_afterEveryShapeOfEdge_allocatesNothingPerTerm() {
        var memory = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        Scratch scratch = new Scratch();
        products(scratch, 24, 1);
        long end = System.nanoTime() + PATIENCE;
        long each = Long.MAX_VALUE;
        while (each > FEW_BYTES_A_PRODUCT && System.nanoTime() < end) {
            long before = memory.getCurrentThreadAllocatedBytes();
            int count = products(scratch, 70, 23);
            each = (memory.getCurrentThreadAllocatedBytes() - before) / count;
        }
        assertTrue(each <= FEW_BYTES_A_PRODUCT, "a warm gemm of at most 70 x 70 x 70 allocates " + each + " bytes");
    }

    private static int products(Scratch scratch, int largest, int stride) {
        float[] a = new float[largest * largest];
        float[] out = new float[largest * largest];
        int count = 0;
        for (int m = 1; m <= largest; m += stride) {
            for (int n = 1; n <= largest; n += stride) {
                for (int k = 1; k <= largest; k += stride) {
                    boolean accumulate = (m + n + k) % 2 == 0;
                    MatrixView left = MatrixView.rows(a, 0, k);
                    VectorGemm.multiply(scratch, m, n, k, left, MatrixView.rows(a, 0, n), accumulate, out, 0, n);
                    count++;
                }
            }
        }
        return count;
    }
}
