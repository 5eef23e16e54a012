package dev.parallax.backend.vector;

import static dev.parallax.backend.vector.Lanes.FLOATS;
import static jdk.incubator.vector.FloatVector.fromArray;

import dev.parallax.backend.MatrixView;
import dev.parallax.backend.SlidingProduct;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/// Matrix product in the way of Goto and van de Geijn ("Anatomy of High-Performance Matrix Multiplication", 2008).
/// The sum is cut into blocks of [#K_BLOCK] terms. For each block, B is copied into panels as wide as a tile, in the
/// order in which the innermost loop reads them; A is read where it lies. That loop keeps one tile of the result, 4
/// rows by 2 vectors, in registers. With a tile of 6 rows and 16 registers, C2 (see [Lanes]) moves the accumulators to
/// memory and halves the speed. Where a tile of 8 rows fits, it is a [TallTile].
///
/// Each result element is, for each block of k, a sum from zero in the order of k, one multiply-add per term. The
/// sums of the blocks are added to `out` one after the other. Tiles at the edges run the same code, on columns
/// padded with zeros, and are copied out in part. Rows below the last tile are done one by one. So an element
/// depends on its row of A, its column of B and k, and neither on m and n nor on where it lies.
final class VectorGemm {

    /// Terms that are summed before they are added to the result.
    static final int K_BLOCK = SlidingProduct.BLOCK;

    static final int TILE_COLUMNS = 2 * Lanes.COUNT;
    private static final int M_BLOCK = 64; // with K_BLOCK: 64 KiB of A, fits into the second-level cache
    static final int N_BLOCK = 512; // with K_BLOCK: 512 KiB of B, half of a second-level cache

    private VectorGemm() {}

    /// out = a · b, or += ; a [m, k], b [k, n], out [m, n] with `outStride` floats from row to row.
    static void multiply(
            Scratch scratch,
            int m,
            int n,
            int k,
            MatrixView a,
            MatrixView b,
            boolean accumulate,
            float[] out,
            int outAt,
            int outStride) {
        if (k == 0 && !accumulate) {
            for (int i = 0; i < m; i++) {
                Arrays.fill(out, outAt + i * outStride, outAt + i * outStride + n, 0);
            }
        }
        float[] panels = scratch.take(
                Scratch.Area.GEMM_B, Math.min(k, K_BLOCK) * PackedMatrix.paddedColumns(Math.min(n, N_BLOCK)));
        for (int p = 0; p < k; p += K_BLOCK) {
            int depth = Math.min(K_BLOCK, k - p);
            for (int j = 0; j < n; j += N_BLOCK) {
                int columns = Math.min(N_BLOCK, n - j);
                PackedMatrix.packColumns(b, p, depth, j, columns, panels, 0);
                boolean add = accumulate || p > 0;
                block(scratch, m, columns, depth, a, p, panels, 0, depth, add, out, outAt + j, outStride);
            }
        }
    }

    /// One block of the sum: out (+)= a[:, p .. p+depth-1] · the first `depth` rows of the packed panels, which
    /// have `panelDepth`.
    static void block(
            Scratch scratch,
            int m,
            int n,
            int depth,
            MatrixView a,
            int p,
            float[] panels,
            int panelsAt,
            int panelDepth,
            boolean accumulate,
            float[] out,
            int outAt,
            int outStride) {
        float[] edge = scratch.take(Scratch.Area.GEMM_EDGE, TallTile.ROWS * TILE_COLUMNS);
        int inTiles = m - m % Tile.ROWS;
        for (int i = 0; i < inTiles; i += M_BLOCK) {
            int height = Math.min(M_BLOCK, inTiles - i);
            for (int j = 0; j < n; j += TILE_COLUMNS) {
                int columns = Math.min(TILE_COLUMNS, n - j);
                int atPanel = panelsAt + j * panelDepth;
                boolean narrow = columns <= Lanes.COUNT;
                int tall = narrow || TallTile.FITS ? height - height % TallTile.ROWS : 0;
                for (int r = 0; r < tall; r += TallTile.ROWS) {
                    int to = outAt + (i + r) * outStride + j;
                    if (columns == TILE_COLUMNS) {
                        TallTile.multiply(depth, a, i + r, p, panels, atPanel, accumulate, out, to, outStride);
                        continue;
                    }
                    if (narrow) {
                        NarrowTile.multiply(depth, a, i + r, p, panels, atPanel, edge);
                    } else {
                        TallTile.multiply(depth, a, i + r, p, panels, atPanel, false, edge, 0, TILE_COLUMNS);
                    }
                    copyPart(edge, TallTile.ROWS, columns, accumulate, out, to, outStride);
                }
                for (int r = tall; r < height; r += Tile.ROWS) {
                    int to = outAt + (i + r) * outStride + j;
                    if (columns == TILE_COLUMNS) {
                        Tile.multiply(depth, a, i + r, p, panels, atPanel, accumulate, out, to, outStride);
                    } else {
                        Tile.multiply(depth, a, i + r, p, panels, atPanel, false, edge, 0, TILE_COLUMNS);
                        copyPart(edge, Tile.ROWS, columns, accumulate, out, to, outStride);
                    }
                }
            }
        }
        for (int i = inTiles; i < m; i++) {
            row(n, depth, a, i, p, panels, panelsAt, panelDepth, edge, accumulate, out, outAt + i * outStride);
        }
    }

    /// The first columns of `rows` rows become, or are added to, a part of the result.
    private static void copyPart(
            float[] edge, int rows, int columns, boolean accumulate, float[] out, int to, int stride) {
        for (int r = 0; r < rows; r++) {
            if (accumulate) {
                VectorElementwise.addInto(edge, r * TILE_COLUMNS, out, to + r * stride, columns);
            } else {
                System.arraycopy(edge, r * TILE_COLUMNS, out, to + r * stride, columns);
            }
        }
    }

    /// One of the up to three rows below the last tile. Four panels at a time have as many accumulators as a tile;
    /// with fewer, each multiply-add waits for the one before. Then two panels, then one.
    private static void row(
            int n,
            int depth,
            MatrixView a,
            int i,
            int p,
            float[] panels,
            int panelsAt,
            int panelDepth,
            float[] edge,
            boolean accumulate,
            float[] out,
            int to) {
        int atA = a.at(i, p);
        int nextPanel = panelDepth * TILE_COLUMNS;
        int count;
        for (int j = 0; j < n; j += count * TILE_COLUMNS) {
            int left = n - j;
            int atPanel = panelsAt + j * panelDepth;
            if (left > 3 * TILE_COLUMNS) {
                fourPanels(depth, a.array, atA, a.columnStride, panels, atPanel, nextPanel, edge);
                count = 4;
            } else if (left > TILE_COLUMNS) {
                twoPanels(depth, a.array, atA, a.columnStride, panels, atPanel, nextPanel, edge);
                count = 2;
            } else {
                onePanel(depth, a.array, atA, a.columnStride, panels, atPanel, edge);
                count = 1;
            }
            copyPart(edge, 1, Math.min(left, count * TILE_COLUMNS), accumulate, out, to + j, 0);
        }
    }

    private static void fourPanels(
            int depth, float[] a, int atA, int nextQ, float[] b, int atB, int nextPanel, float[] out) {
        FloatVector c0 = FloatVector.zero(FLOATS);
        FloatVector c1 = c0;
        FloatVector c2 = c0;
        FloatVector c3 = c0;
        FloatVector c4 = c0;
        FloatVector c5 = c0;
        FloatVector c6 = c0;
        FloatVector c7 = c0;
        for (int q = 0; q < depth; q++) {
            FloatVector a0 = FloatVector.broadcast(FLOATS, a[atA + q * nextQ]);
            int at = atB + q * TILE_COLUMNS;
            c0 = a0.fma(fromArray(FLOATS, b, at), c0);
            c1 = a0.fma(fromArray(FLOATS, b, at + Lanes.COUNT), c1);
            c2 = a0.fma(fromArray(FLOATS, b, at + nextPanel), c2);
            c3 = a0.fma(fromArray(FLOATS, b, at + nextPanel + Lanes.COUNT), c3);
            c4 = a0.fma(fromArray(FLOATS, b, at + 2 * nextPanel), c4);
            c5 = a0.fma(fromArray(FLOATS, b, at + 2 * nextPanel + Lanes.COUNT), c5);
            c6 = a0.fma(fromArray(FLOATS, b, at + 3 * nextPanel), c6);
            c7 = a0.fma(fromArray(FLOATS, b, at + 3 * nextPanel + Lanes.COUNT), c7);
        }
        c0.intoArray(out, 0);
        c1.intoArray(out, Lanes.COUNT);
        c2.intoArray(out, 2 * Lanes.COUNT);
        c3.intoArray(out, 3 * Lanes.COUNT);
        c4.intoArray(out, 4 * Lanes.COUNT);
        c5.intoArray(out, 5 * Lanes.COUNT);
        c6.intoArray(out, 6 * Lanes.COUNT);
        c7.intoArray(out, 7 * Lanes.COUNT);
    }

    private static void twoPanels(
            int depth, float[] a, int atA, int nextQ, float[] b, int atB, int nextPanel, float[] out) {
        FloatVector c0 = FloatVector.zero(FLOATS);
        FloatVector c1 = c0;
        FloatVector c2 = c0;
        FloatVector c3 = c0;
        for (int q = 0; q < depth; q++) {
            FloatVector a0 = FloatVector.broadcast(FLOATS, a[atA + q * nextQ]);
            int at = atB + q * TILE_COLUMNS;
            c0 = a0.fma(fromArray(FLOATS, b, at), c0);
            c1 = a0.fma(fromArray(FLOATS, b, at + Lanes.COUNT), c1);
            c2 = a0.fma(fromArray(FLOATS, b, at + nextPanel), c2);
            c3 = a0.fma(fromArray(FLOATS, b, at + nextPanel + Lanes.COUNT), c3);
        }
        c0.intoArray(out, 0);
        c1.intoArray(out, Lanes.COUNT);
        c2.intoArray(out, 2 * Lanes.COUNT);
        c3.intoArray(out, 3 * Lanes.COUNT);
    }

    private static void onePanel(int depth, float[] a, int atA, int nextQ, float[] b, int atB, float[] out) {
        FloatVector c0 = FloatVector.zero(FLOATS);
        FloatVector c1 = c0;
        for (int q = 0; q < depth; q++) {
            FloatVector a0 = FloatVector.broadcast(FLOATS, a[atA + q * nextQ]);
            c0 = a0.fma(fromArray(FLOATS, b, atB + q * TILE_COLUMNS), c0);
            c1 = a0.fma(fromArray(FLOATS, b, atB + q * TILE_COLUMNS + Lanes.COUNT), c1);
        }
        c0.intoArray(out, 0);
        c1.intoArray(out, Lanes.COUNT);
    }
}
