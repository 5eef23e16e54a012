package dev.parallax.backend.vector;

import static dev.parallax.backend.vector.Lanes.FLOATS;
import static jdk.incubator.vector.FloatVector.fromArray;

import dev.parallax.backend.AttentionSizes;
import dev.parallax.backend.DropoutMask;
import dev.parallax.backend.HostBuffer;
import dev.parallax.backend.MatrixView;
import dev.parallax.backend.vector.Scratch.Area;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Attention in vectors, one head after the other. A tile of query rows meets the keys that its last row reads, in
/// matrix products with keys and values that are packed once. No more than [#TILE] rows of weights exist, each in
/// whole vectors; the weights that fill up the last vector are 0. The formulas are in
/// [dev.parallax.backend.Backend#attention], the plain loops in [dev.parallax.backend.scalar.ScalarAttention].
///
/// A row of the output does not depend on its tile, since a row of a product does not ([VectorGemm]). The gradients
/// of keys and values are sums over tiles. Tiles begin at the sequence's first query, so other sequences do not
/// matter either.
final class VectorAttention {

    static final int TILE = 32; // rows: with 500 keys 64 KB of weights, which fit into the second-level cache

    private final Scratch scratch;
    private final AttentionSizes sizes;
    private final HostBuffer q;
    private final HostBuffer k;
    private final HostBuffer v;
    private final @Nullable VectorPositionBias bias;
    private final DropoutMask mask;
    private final VectorDropout dropout;
    private final float[] weights;
    private final float[] factors;
    private final float[] room;

    /// @param bias what is added to the scores, null where that is nothing
    VectorAttention(
            Scratch scratch,
            AttentionSizes sizes,
            HostBuffer q,
            HostBuffer k,
            HostBuffer v,
            @Nullable VectorPositionBias bias,
            DropoutMask mask) {
        this.scratch = scratch;
        this.sizes = sizes;
        this.q = q;
        this.k = k;
        this.v = v;
        this.bias = bias;
        this.mask = mask;
        this.dropout = new VectorDropout(mask);
        int longest = sizes.keys().longest();
        this.weights = scratch.take(Area.SCORES, TILE * Lanes.padded(longest));
        this.factors = scratch.take(Area.FACTORS, VectorDropout.room(longest));
        this.room = scratch.take(Area.LANES, Lanes.COUNT);
    }

    /// The columns of one head in rows `row` and following.
    static MatrixView head(AttentionSizes sizes, HostBuffer x, int row, int head) {
        return MatrixView.rows(x.array, at(sizes, x, row, head), sizes.width());
    }

    static int at(AttentionSizes sizes, HostBuffer x, int row, int head) {
        return x.offset + row * sizes.width() + head * sizes.headWidth();
    }

    /// Computes some of the heads of all sequences: head h of sequence i has the number i · heads + h.
    void forward(int from, int count, HostBuffer logSumExp, HostBuffer out) {
        for (int number = from; number < from + count; number++) {
            head(number / sizes.heads(), number % sizes.heads(), logSumExp, out);
        }
    }

    private void head(int i, int head, HostBuffer logSumExp, HostBuffer out) {
        int d = sizes.headWidth();
        int length = sizes.keys().length(i);
        if (bias != null) {
            bias.begin(i, head);
        }
        MatrixView key = head(sizes, k, sizes.keys().start(i), head);
        MatrixView value = head(sizes, v, sizes.keys().start(i), head);
        PackedMatrix keysTransposed = PackedMatrix.pack(scratch, Area.KEYS_TRANSPOSED, key.transposed(), d, length);
        PackedMatrix values = PackedMatrix.pack(scratch, Area.VALUES, value, length, d);
        for (int from = 0; from < sizes.queries().length(i); from += TILE) {
            int rows = Math.min(TILE, sizes.queries().length(i) - from);
            int first = sizes.queries().start(i) + from;
            int keys = sizes.keysRead(i, from + rows - 1);
            int stride = Lanes.padded(keys);
            MatrixView query = head(sizes, q, first, head);
            keysTransposed.columns(keys).multiply(scratch, rows, query, false, weights, 0, stride);
            for (int r = 0; r < rows; r++) {
                int read = sizes.keysRead(i, from + r);
                Arrays.fill(weights, r * stride + read, (r + 1) * stride, Float.NEGATIVE_INFINITY);
            }
            for (int r = 0; r < rows; r++) {
                double logSum = row(i, head, from + r, r * stride);
                logSumExp.array[logSumExp.offset + (first + r) * sizes.heads() + head] = (float) logSum;
            }
            MatrixView tile = MatrixView.rows(weights, 0, stride);
            multiply(scratch, sizes, from, rows, tile, values, value, false, out.array, at(sizes, out, first, head));
        }
    }

    /// From Q Kᵀ of query row `t` to M ∘ P, in place.
    ///
    /// @return log sum_j exp(scale · q · k_j + bias)
    private double row(int i, int head, int t, int at) {
        int read = sizes.keysRead(i, t);
        int padded = Lanes.padded(read);
        float scale = sizes.scale();
        if (bias != null) {
            bias.scores(t, read, weights, at);
            scale = 1;
        }
        float max = scale * VectorReductions.max(weights, at, padded);
        VectorMath.expWhole(scale, -max, weights, at, weights, at, padded);
        double sum = VectorReductions.sum(weights, at, padded, room);
        if (mask.keepsAll()) {
            VectorRows.scaleInPlace((float) (1 / sum), weights, at, padded);
        } else {
            dropout.row(i, t * sizes.heads() + head, read, factors);
            dropInPlace((float) (1 / sum), at, padded);
        }
        return max + Math.log(sum);
    }

    /// weights = factors ∘ (scale · weights) for one row, in whole vectors.
    private void dropInPlace(float scale, int at, int padded) {
        for (int j = 0; j < padded; j += Lanes.COUNT) {
            fromArray(FLOATS, weights, at + j)
                    .mul(scale)
                    .mul(fromArray(FLOATS, factors, j))
                    .intoArray(weights, at + j);
        }
    }

    /// out = weights · x, or +=, for a tile of query rows that begins with row `from` of its sequence: each row's
    /// sum over the keys that it reads.
    ///
    /// A causal row must not include later keys with weight 0, since 0 · NaN is NaN. The rows of a tile of
    /// [VectorGemm] share the sums up to the last key of the first row. The few terms that are left are added one
    /// by one.
    ///
    /// @param weights [rows, keys], what a row does not read is arbitrary
    /// @param packed  x [keys, columns of a head]
    static void multiply(
            Scratch scratch,
            AttentionSizes sizes,
            int from,
            int rows,
            MatrixView weights,
            PackedMatrix packed,
            MatrixView x,
            boolean accumulate,
            float[] out,
            int to) {
        int width = sizes.width();
        if (!sizes.causal()) {
            packed.multiply(scratch, rows, weights, accumulate, out, to, width);
            return;
        }
        for (int r = 0; r < rows; r += Tile.ROWS) {
            int together = Math.min(Tile.ROWS, rows - r);
            int common = from + r + 1;
            packed.rows(common).multiply(scratch, together, weights.part(r, 0), accumulate, out, to + r * width, width);
            for (int s = r + 1; s < r + together; s++) {
                for (int j = common; j <= from + s; j++) {
                    float weight = weights.array[weights.at(s, j)];
                    VectorElementwise.scaleAdd(weight, x.array, x.at(j, 0), out, to + s * width, sizes.headWidth());
                }
            }
        }
    }
}
