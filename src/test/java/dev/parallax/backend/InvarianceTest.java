package dev.parallax.backend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.parallax.backend.cases.CaseInputs;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A row, or a sequence, gets the same bits whatever its neighbours are: for the backends that promise it.
public abstract class InvarianceTest {

    private static final int[] LENGTHS = {3, 1, 40, 7, 40};

    private final Backend backend;

    protected InvarianceTest(Backend backend) {
        this.backend = backend;
    }

    private Buffer normal(int length, int size) {
        return new CaseInputs(backend, "invariance", size).normal(length, 0.5);
    }

    private float[] values(Buffer buffer) {
        float[] values = new float[buffer.length()];
        backend.download(buffer, values);
        return values;
    }

    @ParameterizedTest
    @CsvSource({
        "70,37,300,false",
        "70,37,300,true",
        "5,3,7,false",
        "33,65,513,true",
        "7,150,300,false",
        "6,100,270,true"
    })
    void gemm_rowsOfABigProduct_equalProductsOfSingleRows(int m, int n, int k, boolean transposeB) {
        Buffer a = normal(m * k, 1);
        Buffer b = normal(k * n, 2);
        Buffer all = backend.allocate(m * n);
        backend.gemm(m, n, k, a, false, b, transposeB, false, all);
        Buffer one = backend.allocate(n);
        for (int i = 0; i < m; i++) {
            backend.gemm(1, n, k, a.slice(i * k, k), false, b, transposeB, false, one);
            assertArrayEquals(values(all.slice(i * n, n)), values(one), "row " + i);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 17, 50, 70})
    void gemm_columnsOfABigProduct_equalProductsOfSingleColumns(int n) {
        int m = 13;
        int k = 270;
        Buffer a = normal(m * k, 1);
        Buffer b = normal(k * n, 2);
        Buffer all = backend.allocate(m * n);
        backend.gemm(m, n, k, a, true, b, true, false, all);
        Buffer one = backend.allocate(m);
        for (int j = 0; j < n; j++) {
            backend.gemm(m, 1, k, a, true, b.slice(j * k, k), true, false, one);
            float[] column = new float[m];
            for (int i = 0; i < m; i++) {
                column[i] = values(all)[i * n + j];
            }
            assertArrayEquals(column, values(one), "column " + j);
        }
    }

    @ParameterizedTest
    @CsvSource({"16,false", "19,true"})
    void lstm_aSequenceAlone_equalsTheSameAmongOthers(int H, boolean reverse) {
        int total = Arrays.stream(LENGTHS).sum();
        Buffer projected = normal(total * 4 * H, 1);
        Buffer weight = normal(4 * H * H, 2);
        Buffer bias = normal(4 * H, 3);
        Buffer dOut = normal(2 * total * H, 4);
        Recurrent all = new Recurrent(H, reverse, LENGTHS, projected, weight, bias, dOut);
        int start = 0;
        for (int length : LENGTHS) {
            Buffer part = backend.allocate(2 * length * H); // gradients of h, then of the cell
            backend.copy(dOut.slice(start * H, length * H), part.slice(0, length * H));
            backend.copy(dOut.slice((total + start) * H, length * H), part.slice(length * H, length * H));
            Buffer in = projected.slice(start * 4 * H, length * 4 * H);
            Recurrent alone = new Recurrent(H, reverse, new int[] {length}, in, weight, bias, part);
            assertArrayEquals(values(all.out.slice(start * H, length * H)), values(alone.out.slice(0, length * H)));
            assertArrayEquals(values(all.dProjected.slice(start * 4 * H, length * 4 * H)), values(alone.dProjected));
            start += length;
        }
    }

    private final class Recurrent {

        final Buffer out;
        final Buffer dProjected;

        Recurrent(int H, boolean reverse, int[] lengths, Buffer projected, Buffer weight, Buffer bias, Buffer dOut) {
            Recurrence sizes = new Recurrence(Offsets.ofLengths(lengths), H, reverse);
            int total = sizes.offsets().total();
            Buffer gates = backend.allocate(total * 4 * H);
            out = backend.allocate(2 * total * H);
            backend.lstm(sizes, projected, weight, bias, gates, out);
            dProjected = backend.allocate(total * 4 * H);
            Buffer dWeight = backend.allocate(4 * H * H);
            backend.lstmGradAdd(sizes, weight, gates, out, dOut, dProjected, dWeight, backend.allocate(4 * H));
        }
    }

    @ParameterizedTest
    @CsvSource({"16,false", "19,true"})
    void gru_aSequenceAlone_equalsTheSameAmongOthers(int H, boolean reverse) {
        int total = Arrays.stream(LENGTHS).sum();
        Buffer projected = normal(total * 3 * H, 1);
        Buffer weight = normal(3 * H * H, 2);
        Buffer bias = normal(3 * H, 3);
        Buffer out = backend.allocate(total * H);
        Recurrence sizes = new Recurrence(Offsets.ofLengths(LENGTHS), H, reverse);
        backend.gru(sizes, projected, weight, bias, backend.allocate(total * 4 * H), out);
        int start = 0;
        for (int length : LENGTHS) {
            Buffer alone = backend.allocate(length * H);
            Recurrence one = new Recurrence(Offsets.ofLengths(length), H, reverse);
            Buffer in = projected.slice(start * 3 * H, length * 3 * H);
            backend.gru(one, in, weight, bias, backend.allocate(length * 4 * H), alone);
            assertArrayEquals(values(out.slice(start * H, length * H)), values(alone));
            start += length;
        }
    }

    @ParameterizedTest
    @CsvSource({"24,3", "10,1"})
    void attention_aSequenceAlone_equalsTheSameAmongOthers(int width, int heads) {
        int total = Arrays.stream(LENGTHS).sum();
        Buffer x = normal(total * width, 1);
        Buffer all = attend(width, heads, 0, LENGTHS, x);
        int start = 0;
        for (int i = 0; i < LENGTHS.length; i++) {
            int count = LENGTHS[i] * width;
            Buffer alone = attend(width, heads, i, new int[] {LENGTHS[i]}, x.slice(start * width, count));
            for (int block = 0; block < 2; block++) { // the output, then the gradient of x
                assertArrayEquals(
                        values(all.slice((block * total + start) * width, count)),
                        values(alone.slice(block * count, count)));
            }
            start += LENGTHS[i];
        }
    }

    /// Self-attention of x and the gradient of its squares: [2, total, width].
    private Buffer attend(int width, int heads, int firstOrdinal, int[] lengths, Buffer x) {
        Offsets offsets = Offsets.ofLengths(lengths);
        AttentionSizes sizes = new AttentionSizes(offsets, offsets, width, heads);
        DropoutMask mask = new DropoutMask(0.2f, 1, 2, 3, firstOrdinal);
        Buffer logSumExp = backend.allocate(offsets.total() * heads);
        Buffer both = backend.allocate(2 * x.length());
        Buffer out = both.slice(0, x.length());
        Buffer dx = both.slice(x.length(), x.length());
        backend.attention(sizes, x, x, x, mask, logSumExp, out);
        backend.attentionGradAdd(sizes, x, x, x, mask, logSumExp, out, out, dx, dx, dx);
        return both;
    }

    @ParameterizedTest
    @CsvSource({"24,3,0", "10,1,2"})
    void biasedAttention_aSequenceAlone_equalsTheSameAmongOthers(int width, int heads, int free) {
        int total = Arrays.stream(LENGTHS).sum();
        Buffer x = normal(total * width, 1);
        Buffer gate = normal(total * heads, 2);
        int reach = 41;
        PositionBias bias = new PositionBias(normal((2 * reach + 1) * heads, 3), gate, reach, free);
        Biased all = new Biased(width, heads, 0, LENGTHS, x, bias);
        int start = 0;
        for (int i = 0; i < LENGTHS.length; i++) {
            int from = start * width;
            int count = LENGTHS[i] * width;
            Buffer gates = gate.slice(start * heads, LENGTHS[i] * heads);
            PositionBias own = new PositionBias(bias.table(), gates, reach, free);
            Biased alone = new Biased(width, heads, i, new int[] {LENGTHS[i]}, x.slice(from, count), own);
            assertArrayEquals(values(all.out.slice(from, count)), values(alone.out));
            assertArrayEquals(values(all.dx.slice(from, count)), values(alone.dx));
            assertArrayEquals(values(all.dGate.slice(start * heads, gates.length())), values(alone.dGate));
            start += LENGTHS[i];
        }
    }

    /// Self-attention of x with a bias by position, and the gradients of its squares.
    private final class Biased {

        final Buffer out;
        final Buffer dx;
        final Buffer dGate;

        Biased(int width, int heads, int firstOrdinal, int[] lengths, Buffer x, PositionBias bias) {
            Offsets offsets = Offsets.ofLengths(lengths);
            AttentionSizes sizes = new AttentionSizes(offsets, offsets, width, heads);
            DropoutMask mask = new DropoutMask(0.2f, 1, 2, 3, firstOrdinal);
            Buffer logSumExp = backend.allocate(offsets.total() * heads);
            Buffer dTable = backend.allocate(bias.table().length());
            out = backend.allocate(x.length());
            dx = backend.allocate(x.length());
            dGate = backend.allocate(bias.gate().length());
            backend.biasedAttention(sizes, x, x, x, bias, mask, logSumExp, out);
            backend.biasedAttentionGradAdd(sizes, x, x, x, bias, mask, logSumExp, out, out, dx, dx, dx, dTable, dGate);
        }
    }
}
