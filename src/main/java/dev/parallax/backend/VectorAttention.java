package dev.parallax.backend;

import dev.parallax.backend.Scratch.Area;

/// Attention in vectors: head by head, a tile of query rows against all keys of the sequence, as matrix products with
/// the keys and values packed once. No more than [#TILE] rows of weights exist. The formulas stand in
/// [Backend#attention], the plain loops in [ScalarAttention].
///
/// A row of the output does not know its tile, since a product's row does not ([VectorGemm]); the gradients of keys and
/// values are sums over tiles, which begin at the sequence's first query, so other sequences do not matter either.
final class VectorAttention {

    static final int TILE = 32; // rows: with 500 keys 64 KB of weights, at home in the second-level cache

    private VectorAttention() {}

    /// The columns of one head in rows `row` and following.
    static MatrixView head(AttentionSizes sizes, HostBuffer x, int row, int head) {
        return MatrixView.rows(x.array, at(sizes, x, row, head), sizes.width());
    }

    static int at(AttentionSizes sizes, HostBuffer x, int row, int head) {
        return x.offset + row * sizes.width() + head * sizes.headWidth();
    }

    static void forward(
            Scratch scratch,
            AttentionSizes sizes,
            HostBuffer q,
            HostBuffer k,
            HostBuffer v,
            DropoutMask mask,
            HostBuffer logSumExp,
            HostBuffer out) {
        int d = sizes.headWidth();
        float[] room = scratch.take(Area.LANES, Lanes.COUNT);
        float[] weights = scratch.take(Area.SCORES, TILE * sizes.keys().longest());
        float[] factors =
                scratch.take(Area.FACTORS, VectorDropout.room(sizes.keys().longest()));
        VectorDropout dropout = new VectorDropout(mask);
        for (int i = 0; i < sizes.queries().count(); i++) {
            int keys = sizes.keys().length(i);
            for (int head = 0; head < sizes.heads(); head++) {
                MatrixView key = head(sizes, k, sizes.keys().start(i), head);
                MatrixView value = head(sizes, v, sizes.keys().start(i), head);
                PackedMatrix keysTransposed =
                        PackedMatrix.pack(scratch, Area.KEYS_TRANSPOSED, key.transposed(), d, keys);
                PackedMatrix values = PackedMatrix.pack(scratch, Area.VALUES, value, keys, d);
                for (int from = 0; from < sizes.queries().length(i); from += TILE) {
                    int rows = Math.min(TILE, sizes.queries().length(i) - from);
                    int first = sizes.queries().start(i) + from;
                    keysTransposed.multiply(scratch, rows, head(sizes, q, first, head), false, weights, 0, keys);
                    for (int r = 0; r < rows; r++) {
                        VectorRows.scaleInPlace(sizes.scale(), weights, r * keys, keys);
                        double logSum = VectorRows.softmaxInPlace(weights, r * keys, keys, room);
                        logSumExp.array[logSumExp.offset + (first + r) * sizes.heads() + head] = (float) logSum;
                        if (!mask.keepsAll()) {
                            dropout.row(i, (from + r) * sizes.heads() + head, keys, factors);
                            VectorElementwise.multiply(factors, 0, weights, r * keys, weights, r * keys, keys);
                        }
                    }
                    MatrixView tile = MatrixView.rows(weights, 0, keys);
                    int to = at(sizes, out, first, head);
                    values.multiply(scratch, rows, tile, false, out.array, to, sizes.width());
                }
            }
        }
    }
}
