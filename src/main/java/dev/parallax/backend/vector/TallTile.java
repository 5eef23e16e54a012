package dev.parallax.backend.vector;

import static dev.parallax.backend.vector.Lanes.FLOATS;
import static dev.parallax.backend.vector.VectorGemm.TILE_COLUMNS;
import static jdk.incubator.vector.FloatVector.fromArray;

import dev.parallax.backend.MatrixView;
import jdk.incubator.vector.FloatVector;

/// The innermost loops of [VectorGemm] for eight rows at a time. Each is written twice, as the tile of four
/// rows is: for an A that is stored row by row and for one that is stored column by column. An element is
/// the same sum as there.
final class TallTile {

    static final int ROWS = 8; // divides the rows of a block

    /// Whether the 16 accumulators of [#whole] fit into registers. Vectors of 512 bits come with 32 registers;
    /// of narrower ones there may be 16.
    static final boolean FITS = Lanes.COUNT == 16;

    private TallTile() {}

    /// A tile of two vectors' width. Beside a tile of four rows, half as many vectors of B are read per multiply-add,
    /// and twice as many sums hide its latency.
    ///
    /// @param i first row of A
    /// @param p first column of A
    static void whole(
            int depth,
            MatrixView view,
            int i,
            int p,
            float[] b,
            int atB,
            boolean accumulate,
            float[] out,
            int to,
            int stride) {
        float[] a = view.array;
        int atA = view.at(i, p);
        int nextRow = view.rowStride;
        int nextQ = view.columnStride;
        FloatVector c00 = FloatVector.zero(FLOATS);
        FloatVector c01 = c00;
        FloatVector c10 = c00;
        FloatVector c11 = c00;
        FloatVector c20 = c00;
        FloatVector c21 = c00;
        FloatVector c30 = c00;
        FloatVector c31 = c00;
        FloatVector c40 = c00;
        FloatVector c41 = c00;
        FloatVector c50 = c00;
        FloatVector c51 = c00;
        FloatVector c60 = c00;
        FloatVector c61 = c00;
        FloatVector c70 = c00;
        FloatVector c71 = c00;
        if (nextQ == 1) {
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
                FloatVector a4 = FloatVector.broadcast(FLOATS, a[atA + 4 * nextRow + q]);
                c40 = a4.fma(b0, c40);
                c41 = a4.fma(b1, c41);
                FloatVector a5 = FloatVector.broadcast(FLOATS, a[atA + 5 * nextRow + q]);
                c50 = a5.fma(b0, c50);
                c51 = a5.fma(b1, c51);
                FloatVector a6 = FloatVector.broadcast(FLOATS, a[atA + 6 * nextRow + q]);
                c60 = a6.fma(b0, c60);
                c61 = a6.fma(b1, c61);
                FloatVector a7 = FloatVector.broadcast(FLOATS, a[atA + 7 * nextRow + q]);
                c70 = a7.fma(b0, c70);
                c71 = a7.fma(b1, c71);
            }
        } else {
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
                FloatVector a4 = FloatVector.broadcast(FLOATS, a[atA + q * nextQ + 4]);
                c40 = a4.fma(b0, c40);
                c41 = a4.fma(b1, c41);
                FloatVector a5 = FloatVector.broadcast(FLOATS, a[atA + q * nextQ + 5]);
                c50 = a5.fma(b0, c50);
                c51 = a5.fma(b1, c51);
                FloatVector a6 = FloatVector.broadcast(FLOATS, a[atA + q * nextQ + 6]);
                c60 = a6.fma(b0, c60);
                c61 = a6.fma(b1, c61);
                FloatVector a7 = FloatVector.broadcast(FLOATS, a[atA + q * nextQ + 7]);
                c70 = a7.fma(b0, c70);
                c71 = a7.fma(b1, c71);
            }
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
            c40 = fromArray(FLOATS, out, to + 4 * stride).add(c40);
            c41 = fromArray(FLOATS, out, to + 4 * stride + Lanes.COUNT).add(c41);
            c50 = fromArray(FLOATS, out, to + 5 * stride).add(c50);
            c51 = fromArray(FLOATS, out, to + 5 * stride + Lanes.COUNT).add(c51);
            c60 = fromArray(FLOATS, out, to + 6 * stride).add(c60);
            c61 = fromArray(FLOATS, out, to + 6 * stride + Lanes.COUNT).add(c61);
            c70 = fromArray(FLOATS, out, to + 7 * stride).add(c70);
            c71 = fromArray(FLOATS, out, to + 7 * stride + Lanes.COUNT).add(c71);
        }
        c00.intoArray(out, to);
        c01.intoArray(out, to + Lanes.COUNT);
        c10.intoArray(out, to + stride);
        c11.intoArray(out, to + stride + Lanes.COUNT);
        c20.intoArray(out, to + 2 * stride);
        c21.intoArray(out, to + 2 * stride + Lanes.COUNT);
        c30.intoArray(out, to + 3 * stride);
        c31.intoArray(out, to + 3 * stride + Lanes.COUNT);
        c40.intoArray(out, to + 4 * stride);
        c41.intoArray(out, to + 4 * stride + Lanes.COUNT);
        c50.intoArray(out, to + 5 * stride);
        c51.intoArray(out, to + 5 * stride + Lanes.COUNT);
        c60.intoArray(out, to + 6 * stride);
        c61.intoArray(out, to + 6 * stride + Lanes.COUNT);
        c70.intoArray(out, to + 7 * stride);
        c71.intoArray(out, to + 7 * stride + Lanes.COUNT);
    }

    /// A tile of one vector's width, for a last panel that has no more columns: half the work of a whole one. With four
    /// rows it would have half as many sums side by side and take as long.
    ///
    /// @param out rows of [VectorGemm#TILE_COLUMNS]
    static void narrow(int depth, MatrixView view, int i, int p, float[] b, int atB, float[] out) {
        float[] a = view.array;
        int atA = view.at(i, p);
        int nextRow = view.rowStride;
        int nextQ = view.columnStride;
        FloatVector c0 = FloatVector.zero(FLOATS);
        FloatVector c1 = c0;
        FloatVector c2 = c0;
        FloatVector c3 = c0;
        FloatVector c4 = c0;
        FloatVector c5 = c0;
        FloatVector c6 = c0;
        FloatVector c7 = c0;
        if (nextQ == 1) {
            for (int q = 0; q < depth; q++) {
                FloatVector b0 = fromArray(FLOATS, b, atB + q * TILE_COLUMNS);
                c0 = FloatVector.broadcast(FLOATS, a[atA + q]).fma(b0, c0);
                c1 = FloatVector.broadcast(FLOATS, a[atA + nextRow + q]).fma(b0, c1);
                c2 = FloatVector.broadcast(FLOATS, a[atA + 2 * nextRow + q]).fma(b0, c2);
                c3 = FloatVector.broadcast(FLOATS, a[atA + 3 * nextRow + q]).fma(b0, c3);
                c4 = FloatVector.broadcast(FLOATS, a[atA + 4 * nextRow + q]).fma(b0, c4);
                c5 = FloatVector.broadcast(FLOATS, a[atA + 5 * nextRow + q]).fma(b0, c5);
                c6 = FloatVector.broadcast(FLOATS, a[atA + 6 * nextRow + q]).fma(b0, c6);
                c7 = FloatVector.broadcast(FLOATS, a[atA + 7 * nextRow + q]).fma(b0, c7);
            }
        } else {
            for (int q = 0; q < depth; q++) {
                FloatVector b0 = fromArray(FLOATS, b, atB + q * TILE_COLUMNS);
                c0 = FloatVector.broadcast(FLOATS, a[atA + q * nextQ]).fma(b0, c0);
                c1 = FloatVector.broadcast(FLOATS, a[atA + q * nextQ + 1]).fma(b0, c1);
                c2 = FloatVector.broadcast(FLOATS, a[atA + q * nextQ + 2]).fma(b0, c2);
                c3 = FloatVector.broadcast(FLOATS, a[atA + q * nextQ + 3]).fma(b0, c3);
                c4 = FloatVector.broadcast(FLOATS, a[atA + q * nextQ + 4]).fma(b0, c4);
                c5 = FloatVector.broadcast(FLOATS, a[atA + q * nextQ + 5]).fma(b0, c5);
                c6 = FloatVector.broadcast(FLOATS, a[atA + q * nextQ + 6]).fma(b0, c6);
                c7 = FloatVector.broadcast(FLOATS, a[atA + q * nextQ + 7]).fma(b0, c7);
            }
        }
        c0.intoArray(out, 0);
        c1.intoArray(out, TILE_COLUMNS);
        c2.intoArray(out, 2 * TILE_COLUMNS);
        c3.intoArray(out, 3 * TILE_COLUMNS);
        c4.intoArray(out, 4 * TILE_COLUMNS);
        c5.intoArray(out, 5 * TILE_COLUMNS);
        c6.intoArray(out, 6 * TILE_COLUMNS);
        c7.intoArray(out, 7 * TILE_COLUMNS);
    }
}
