package dev.parallax.backend.vector;

import static dev.parallax.backend.vector.Lanes.FLOATS;
import static jdk.incubator.vector.FloatVector.fromArray;

import dev.parallax.backend.HostBuffer;
import dev.parallax.backend.MatrixView;
import dev.parallax.backend.Recurrence;
import dev.parallax.backend.vector.Scratch.Area;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/// The GRU in vectors, in the same way as [VectorLstm]: step by step over all running sequences, each gate padded to
/// P floats. The formulas are in [dev.parallax.backend.Backend#gru], the plain loops in
/// [dev.parallax.backend.scalar.ScalarGru].
final class VectorGru {

    private static final FloatVector ONE = FloatVector.broadcast(FLOATS, 1);

    private VectorGru() {}

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
        float[] weight = GateRows.padWeight(scratch, weightHh, 3, H);
        PackedMatrix transposed = PackedMatrix.pack(
                scratch, Area.WEIGHT_PANELS, MatrixView.rows(weight, 0, P).transposed(), H, 3 * P);
        float[] bias = scratch.takeZero(Area.BIAS, 3 * P);
        GateRows.pad(biasHh.array, biasHh.offset, 3, H, bias, 0);
        float[] hiddenPart = scratch.take(Area.GATES, B * 3 * P); // U h' + c
        float[] h = scratch.takeZero(Area.HIDDEN, B * P);
        MatrixView states = MatrixView.rows(h, 0, P);
        float[] in = scratch.takeZero(Area.STEP_IN, 3 * P);
        float[] row = scratch.take(Area.CELL, 4 * P); // r, z, n, U_n h' + c_n
        for (int step = 0; step < active.steps(); step++) {
            int running = active.running(step);
            for (int s = 0; s < running; s++) {
                System.arraycopy(bias, 0, hiddenPart, s * 3 * P, 3 * P);
            }
            if (step > 0) {
                transposed.multiply(scratch, running, states, true, hiddenPart, 0, 3 * P);
            }
            for (int s = 0; s < running; s++) {
                int at = active.row(s, step);
                GateRows.pad(projected.array, projected.offset + at * 3 * H, 3, H, in, 0);
                activate(P, in, hiddenPart, s * 3 * P, row, h, s * P);
                GateRows.unpad(row, 0, 4, H, gates.array, gates.offset + at * 4 * H);
                System.arraycopy(h, s * P, out.array, out.offset + at * H, H);
            }
        }
    }

    /// One step of one sequence: the gates into `row`, the new state over the old.
    private static void activate(int P, float[] in, float[] hiddenPart, int at, float[] row, float[] h, int atState) {
        VectorElementwise.add(in, 0, hiddenPart, at, row, 0, 2 * P);
        VectorMath.sigmoidWhole(row, 0, row, 0, 2 * P);
        System.arraycopy(hiddenPart, at + 2 * P, row, 3 * P, P);
        for (int u = 0; u < P; u += Lanes.COUNT) {
            FloatVector hiddenN = fromArray(FLOATS, row, 3 * P + u);
            fromArray(FLOATS, row, u)
                    .fma(hiddenN, fromArray(FLOATS, in, 2 * P + u))
                    .intoArray(row, 2 * P + u);
        }
        VectorMath.tanhWhole(row, 2 * P, row, 2 * P, P);
        for (int u = 0; u < P; u += Lanes.COUNT) {
            FloatVector candidate = fromArray(FLOATS, row, 2 * P + u);
            FloatVector change = fromArray(FLOATS, h, atState + u).sub(candidate);
            fromArray(FLOATS, row, P + u).fma(change, candidate).intoArray(h, atState + u);
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
        float[] weight = GateRows.padWeight(scratch, weightHh, 3, H);
        PackedMatrix packed = PackedMatrix.pack(scratch, Area.WEIGHT_PANELS, MatrixView.rows(weight, 0, P), 3 * P, P);
        float[] dHiddenPart = scratch.takeZero(Area.GATES, B * 3 * P); // gradient of U h' + c
        MatrixView dSums = MatrixView.rows(dHiddenPart, 0, 3 * P);
        float[] dh = scratch.takeZero(Area.HIDDEN, B * P);
        float[] in = scratch.takeZero(Area.STEP_IN, 2 * P); // gradient of h, the previous state
        float[] row = scratch.takeZero(Area.CELL, 4 * P);
        float[] all = scratch.take(Area.ALL_GATES, sizes.offsets().total() * 3 * H);
        for (int step = active.steps() - 1; step >= 0; step--) {
            int running = active.running(step);
            for (int s = 0; s < running; s++) {
                int at = active.row(s, step);
                System.arraycopy(dOut.array, dOut.offset + at * H, in, 0, H);
                if (step > 0) {
                    System.arraycopy(out.array, out.offset + (at + sizes.toPrevious()) * H, in, P, H);
                } else {
                    Arrays.fill(in, P, 2 * P, 0);
                }
                GateRows.pad(gates.array, gates.offset + at * 4 * H, 4, H, row, 0);
                passBack(P, in, row, dHiddenPart, s * 3 * P, dh, s * P);
                GateRows.unpad(dHiddenPart, s * 3 * P, 3, H, all, at * 3 * H);
                int to = dProjected.offset + at * 3 * H;
                VectorElementwise.addInto(all, at * 3 * H, dProjected.array, to, 2 * H);
                VectorElementwise.addInto(row, 2 * P, dProjected.array, to + 2 * H, H);
                VectorElementwise.addInto(all, at * 3 * H, dBiasHh.array, dBiasHh.offset, 3 * H);
            }
            if (step > 0) {
                packed.multiply(scratch, running, dSums, true, dh, 0, P);
            }
        }
        GateRows.weightGradAdd(scratch, sizes, 3, all, out, dWeightHh);
    }

    /// One step of one sequence backwards. `dh` becomes what the previous state receives directly. The block n of
    /// `row` becomes the gradient of projected_n; that of r and z is the same as in `dHiddenPart`.
    private static void passBack(int P, float[] in, float[] row, float[] dHiddenPart, int at, float[] dh, int atState) {
        for (int u = 0; u < P; u += Lanes.COUNT) {
            FloatVector reset = fromArray(FLOATS, row, u);
            FloatVector update = fromArray(FLOATS, row, P + u);
            FloatVector candidate = fromArray(FLOATS, row, 2 * P + u);
            FloatVector d = fromArray(FLOATS, in, u).add(fromArray(FLOATS, dh, atState + u));
            FloatVector keep = ONE.sub(update);
            FloatVector dCandidate = d.mul(keep).mul(ONE.sub(candidate.mul(candidate)));
            FloatVector dReset = dCandidate.mul(fromArray(FLOATS, row, 3 * P + u));
            dReset.mul(reset).mul(ONE.sub(reset)).intoArray(dHiddenPart, at + u);
            FloatVector dUpdate = d.mul(fromArray(FLOATS, in, P + u).sub(candidate));
            dUpdate.mul(update).mul(keep).intoArray(dHiddenPart, at + P + u);
            dCandidate.mul(reset).intoArray(dHiddenPart, at + 2 * P + u);
            dCandidate.intoArray(row, 2 * P + u);
            d.mul(update).intoArray(dh, atState + u);
        }
    }
}
