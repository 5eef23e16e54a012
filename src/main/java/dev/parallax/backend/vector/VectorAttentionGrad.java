package dev.parallax.backend.vector;

import static dev.parallax.backend.vector.Lanes.FLOATS;
import static jdk.incubator.vector.FloatVector.fromArray;

import dev.parallax.backend.AttentionSizes;
import dev.parallax.backend.DropoutMask;
import dev.parallax.backend.HostBuffer;
import dev.parallax.backend.MatrixView;
import dev.parallax.backend.vector.Scratch.Area;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.jspecify.annotations.Nullable;

/// The gradient of [VectorAttention], in the same tiles: the weights P are computed again from the saved
/// log-sum-exp. The formulas are in [dev.parallax.backend.Backend#attentionGradAdd].
final class VectorAttentionGrad {

    private final Scratch scratch;
    private final AttentionSizes sizes;
    private final HostBuffer q;
    private final HostBuffer k;
    private final HostBuffer v;
    private final @Nullable VectorPositionBias bias;
    private final DropoutMask mask;
    private final HostBuffer logSumExp;
    private final HostBuffer out;
    private final HostBuffer dOut;
    private final float[] weights;
    private final float[] dScores;
    private final float[] factors;
    private final float[] room;
    private final VectorDropout dropout;

    VectorAttentionGrad(
            Scratch scratch,
            AttentionSizes sizes,
            HostBuffer q,
            HostBuffer k,
            HostBuffer v,
            @Nullable VectorPositionBias bias,
            DropoutMask mask,
            HostBuffer logSumExp,
            HostBuffer out,
            HostBuffer dOut) {
        this.scratch = scratch;
        this.sizes = sizes;
        this.q = q;
        this.k = k;
        this.v = v;
        this.bias = bias;
        this.mask = mask;
        this.dropout = new VectorDropout(mask);
        this.logSumExp = logSumExp;
        this.out = out;
        this.dOut = dOut;
        int longest = Lanes.padded(sizes.keys().longest());
        this.weights = scratch.take(Area.SCORES, VectorAttention.TILE * longest);
        this.dScores = scratch.take(Area.D_SCORES, VectorAttention.TILE * longest);
        this.factors = scratch.take(Area.FACTORS, VectorDropout.room(longest));
        this.room = scratch.take(Area.LANES, Lanes.COUNT);
    }

    void addTo(HostBuffer dq, HostBuffer dk, HostBuffer dv) {
        Arrays.fill(factors, 0, Lanes.padded(sizes.keys().longest()), 1); // stays so without dropout
        for (int i = 0; i < sizes.queries().count(); i++) {
            for (int head = 0; head < sizes.heads(); head++) {
                head(i, head, dq, dk, dv);
            }
        }
    }

    private void head(int i, int head, HostBuffer dq, HostBuffer dk, HostBuffer dv) {
        int d = sizes.headWidth();
        int length = sizes.keys().length(i);
        int firstKey = sizes.keys().start(i);
        if (bias != null) {
            bias.begin(i, head);
        }
        MatrixView key = VectorAttention.head(sizes, k, firstKey, head);
        MatrixView value = VectorAttention.head(sizes, v, firstKey, head);
        PackedMatrix packedKeys = PackedMatrix.pack(scratch, Area.KEYS, key, length, d);
        PackedMatrix keysTransposed = PackedMatrix.pack(scratch, Area.KEYS_TRANSPOSED, key.transposed(), d, length);
        PackedMatrix valuesTransposed = PackedMatrix.pack(scratch, Area.VALUES, value.transposed(), d, length);
        for (int from = 0; from < sizes.queries().length(i); from += VectorAttention.TILE) {
            int rows = Math.min(VectorAttention.TILE, sizes.queries().length(i) - from);
            int first = sizes.queries().start(i) + from;
            int keys = sizes.keysRead(i, from + rows - 1);
            int stride = Lanes.padded(keys);
            MatrixView p = MatrixView.rows(weights, 0, stride);
            MatrixView dS = MatrixView.rows(dScores, 0, stride);
            MatrixView query = VectorAttention.head(sizes, q, first, head);
            MatrixView dO = VectorAttention.head(sizes, dOut, first, head);
            keysTransposed.columns(keys).multiply(scratch, rows, query, false, weights, 0, stride);
            valuesTransposed.columns(keys).multiply(scratch, rows, dO, false, dScores, 0, stride);
            for (int r = 0; r < rows; r++) {
                row(i, from + r, head, r * stride);
                int read = sizes.keysRead(i, from + r);
                Arrays.fill(weights, r * stride + read, r * stride + keys, 0);
                Arrays.fill(dScores, r * stride + read, r * stride + keys, 0);
            }
            add(keys, d, rows, p.transposed(), dO, dv, firstKey, head);
            add(keys, d, rows, dS.transposed(), query, dk, firstKey, head);
            int to = VectorAttention.at(sizes, dq, first, head);
            VectorAttention.multiply(scratch, sizes, from, rows, dS, packedKeys, key, true, dq.array, to);
        }
        if (bias != null) {
            bias.end();
        }
    }

    /// From Q Kᵀ and dOut Vᵀ of one row to M ∘ P and dS · scale, in place, for the keys that it reads.
    private void row(int i, int t, int head, int at) {
        int keys = sizes.keysRead(i, t);
        int row = sizes.queries().start(i) + t;
        int atOut = VectorAttention.at(sizes, out, row, head);
        int atDOut = VectorAttention.at(sizes, dOut, row, head);
        float dotOut =
                (float) VectorReductions.dot(dOut.array, atDOut, out.array, atOut, sizes.headWidth(), room); // D_i
        float logSum = logSumExp.array[logSumExp.offset + row * sizes.heads() + head];
        float scale = sizes.scale();
        if (bias != null) {
            bias.scores(t, keys, weights, at);
            scale = 1;
        }
        VectorMath.expWhole(scale, -logSum, weights, at, weights, at, Lanes.padded(keys));
        if (!mask.keepsAll()) {
            dropout.row(i, t * sizes.heads() + head, keys, factors);
        }
        scoreGradient(dotOut, scale, at, Lanes.padded(keys));
        if (bias != null) {
            bias.gradAdd(t, keys, dScores, at);
            VectorRows.scaleInPlace(sizes.scale(), dScores, at, Lanes.padded(keys));
        }
    }

    /// P ∘ (M ∘ dP - D) · scale in place of dP, and P becomes M ∘ P, in whole vectors: the values beyond the keys are
    /// arbitrary.
    private void scoreGradient(float dotOut, float scale, int at, int padded) {
        for (int j = 0; j < padded; j += Lanes.COUNT) {
            FloatVector p = fromArray(FLOATS, weights, at + j);
            FloatVector factor = fromArray(FLOATS, factors, j);
            FloatVector inner = fromArray(FLOATS, dScores, at + j).mul(factor).sub(dotOut);
            p.mul(inner).mul(scale).intoArray(dScores, at + j);
            p.mul(factor).intoArray(weights, at + j);
        }
    }

    /// The columns of one head += a · b, from row `first` on.
    private void add(int m, int n, int rows, MatrixView a, MatrixView b, HostBuffer to, int first, int head) {
        int at = VectorAttention.at(sizes, to, first, head);
        VectorGemm.multiply(scratch, m, n, rows, a, b, true, to.array, at, sizes.width());
    }
}
