package dev.parallax.backend.vector;

import static dev.parallax.backend.vector.Lanes.FLOATS;
import static jdk.incubator.vector.FloatVector.fromArray;

import dev.parallax.backend.MatrixView;
import jdk.incubator.vector.FloatVector;

/// What [VectorGemm] does where a matrix is no multiple of its tiles: a last panel of few columns, and rows below
/// the last tile. The same sums, element by element, as in a tile.
final class VectorGemmEdges {

    private VectorGemmEdges() {}

    /// One of the up to three rows below the last tile: four panels at a time, as many accumulators as a tile
    /// has, for with fewer each multiply-add waits for the one before; then two, then one.
    static void row(
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
        int nextPanel = panelDepth * VectorGemm.TILE_COLUMNS;
        int count;
        for (int j = 0; j < n; j += count * VectorGemm.TILE_COLUMNS) {
            int left = n - j;
            int atPanel = panelsAt + j * panelDepth;
            if (left > 3 * VectorGemm.TILE_COLUMNS) {
                fourPanels(depth, a.array, atA, a.columnStride, panels, atPanel, nextPanel, edge);
                count = 4;
            } else if (left > VectorGemm.TILE_COLUMNS) {
                twoPanels(depth, a.array, atA, a.columnStride, panels, atPanel, nextPanel, edge);
                count = 2;
            } else {
                onePanel(depth, a.array, atA, a.columnStride, panels, atPanel, edge);
                count = 1;
            }
            VectorGemm.copyPart(edge, 1, Math.min(left, count * VectorGemm.TILE_COLUMNS), accumulate, out, to + j, 0);
        }
    }

    /// A tile of one vector's width, for a last panel that has no more columns: half the work of a tile.
    static void narrowTile(int depth, MatrixView view, int i, int p, float[] b, int atB, float[] out) {
        float[] a = view.array;
        int atA = view.at(i, p);
        int nextRow = view.rowStride;
        int nextQ = view.columnStride;
        FloatVector c0 = FloatVector.zero(FLOATS);
        FloatVector c1 = c0;
        FloatVector c2 = c0;
        FloatVector c3 = c0;
        if (nextQ == 1) {
            for (int q = 0; q < depth; q++) {
                FloatVector b0 = fromArray(FLOATS, b, atB + q * VectorGemm.TILE_COLUMNS);
                c0 = FloatVector.broadcast(FLOATS, a[atA + q]).fma(b0, c0);
                c1 = FloatVector.broadcast(FLOATS, a[atA + nextRow + q]).fma(b0, c1);
                c2 = FloatVector.broadcast(FLOATS, a[atA + 2 * nextRow + q]).fma(b0, c2);
                c3 = FloatVector.broadcast(FLOATS, a[atA + 3 * nextRow + q]).fma(b0, c3);
            }
        } else {
            for (int q = 0; q < depth; q++) {
                FloatVector b0 = fromArray(FLOATS, b, atB + q * VectorGemm.TILE_COLUMNS);
                c0 = FloatVector.broadcast(FLOATS, a[atA + q * nextQ]).fma(b0, c0);
                c1 = FloatVector.broadcast(FLOATS, a[atA + q * nextQ + 1]).fma(b0, c1);
                c2 = FloatVector.broadcast(FLOATS, a[atA + q * nextQ + 2]).fma(b0, c2);
                c3 = FloatVector.broadcast(FLOATS, a[atA + q * nextQ + 3]).fma(b0, c3);
            }
        }
        c0.intoArray(out, 0);
        c1.intoArray(out, VectorGemm.TILE_COLUMNS);
        c2.intoArray(out, 2 * VectorGemm.TILE_COLUMNS);
        c3.intoArray(out, 3 * VectorGemm.TILE_COLUMNS);
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
            int at = atB + q * VectorGemm.TILE_COLUMNS;
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
            int at = atB + q * VectorGemm.TILE_COLUMNS;
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
            c0 = a0.fma(fromArray(FLOATS, b, atB + q * VectorGemm.TILE_COLUMNS), c0);
            c1 = a0.fma(fromArray(FLOATS, b, atB + q * VectorGemm.TILE_COLUMNS + Lanes.COUNT), c1);
        }
        c0.intoArray(out, 0);
        c1.intoArray(out, Lanes.COUNT);
    }
}
