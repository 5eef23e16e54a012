package dev.parallax.backend.vector;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.backend.AttentionSizes;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;
import dev.parallax.backend.DropoutMask;
import dev.parallax.backend.MatrixView;
import dev.parallax.backend.Offsets;
import dev.parallax.backend.PositionBias;
import dev.parallax.backend.Recurrence;
import dev.parallax.backend.cases.CaseInputs;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A compiled kernel keeps its vectors in registers. One that keeps them as objects gives the same numbers ten times
/// slower, and only its allocations reveal it. How C2, the JVM's optimising compiler, translates a kernel depends on
/// the shapes that ran before, so other shapes come first.
@Tag("vector")
class VectorAllocationTest {

    private static final long FEW_BYTES_PER_PRODUCT = 1000; // as objects they are 48 bytes per multiply-add
    private static final long FEW_BYTES_PER_ROW = 100; // as objects, 48 per operation and vector of the row
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);
    private static final int CALLS = 20;

    @Test
    void gemm_afterEveryShapeOfEdge_allocatesNothingPerTerm() {
        Scratch scratch = new Scratch();
        products(scratch, 24, 1);
        assertAllocates(FEW_BYTES_PER_PRODUCT, "gemm of at most 70 x 70 x 70", () -> products(scratch, 70, 23));
    }

    @Test
    void theTransposedFactorOfAProduct_allocatesNothingPerBlock() {
        float[] columns = new float[100 * 100];
        float[] out = new float[100 * 100];
        Transposition.rows(columns, 0, 7, 7, 9, out, 0, 9);
        assertAllocates(FEW_BYTES_PER_ROW, "transposition of 100 x 100", () -> {
            Transposition.rows(columns, 0, 100, 100, 100, out, 0, 100);
            return 100;
        });
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

    @ParameterizedTest
    @ValueSource(ints = {64, 37})
    void kernelsOverRows_afterOtherWidths_allocateNextToNothingPerRow(int width) {
        for (int other : new int[] {1, 5, 16, 50, 128}) {
            new Kernels(other).all().values().forEach(Runnable::run);
        }
        Kernels kernels = new Kernels(width);
        kernels.all()
                .forEach((name, kernel) -> assertAllocates(FEW_BYTES_PER_ROW, name + " of width " + width, () -> {
                    for (int i = 0; i < CALLS; i++) {
                        kernel.run();
                    }
                    return CALLS * kernels.rows;
                }));
    }

    /// Fails unless `work` comes, within [#PATIENCE], to allocate at most `limit` bytes per unit of the count that
    /// it returns.
    private static void assertAllocates(long limit, String what, IntSupplier work) {
        var memory = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long end = System.nanoTime() + PATIENCE;
        long each = Long.MAX_VALUE;
        while (each > limit && System.nanoTime() < end) {
            long before = memory.getCurrentThreadAllocatedBytes();
            int count = work.getAsInt();
            each = (memory.getCurrentThreadAllocatedBytes() - before) / count;
        }
        assertTrue(each <= limit, "a warm " + what + " allocates " + each + " bytes");
    }

    /// The kernels with long loops, over a ragged batch of rows of one width.
    private static final class Kernels {

        private final Backend backend = new VectorBackend();
        private final Offsets offsets = Offsets.ofLengths(30, 1, 75, 12, 30);
        private final int rows = offsets.total();
        private final int width;
        private final CaseInputs in;
        private final Map<String, Runnable> all = new LinkedHashMap<>();

        Kernels(int width) {
            this.width = width;
            this.in = new CaseInputs(backend, "allocation", width);
        }

        private Buffer some(int columns) {
            return in.uniform(rows * columns, 0, 0.5);
        }

        Map<String, Runnable> all() {
            recurrences();
            attention(false);
            attention(true);
            rowByRow();
            return all;
        }

        private void recurrences() {
            Recurrence sizes = new Recurrence(offsets, width, true);
            for (int gateCount : new int[] {4, 3}) {
                int units = gateCount * width;
                Buffer x = some(units);
                Buffer weight = in.normal(units * width, 0.1);
                Buffer bias = in.normal(units);
                Buffer gates = some(4 * width);
                Buffer y = some(2 * width);
                Buffer dy = some(2 * width);
                Buffer dx = some(units);
                Buffer dWeight = in.normal(units * width);
                Buffer dBias = in.normal(units);
                if (gateCount == 4) {
                    all.put("lstm", () -> backend.lstm(sizes, x, weight, bias, gates, y));
                    all.put("lstmGradAdd", () -> backend.lstmGradAdd(sizes, weight, gates, y, dy, dx, dWeight, dBias));
                } else {
                    all.put("gru", () -> backend.gru(sizes, x, weight, bias, gates, y));
                    all.put("gruGradAdd", () -> backend.gruGradAdd(sizes, weight, gates, y, dy, dx, dWeight, dBias));
                }
            }
        }

        private void attention(boolean causal) {
            AttentionSizes sizes = new AttentionSizes(offsets, offsets, width, 1, causal);
            DropoutMask mask = new DropoutMask(0.3f, 1, 2, 3, 4);
            Buffer x = some(width);
            Buffer y = some(width);
            Buffer dx = some(width);
            Buffer logSum = some(1);
            String kind = causal ? "causal " : "";
            all.put(kind + "attention", () -> backend.attention(sizes, x, x, x, mask, logSum, y));
            all.put(kind + "attentionGradAdd", () -> {
                backend.attentionGradAdd(sizes, x, x, x, mask, logSum, y, y, dx, dx, dx);
            });
            int reach = offsets.longest();
            Buffer dTable = in.normal(2 * reach + 1);
            Buffer dGate = some(1);
            PositionBias bias = new PositionBias(in.normal(2 * reach + 1), some(1), reach, 1);
            all.put(kind + "biasedAttention", () -> backend.biasedAttention(sizes, x, x, x, bias, mask, logSum, y));
            all.put(kind + "biasedAttentionGradAdd", () -> {
                backend.biasedAttentionGradAdd(sizes, x, x, x, bias, mask, logSum, y, y, dx, dx, dx, dTable, dGate);
            });
        }

        private void rowByRow() {
            Buffer x = some(width);
            Buffer y = some(width);
            Buffer dx = some(width);
            Buffer stats = some(2);
            Buffer gamma = in.normal(width);
            Buffer dGamma = in.normal(width);
            all.put("softmax", () -> backend.softmax(x, rows, y));
            all.put("softmaxGradAdd", () -> backend.softmaxGradAdd(y, x, rows, dx));
            all.put("logSoftmax", () -> backend.logSoftmax(x, rows, y));
            all.put("logSoftmaxGradAdd", () -> backend.logSoftmaxGradAdd(y, x, rows, dx));
            all.put("layerNorm", () -> backend.layerNorm(x, gamma, gamma, 1e-5f, rows, stats, y));
            all.put("layerNormGradAdd", () -> {
                backend.layerNormGradAdd(x, gamma, stats, y, rows, dx, dGamma, dGamma);
            });
            all.put("tanh", () -> backend.tanh(x, y));
            all.put("sigmoid", () -> backend.sigmoid(x, y));
            all.put("gelu", () -> backend.gelu(x, y));
            all.put("geluGradAdd", () -> backend.geluGradAdd(x, y, dx));
        }
    }
}
