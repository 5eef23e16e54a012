package dev.parallax.backend.vector;

import static dev.parallax.backend.vector.Lanes.FLOATS;
import static dev.parallax.backend.vector.VectorGemm.TILE_COLUMNS;
import static jdk.incubator.vector.FloatVector.fromArray;

import dev.parallax.backend.MatrixView;
import jdk.incubator.vector.FloatVector;

/// [Tile] with 8 rows by 1 vector, for a last panel that has no more columns: half the work of a whole
/// one. With four rows it would have half as many sums side by side and take as long. An element is the
/// same sum as there.
final class NarrowTile {

    private NarrowTile() {}

    /// out = a[i .. i+7, p .. p+depth-1] · the first vector of each row of a panel.
    ///
    /// @param b   has the panel from `atB` on
    /// @param out rows of [VectorGemm#TILE_COLUMNS]
    static void multiply(int depth, MatrixView a, int i, int p, float[] b, int atB, float[] out) {
        if (a.columnStride == 1) {
            byRows(depth, a.array, a.at(i, p), a.rowStride, b, atB, out);
        } else {
            byColumns(depth, a.array, a.at(i, p), a.columnStride, b, atB, out);
        }
    }

    private static void byRows(int depth, float[] a, int atA, int nextRow, float[] b, int atB, float[] out) {
        FloatVector c0 = FloatVector.zero(FLOATS);
        FloatVector c1 = c0;
        FloatVector c2 = c0;
        FloatVector c3 = c0;
        FloatVector c4 = c0;
        FloatVector c5 = c0;
        FloatVector c6 = c0;
        FloatVector c7 = c0;
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
        c0.intoArray(out, 0);
        c1.intoArray(out, TILE_COLUMNS);
        c2.intoArray(out, 2 * TILE_COLUMNS);
        c3.intoArray(out, 3 * TILE_COLUMNS);
        c4.intoArray(out, 4 * TILE_COLUMNS);
        c5.intoArray(out, 5 * TILE_COLUMNS);
        c6.intoArray(out, 6 * TILE_COLUMNS);
        c7.intoArray(out, 7 * TILE_COLUMNS);
    }

    private static void byColumns(int depth, float[] a, int atA, int nextQ, float[] b, int atB, float[] out) {
        FloatVector c0 = FloatVector.zero(FLOATS);
        FloatVector c1 = c0;
        FloatVector c2 = c0;
        FloatVector c3 = c0;
        FloatVector c4 = c0;
        FloatVector c5 = c0;
        FloatVector c6 = c0;
        FloatVector c7 = c0;
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
