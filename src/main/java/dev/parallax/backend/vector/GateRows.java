package dev.parallax.backend.vector;

import dev.parallax.backend.HostBuffer;
import dev.parallax.backend.MatrixView;
import dev.parallax.backend.Recurrence;
import dev.parallax.backend.vector.Scratch.Area;
import java.util.Arrays;

/// What LSTM and GRU share: rows of gates with and without padding, and the gradient of the recurrent weights.
final class GateRows {

    private GateRows() {}

    /// U [gates · H, H] with each gate's rows, and the columns, padded with zeros to whole vectors: `[gates · P,
    /// P]`.
    static float[] padWeight(Scratch scratch, HostBuffer weightHh, int gates, int H) {
        int P = Lanes.padded(H);
        float[] padded = scratch.takeZero(Area.WEIGHT, gates * P * P);
        for (int gate = 0; gate < gates; gate++) {
            for (int u = 0; u < H; u++) {
                int from = weightHh.offset + (gate * H + u) * H;
                System.arraycopy(weightHh.array, from, padded, (gate * P + u) * P, H);
            }
        }
        return padded;
    }

    /// A row [gates, H] becomes [gates, P]; the padding stays as it is.
    static void pad(float[] from, int at, int gates, int H, float[] out, int to) {
        copy(from, at, H, gates, H, out, to, Lanes.padded(H));
    }

    /// A row [gates, P] becomes [gates, H].
    static void unpad(float[] from, int at, int gates, int H, float[] out, int to) {
        copy(from, at, Lanes.padded(H), gates, H, out, to, H);
    }

    private static void copy(float[] from, int at, int stride, int gates, int H, float[] out, int to, int outStride) {
        if (stride == outStride) {
            System.arraycopy(from, at, out, to, gates * H);
            return;
        }
        for (int gate = 0; gate < gates; gate++) {
            System.arraycopy(from, at + gate * stride, out, to + gate * outStride, H);
        }
    }

    /// dU += dGatesᵀ h', over all rows at once; h' is the previous state, zero at each sequence's first step.
    ///
    /// @param dGates gradient of U h' + c [total, gates · H]
    static void weightGradAdd(
            Scratch scratch, Recurrence sizes, int gates, float[] dGates, HostBuffer out, HostBuffer dWeightHh) {
        int H = sizes.hidden();
        int total = sizes.offsets().total();
        float[] before = scratch.take(Area.ALL_HIDDEN, total * H);
        for (int i = 0; i < sizes.offsets().count(); i++) {
            int first = sizes.row(i, 0);
            Arrays.fill(before, first * H, (first + 1) * H, 0);
            int steps = sizes.offsets().length(i) - 1;
            int from = sizes.offsets().start(i) + (sizes.reverse() ? 1 : 0);
            System.arraycopy(out.array, out.offset + from * H, before, (from - sizes.toPrevious()) * H, steps * H);
        }
        VectorGemm.multiply(
                scratch,
                gates * H,
                H,
                total,
                new MatrixView(dGates, 0, 1, gates * H),
                MatrixView.rows(before, 0, H),
                true,
                dWeightHh.array,
                dWeightHh.offset,
                H);
    }
}
