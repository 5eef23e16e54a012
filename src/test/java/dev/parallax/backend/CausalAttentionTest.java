package dev.parallax.backend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parallax.ShapeException;
import dev.parallax.backend.cases.CaseInputs;
import dev.parallax.backend.scalar.ScalarBackend;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Where attention is causal, a row reads itself and the rows before it, and nothing of a later row reaches it: on
/// every backend, bit for bit.
@Tag("backend")
@Tag("vector")
class CausalAttentionTest {

    private static final int WIDTH = 22;
    private static final int HEADS = 2;
    private static final int LENGTH = 75; // more than two tiles of the vector backend
    private static final int ORDINAL = 4;

    /// Self-attention of one sequence, perhaps with a bias by position, and the gradient of a loss whose derivative
    /// with respect to the output is `dOut`.
    private static final class Call {

        final float[] out;
        final float[] dq;
        final float[] dGate; // zero without a bias

        Call(Backend backend, boolean causal, boolean biased, float dropout, float[] x, float[] dOut) {
            Offsets offsets = Offsets.ofLengths(x.length / WIDTH);
            AttentionSizes sizes = new AttentionSizes(offsets, offsets, WIDTH, HEADS, causal);
            DropoutMask mask = new DropoutMask(dropout, 1, 2, 3, ORDINAL);
            Buffer in = uploaded(backend, x);
            Buffer logSumExp = backend.allocate(offsets.total() * HEADS);
            Buffer y = backend.allocate(x.length);
            Buffer gate = uploaded(backend, Arrays.copyOf(normal(LENGTH, 4), offsets.total() * HEADS));
            Buffer table = uploaded(backend, Arrays.copyOf(normal(LENGTH, 5), (2 * LENGTH + 1) * HEADS));
            PositionBias bias = new PositionBias(table, gate, LENGTH, 1);
            if (biased) {
                backend.biasedAttention(sizes, in, in, in, bias, mask, logSumExp, y);
            } else {
                backend.attention(sizes, in, in, in, mask, logSumExp, y);
            }
            Buffer dQuery = backend.allocate(x.length);
            Buffer dKey = backend.allocate(x.length);
            Buffer dValue = backend.allocate(x.length);
            Buffer dY = uploaded(backend, dOut);
            Buffer dGates = backend.allocate(gate.length());
            if (biased) {
                Buffer dTable = backend.allocate(table.length());
                backend.biasedAttentionGradAdd(
                        sizes, in, in, in, bias, mask, logSumExp, y, dY, dQuery, dKey, dValue, dTable, dGates);
            } else {
                backend.attentionGradAdd(sizes, in, in, in, mask, logSumExp, y, dY, dQuery, dKey, dValue);
            }
            out = values(y);
            dq = values(dQuery);
            dGate = values(dGates);
        }
    }

    private static Buffer uploaded(Backend backend, float[] values) {
        Buffer buffer = backend.allocate(values.length);
        backend.upload(values, buffer);
        return buffer;
    }

    private static float[] values(Buffer buffer) {
        float[] values = new float[buffer.length()];
        new ScalarBackend().download(buffer, values);
        return values;
    }

    private static float[] normal(int rows, int size) {
        return values(new CaseInputs(new ScalarBackend(), "causal", size).normal(rows * WIDTH));
    }

    private static float[] rows(float[] x, int from, int to) {
        return Arrays.copyOfRange(x, from * WIDTH, to * WIDTH);
    }

    @ParameterizedTest
    @MethodSource("dev.parallax.TestBackends#all")
    void rows_laterOnesChanged_keepTheirBits(Backend backend) {
        float[] x = normal(LENGTH, 1);
        float[] dOut = normal(LENGTH, 2);
        for (boolean biased : new boolean[] {false, true}) {
            laterOnesChanged(backend, biased, 0, x, dOut);
            laterOnesChanged(backend, biased, 0.3f, x, dOut);
        }
    }

    private static void laterOnesChanged(Backend backend, boolean biased, float dropout, float[] x, float[] dOut) {
        Call before = new Call(backend, true, biased, dropout, x, dOut);
        for (int t : new int[] {1, 2, 3, 31, 32, 33, 64, 74}) {
            for (float change : new float[] {1.5f, -1e30f, Float.NaN}) {
                float[] changed = x.clone();
                Arrays.fill(changed, t * WIDTH, x.length, change);
                Call after = new Call(backend, true, biased, dropout, changed, dOut);
                assertArrayEquals(rows(before.out, 0, t), rows(after.out, 0, t), "outputs before row " + t);
                assertArrayEquals(rows(before.dq, 0, t), rows(after.dq, 0, t), "gradients before row " + t);
                assertArrayEquals(
                        Arrays.copyOf(before.dGate, t * HEADS),
                        Arrays.copyOf(after.dGate, t * HEADS),
                        "gradients of gates before row " + t);
                assertFalse(Arrays.equals(rows(before.out, t, LENGTH), rows(after.out, t, LENGTH)));
            }
        }
    }

    /// The last row of full attention reads all rows of its prefix, with the same dropout decisions.
    @ParameterizedTest
    @MethodSource("dev.parallax.TestBackends#all")
    void row_any_equalsTheLastOneOfFullAttentionToItsPrefix(Backend backend) {
        float[] x = normal(LENGTH, 1);
        float[] dOut = normal(LENGTH, 2);
        for (boolean biased : new boolean[] {false, true}) {
            lastOfFullAttention(backend, biased, 0, x, dOut);
            lastOfFullAttention(backend, biased, 0.3f, x, dOut);
        }
    }

    private static void lastOfFullAttention(Backend backend, boolean biased, float dropout, float[] x, float[] dOut) {
        Call causal = new Call(backend, true, biased, dropout, x, dOut);
        for (int t = 0; t < LENGTH; t++) {
            Call full = new Call(backend, false, biased, dropout, rows(x, 0, t + 1), rows(dOut, 0, t + 1));
            assertArrayEquals(rows(full.out, t, t + 1), rows(causal.out, t, t + 1), 2e-6f, "output " + t);
            assertArrayEquals(rows(full.dq, t, t + 1), rows(causal.dq, t, t + 1), 1e-5f, "gradient " + t);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.parallax.TestBackends#all")
    void attentionWeights_keysNotRead_haveNone(Backend backend) {
        int[] lengths = {3, 1, 40};
        Offsets offsets = Offsets.ofLengths(lengths);
        AttentionSizes sizes = new AttentionSizes(offsets, offsets, WIDTH, HEADS, true);
        Buffer out = backend.allocate(sizes.weightCount());
        backend.fill(7, out);
        Buffer x = uploaded(backend, normal(offsets.total(), 3));
        backend.attentionWeights(sizes, x, x, out);
        float[] weights = values(out);
        int at = 0;
        for (int length : lengths) {
            for (int t = 0; t < length; t++) {
                float[] row = Arrays.copyOfRange(weights, at, at + length);
                double read =
                        IntStream.rangeClosed(0, t).mapToDouble(j -> row[j]).sum();
                assertEquals(1, read, 1e-6);
                assertArrayEquals(new float[length - 1 - t], Arrays.copyOfRange(row, t + 1, length));
                at += length;
            }
        }
    }

    @Test
    void sizes_causalWithOtherKeys_areRefused() {
        ShapeException error = assertThrows(
                ShapeException.class,
                () -> new AttentionSizes(Offsets.ofLengths(2, 3), Offsets.ofLengths(2, 4), 4, 2, true));
        assertEquals(
                "attention: causal, but sequence 1 has 3 queries and 4 keys; query t reads the keys 0 .. t, so they"
                        + " must be as many",
                error.getMessage());
    }
}
