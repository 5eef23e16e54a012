package dev.parallax.backend.vector;

import static dev.parallax.backend.vector.Lanes.FLOATS;
import static jdk.incubator.vector.FloatVector.fromArray;

import dev.parallax.backend.HostBuffer;
import dev.parallax.backend.MatrixView;
import dev.parallax.backend.Recurrence;
import dev.parallax.backend.vector.Scratch.Area;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/// The LSTM in vectors: step by step over all sequences that are still running. Each step is one matrix product with
/// one row per sequence, and its gates are computed right after it, while they lie in the cache. The formulas are in
/// [dev.parallax.backend.Backend#lstm], the plain loops in [dev.parallax.backend.scalar.ScalarLstm].
///
/// In working memory each gate has H floats rounded up to whole vectors, so that the loops have no remainder. The
/// values in the padding are finite and never used.
final class VectorLstm {

    private static final FloatVector ONE = FloatVector.broadcast(FLOATS, 1);

    private VectorLstm() {}

    static void forward(
            Scratch scratch,
            Recurrence sizes,
            HostBuffer projected,
            HostBuffer weightHh,
            HostBuffer biasHh,
            HostBuffer gates,
            HostBuffer out) {
        int H = sizes.hidden();
        int P = Lanes.padded(H);
        ActiveSequences active = new ActiveSequences(sizes);
        int B = active.count();
        float[] weight = GateRows.padWeight(scratch, weightHh, 4, H);
        PackedMatrix transposed = PackedMatrix.pack(
                scratch, Area.WEIGHT_PANELS, MatrixView.rows(weight, 0, P).transposed(), H, 4 * P);
        float[] a = scratch.takeZero(Area.GATES, B * 4 * P);
        float[] h = scratch.takeZero(Area.HIDDEN, B * P);
        float[] cell = scratch.takeZero(Area.CELL, B * P);
        MatrixView states = MatrixView.rows(h, 0, P);
        int cells = out.offset + sizes.offsets().total() * H;
        for (int step = 0; step < active.steps(); step++) {
            int running = active.running(step);
            for (int s = 0; s < running; s++) {
                int in = projected.offset + active.row(s, step) * 4 * H;
                for (int gate = 0; gate < 4; gate++) {
                    VectorElementwise.add(
                            projected.array,
                            in + gate * H,
                            biasHh.array,
                            biasHh.offset + gate * H,
                            a,
                            (s * 4 + gate) * P,
                            H);
                }
            }
            if (step > 0) {
                transposed.multiply(scratch, running, states, true, a, 0, 4 * P);
            }
            for (int s = 0; s < running; s++) {
                activate(P, a, s * 4 * P, cell, h, s * P);
                int row = active.row(s, step);
                GateRows.unpad(a, s * 4 * P, 4, H, gates.array, gates.offset + row * 4 * H);
                System.arraycopy(h, s * P, out.array, out.offset + row * H, H);
                System.arraycopy(cell, s * P, out.array, cells + row * H, H);
            }
        }
    }

    /// From the sums a to the gates, in place, and from the old cell to the new one and the new state.
    private static void activate(int P, float[] a, int at, float[] cell, float[] h, int atState) {
        VectorMath.sigmoidWhole(a, at, a, at, 2 * P);
        VectorMath.tanhWhole(a, at + 2 * P, a, at + 2 * P, P);
        VectorMath.sigmoidWhole(a, at + 3 * P, a, at + 3 * P, P);
        for (int u = 0; u < P; u += Lanes.COUNT) {
            FloatVector added = fromArray(FLOATS, a, at + u).mul(fromArray(FLOATS, a, at + 2 * P + u));
            FloatVector forget = fromArray(FLOATS, a, at + P + u);
            forget.fma(fromArray(FLOATS, cell, atState + u), added).intoArray(cell, atState + u);
        }
        VectorMath.tanhWhole(cell, atState, h, atState, P);
        for (int u = 0; u < P; u += Lanes.COUNT) {
            fromArray(FLOATS, a, at + 3 * P + u)
                    .mul(fromArray(FLOATS, h, atState + u))
                    .intoArray(h, atState + u);
        }
    }

    static void gradAdd(
            Scratch scratch,
            Recurrence sizes,
            HostBuffer weightHh,
            HostBuffer gates,
            HostBuffer out,
            HostBuffer dOut,
            HostBuffer dProjected,
            HostBuffer dWeightHh,
            HostBuffer dBiasHh) {
        int H = sizes.hidden();
        int P = Lanes.padded(H);
        ActiveSequences active = new ActiveSequences(sizes);
        int B = active.count();
        int cells = sizes.offsets().total() * H;
        float[] weight = GateRows.padWeight(scratch, weightHh, 4, H);
        PackedMatrix packed = PackedMatrix.pack(scratch, Area.WEIGHT_PANELS, MatrixView.rows(weight, 0, P), 4 * P, P);
        float[] da = scratch.takeZero(Area.GATES, B * 4 * P);
        MatrixView dSums = MatrixView.rows(da, 0, 4 * P);
        float[] dh = scratch.takeZero(Area.HIDDEN, B * P);
        float[] dCell = scratch.takeZero(Area.CELL, B * P);
        float[] in = scratch.takeZero(Area.STEP_IN, 4 * P);
        float[] all = scratch.take(Area.ALL_GATES, sizes.offsets().total() * 4 * H);
        for (int step = active.steps() - 1; step >= 0; step--) {
            int running = active.running(step);
            for (int s = 0; s < running; s++) {
                int row = active.row(s, step);
                System.arraycopy(dOut.array, dOut.offset + row * H, in, 0, H);
                System.arraycopy(dOut.array, dOut.offset + cells + row * H, in, P, H);
                System.arraycopy(out.array, out.offset + cells + row * H, in, 2 * P, H);
                if (step > 0) {
                    int previous = row + sizes.toPrevious();
                    System.arraycopy(out.array, out.offset + cells + previous * H, in, 3 * P, H);
                } else {
                    Arrays.fill(in, 3 * P, 4 * P, 0);
                }
                GateRows.pad(gates.array, gates.offset + row * 4 * H, 4, H, da, s * 4 * P);
                passBack(P, in, da, s * 4 * P, dh, dCell, s * P);
                GateRows.unpad(da, s * 4 * P, 4, H, all, row * 4 * H);
                int to = dProjected.offset + row * 4 * H;
                VectorElementwise.addInto(all, row * 4 * H, dProjected.array, to, 4 * H);
                VectorElementwise.addInto(all, row * 4 * H, dBiasHh.array, dBiasHh.offset, 4 * H);
            }
            if (step > 0) {
                packed.multiply(scratch, running, dSums, false, dh, 0, P);
            }
        }
        GateRows.weightGradAdd(scratch, sizes, 4, all, out, dWeightHh);
    }

    /// One step of one sequence backwards: `da` holds the gates and receives the gradients of their sums, `dCell`
    /// becomes the gradient of the previous cell.
    ///
    /// @param in gradient of h, gradient of the cell, the cell, the cell before [4, P]
    private static void passBack(int P, float[] in, float[] da, int at, float[] dh, float[] dCell, int atState) {
        VectorMath.tanhWhole(in, 2 * P, in, 2 * P, P);
        for (int u = 0; u < P; u += Lanes.COUNT) {
            FloatVector input = fromArray(FLOATS, da, at + u);
            FloatVector forget = fromArray(FLOATS, da, at + P + u);
            FloatVector candidate = fromArray(FLOATS, da, at + 2 * P + u);
            FloatVector output = fromArray(FLOATS, da, at + 3 * P + u);
            FloatVector tanhCell = fromArray(FLOATS, in, 2 * P + u);
            FloatVector dHidden = fromArray(FLOATS, in, u).add(fromArray(FLOATS, dh, atState + u));
            FloatVector dOutput = dHidden.mul(tanhCell);
            FloatVector dTanh = dHidden.mul(output).mul(ONE.sub(tanhCell.mul(tanhCell)));
            FloatVector d = fromArray(FLOATS, in, P + u)
                    .add(fromArray(FLOATS, dCell, atState + u))
                    .add(dTanh);
            d.mul(candidate).mul(input).mul(ONE.sub(input)).intoArray(da, at + u);
            d.mul(fromArray(FLOATS, in, 3 * P + u))
                    .mul(forget)
                    .mul(ONE.sub(forget))
                    .intoArray(da, at + P + u);
            d.mul(input).mul(ONE.sub(candidate.mul(candidate))).intoArray(da, at + 2 * P + u);
            dOutput.mul(output).mul(ONE.sub(output)).intoArray(da, at + 3 * P + u);
            d.mul(forget).intoArray(dCell, atState + u);
        }
    }
}
