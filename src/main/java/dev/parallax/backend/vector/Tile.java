package dev.parallax.backend.vector;

import static dev.parallax.backend.vector.Lanes.FLOATS;
import static dev.parallax.backend.vector.VectorGemm.TILE_COLUMNS;
import static jdk.incubator.vector.FloatVector.fromArray;

import dev.parallax.backend.MatrixView;
import jdk.incubator.vector.FloatVector;

/// The innermost loop of [VectorGemm]: a tile of 4 rows by 2 vectors of the result. It has 8
/// accumulators, 2 vectors of B and one broadcast value of A.
///
/// The loop is written twice: for an A that is stored row by row, and for one that is stored column by
/// column. C2 checks the bounds of an index in every iteration unless it knows the step from one
/// iteration to the next. The two loops are methods of their own: in one method they need more general
/// registers than there are, and C2 moves some of them to vector registers and back in every iteration.
/// [TallTile] and [NarrowTile] are written likewise.
final class Tile {

    static final int ROWS = 4;

    private Tile() {}

    /// out (+)= a[i .. i+3, p .. p+depth-1] · a panel.
    ///
    /// @param b      has the panel from `atB` on
    /// @param stride floats from one row of `out` to the next
    static void multiply(
            int depth,
            MatrixView a,
            int i,
            int p,
            float[] b,
            int atB,
            boolean accumulate,
            float[] out,
            int to,
            int stride) {
        if (a.columnStride == 1) {
            byRows(depth, a.array, a.at(i, p), a.rowStride, b, atB, accumulate, out, to, stride);
        } else {
            byColumns(depth, a.array, a.at(i, p), a.columnStride, b, atB, accumulate, out, to, stride);
        }
    }

    /// @param nextRow floats from one row of A to the next
    private static void byRows(
            int depth,
            float[] a,
            int atA,
            int nextRow,
            float[] b,
            int atB,
            boolean accumulate,
            float[] out,
            int to,
            int stride) {
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
            FloatVector a0 = FloatVector.broadcast(FLOATS, a[atA + q]);
            c00 = a0.fma(b0, c00);
            c01 = a0.fma(b1, c01);
            FloatVector a1 = FloatVector.broadcast(FLOATS, a[atA + nextRow + q]);
            c10 = a1.fma(b0, c10);
            c11 = a1.fma(b1, c11);
            FloatVector a2 = FloatVector.broadcast(FLOATS, a[atA + 2 * nextRow + q]);
            c20 = a2.fma(b0, c20);
            c21 = a2.fma(b1, c21);
            FloatVector a3 = FloatVector.broadcast(FLOATS, a[atA + 3 * nextRow + q]);
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

    /// @param nextQ floats from one column of A to the next
    private static void byColumns(
            int depth,
            float[] a,
            int atA,
            int nextQ,
            float[] b,
            int atB,
            boolean accumulate,
            float[] out,
            int to,
            int stride) {
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
            FloatVector a0 = FloatVector.broadcast(FLOATS, a[atA + q * nextQ]);
            c00 = a0.fma(b0, c00);
            c01 = a0.fma(b1, c01);
            FloatVector a1 = FloatVector.broadcast(FLOATS, a[atA + q * nextQ + 1]);
            c10 = a1.fma(b0, c10);
            c11 = a1.fma(b1, c11);
            FloatVector a2 = FloatVector.broadcast(FLOATS, a[atA + q * nextQ + 2]);
            c20 = a2.fma(b0, c20);
            c21 = a2.fma(b1, c21);
            FloatVector a3 = FloatVector.broadcast(FLOATS, a[atA + q * nextQ + 3]);
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
}
