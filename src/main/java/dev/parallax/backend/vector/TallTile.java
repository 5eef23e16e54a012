package dev.parallax.backend.vector;

import static dev.parallax.backend.vector.Lanes.FLOATS;
import static dev.parallax.backend.vector.VectorGemm.TILE_COLUMNS;
import static jdk.incubator.vector.FloatVector.fromArray;

import dev.parallax.backend.MatrixView;
import jdk.incubator.vector.FloatVector;

/// [Tile] with 8 rows: half as many vectors of B are read per multiply-add, and twice as many sums hide
/// its latency. An element is the same sum as there.
final class TallTile {

    static final int ROWS = 8; // divides the rows of a block

    /// Whether the 16 accumulators fit into registers. Vectors of 512 bits come with 32 registers; of narrower ones
    /// there may be 16.
    static final boolean FITS = Lanes.COUNT == 16;

    private TallTile() {}

    /// out (+)= a[i .. i+7, p .. p+depth-1] · a panel.
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
        FloatVector c40 = c00;
        FloatVector c41 = c00;
        FloatVector c50 = c00;
        FloatVector c51 = c00;
        FloatVector c60 = c00;
        FloatVector c61 = c00;
        FloatVector c70 = c00;
        FloatVector c71 = c00;
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
        FloatVector c40 = c00;
        FloatVector c41 = c00;
        FloatVector c50 = c00;
        FloatVector c51 = c00;
        FloatVector c60 = c00;
        FloatVector c61 = c00;
        FloatVector c70 = c00;
        FloatVector c71 = c00;
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
}
