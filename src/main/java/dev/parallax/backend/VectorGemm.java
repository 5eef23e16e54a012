package dev.parallax.backend;

import static dev.parallax.backend.Lanes.FLOATS;
import static jdk.incubator.vector.FloatVector.fromArray;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/// Matrix product in the way of Goto and van de Geijn ("Anatomy of High-Performance Matrix Multiplication", 2008): the
/// sum is cut into blocks of [#K_BLOCK]; of each block, B is copied into panels as wide as a tile and A into panels as
/// high as a tile, both in the order in which the innermost loop reads them; that loop keeps one tile of the result,
/// 4 rows by 2 vectors, in registers (C2 spills the accumulators of a 6-row tile to memory and halves the speed).
///
/// What every result element is: for each block of k, a sum from zero in the order of k, one multiply-add a term; the
/// blocks added to `out` one after the other. Tiles at the edges run the same code on panels padded with zeros and
/// are copied out in part. So an element depends on its row of A, its column of B and k, and neither on m and n nor
/// on where it lies.
///
/// The accumulators never go through a call: where C2 does not inline it, it keeps them as objects on the heap, in
/// the innermost loop too, and that is ten times slower.
final class VectorGemm {

    /// Terms that are summed before they are added to the result.
    static final int K_BLOCK = 256;

    static final int TILE_ROWS = 4;
    static final int TILE_COLUMNS = 2 * Lanes.COUNT;
    private static final int M_BLOCK = 64; // with K_BLOCK: 64 KiB of A, at home in the second-level cache
    private static final int N_BLOCK = 1024; // with K_BLOCK: 1 MiB of B

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

    /// One block of the sum: out (+)= a[:, p .. p+depth-1] · the first `depth` rows of the packed panels, which have
    /// `panelDepth`.
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
        float[] packed = scratch.take(Scratch.Area.GEMM_A, M_BLOCK * depth);
        float[] edge = scratch.take(Scratch.Area.GEMM_EDGE, TILE_ROWS * TILE_COLUMNS);
        for (int i = 0; i < m; i += M_BLOCK) {
            int height = Math.min(M_BLOCK, m - i);
            packRows(a, i, height, p, depth, packed);
            for (int j = 0; j < n; j += TILE_COLUMNS) {
                int columns = Math.min(TILE_COLUMNS, n - j);
                int atPanel = panelsAt + j * panelDepth;
                for (int r = 0; r < height; r += TILE_ROWS) {
                    int rows = Math.min(TILE_ROWS, height - r);
                    int to = outAt + (i + r) * outStride + j;
                    boolean whole = columns == TILE_COLUMNS;
                    if (rows == TILE_ROWS && whole) {
                        tile(depth, packed, r * depth, panels, atPanel, accumulate, out, to, outStride);
                    } else if (rows == 1 && whole) {
                        row(depth, packed, r * depth, panels, atPanel, accumulate, out, to);
                    } else {
                        if (rows == 1) {
                            row(depth, packed, r * depth, panels, atPanel, false, edge, 0);
                        } else {
                            tile(depth, packed, r * depth, panels, atPanel, false, edge, 0, TILE_COLUMNS);
                        }
                        copyPart(edge, rows, columns, accumulate, out, to, outStride);
                    }
                }
            }
        }
    }

    /// The first rows and columns of a tile become, or are added to, a part of the result.
    private static void copyPart(
            float[] edge, int rows, int columns, boolean accumulate, float[] out, int to, int stride) {
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                float sum = edge[r * TILE_COLUMNS + c];
                out[to + r * stride + c] = accumulate ? out[to + r * stride + c] + sum : sum;
            }
        }
    }

    /// Copies a[i .. i+height-1, p .. p+depth-1] into panels [depth, TILE_ROWS], missing rows zero.
    private static void packRows(MatrixView a, int i, int height, int p, int depth, float[] packed) {
        for (int panel = 0; panel < height; panel += TILE_ROWS) {
            int at = panel * depth;
            for (int r = 0; r < TILE_ROWS; r++) {
                if (panel + r < height) {
                    int from = a.at(i + panel + r, p);
                    for (int q = 0; q < depth; q++) {
                        packed[at + q * TILE_ROWS + r] = a.array[from + q * a.columnStride];
                    }
                } else {
                    for (int q = 0; q < depth; q++) {
                        packed[at + q * TILE_ROWS + r] = 0;
                    }
                }
            }
        }
    }

    /// The innermost loop: 8 accumulators, 2 vectors of B, one broadcast value of A.
    private static void tile(
            int depth, float[] a, int atA, float[] b, int atB, boolean accumulate, float[] out, int to, int stride) {
        FloatVector c00 = FloatVector.zero(FLOATS);
        FloatVector c01 = c00;
        FloatVector c10 = c00;
        FloatVector c11 = c00;
        FloatVector c20 = c00;
        FloatVector c21 = c00;
        FloatVector c30 = c00;
        FloatVector c31 = c00;
        for (int q = 0; q < depth; q++) {
            FloatVector b0 = fromArray(FLOATS, b, atB + q * TILE_COLUMNS);
            FloatVector b1 = fromArray(FLOATS, b, atB + q * TILE_COLUMNS + Lanes.COUNT);
            FloatVector a0 = FloatVector.broadcast(FLOATS, a[atA + q * TILE_ROWS]);
            c00 = a0.fma(b0, c00);
            c01 = a0.fma(b1, c01);
            FloatVector a1 = FloatVector.broadcast(FLOATS, a[atA + q * TILE_ROWS + 1]);
            c10 = a1.fma(b0, c10);
            c11 = a1.fma(b1, c11);
            FloatVector a2 = FloatVector.broadcast(FLOATS, a[atA + q * TILE_ROWS + 2]);
            c20 = a2.fma(b0, c20);
            c21 = a2.fma(b1, c21);
            FloatVector a3 = FloatVector.broadcast(FLOATS, a[atA + q * TILE_ROWS + 3]);
            c30 = a3.fma(b0, c30);
            c31 = a3.fma(b1, c31);
        }
        if (accumulate) {
            c00 = fromArray(FLOATS, out, to).add(c00);
            c01 = fromArray(FLOATS, out, to + Lanes.COUNT).add(c01);
            c10 = fromArray(FLOATS, out, to + stride).add(c10);
            c11 = fromArray(FLOATS, out, to + stride + Lanes.COUNT).add(c11);
            c20 = fromArray(FLOATS, out, to + 2 * stride).add(c20);
            c21 = fromArray(FLOATS, out, to + 2 * stride + Lanes.COUNT).add(c21);
            c30 = fromArray(FLOATS, out, to + 3 * stride).add(c30);
            c31 = fromArray(FLOATS, out, to + 3 * stride + Lanes.COUNT).add(c31);
        }
        c00.intoArray(out, to);
        c01.intoArray(out, to + Lanes.COUNT);
        c10.intoArray(out, to + stride);
        c11.intoArray(out, to + stride + Lanes.COUNT);
        c20.intoArray(out, to + 2 * stride);
        c21.intoArray(out, to + 2 * stride + Lanes.COUNT);
        c30.intoArray(out, to + 3 * stride);
        c31.intoArray(out, to + 3 * stride + Lanes.COUNT);
    }

    /// The same for a single row: what inference on one utterance is made of.
    private static void row(
            int depth, float[] a, int atA, float[] b, int atB, boolean accumulate, float[] out, int to) {
        FloatVector c0 = FloatVector.zero(FLOATS);
        FloatVector c1 = c0;
        for (int q = 0; q < depth; q++) {
            FloatVector a0 = FloatVector.broadcast(FLOATS, a[atA + q * TILE_ROWS]);
            c0 = a0.fma(fromArray(FLOATS, b, atB + q * TILE_COLUMNS), c0);
            c1 = a0.fma(fromArray(FLOATS, b, atB + q * TILE_COLUMNS + Lanes.COUNT), c1);
        }
        if (accumulate) {
            c0 = fromArray(FLOATS, out, to).add(c0);
            c1 = fromArray(FLOATS, out, to + Lanes.COUNT).add(c1);
        }
        c0.intoArray(out, to);
        c1.intoArray(out, to + Lanes.COUNT);
    }
}
