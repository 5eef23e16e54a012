package dev.parallax.backend.vector;

import static dev.parallax.backend.vector.Lanes.FLOATS;
import static jdk.incubator.vector.FloatVector.fromArray;

import dev.parallax.backend.MatrixView;
import java.util.Arrays;
import jdk.incubator.vector.VectorMask;

/// The right factor of a product, copied into the panels that [VectorGemm] reads. It serves several products: a
/// recurrent weight at every step, the keys of a sequence for every tile of queries.
final class PackedMatrix {

    private static final int WIDENED = 4 * VectorGemm.TILE_COLUMNS; // columns at a time: 128 KiB with K_BLOCK

    private final float[] panels; // for each block of the packed rows, one panel after the other
    private final int panelsAt;
    private final boolean inHalves; // two columns in the place of one, see [Bfloat16]
    private final int packedRows;
    private final int packedColumns;
    private final int k;
    private final int firstColumn; // that of a panel
    private final int n;

    private PackedMatrix(
            float[] panels,
            int panelsAt,
            boolean inHalves,
            int packedRows,
            int packedColumns,
            int k,
            int firstColumn,
            int n) {
        this.panels = panels;
        this.panelsAt = panelsAt;
        this.inHalves = inHalves;
        this.packedRows = packedRows;
        this.packedColumns = packedColumns;
        this.k = k;
        this.firstColumn = firstColumn;
        this.n = n;
    }

    /// Packs the whole of b [k, n] into the working memory named `area`.
    static PackedMatrix pack(Scratch scratch, Scratch.Area area, MatrixView b, int k, int n) {
        return pack(scratch.take(area, k * paddedColumns(n)), 0, b, k, n);
    }

    /// Packs the whole of b [k, n] into `panels`, from `at` on: k rows of [#paddedColumns].
    static PackedMatrix pack(float[] panels, int at, MatrixView b, int k, int n) {
        for (int p = 0; p < k; p += VectorGemm.K_BLOCK) {
            packColumns(b, p, Math.min(VectorGemm.K_BLOCK, k - p), 0, n, panels, at + p * paddedColumns(n));
        }
        return new PackedMatrix(panels, at, false, k, n, k, 0, n);
    }

    /// Packs the whole of b [k, n], which has numbers of bfloat16 alone: half of the room of [#pack], and the same
    /// products.
    static PackedMatrix packHalves(float[] panels, int at, MatrixView b, int k, int n) {
        float[] block = new float[VectorGemm.K_BLOCK * paddedColumns(n)];
        for (int p = 0; p < k; p += VectorGemm.K_BLOCK) {
            int depth = Math.min(VectorGemm.K_BLOCK, k - p);
            packColumns(b, p, depth, 0, n, block, 0);
            Bfloat16.narrow(block, depth * paddedColumns(n), panels, at + p * paddedColumns(n) / 2);
        }
        return new PackedMatrix(panels, at, true, k, n, k, 0, n);
    }

    /// The first `count` rows of this: a product with fewer terms.
    PackedMatrix rows(int count) {
        return new PackedMatrix(panels, panelsAt, inHalves, packedRows, packedColumns, count, firstColumn, n);
    }

    /// The first `count` columns of this.
    PackedMatrix columns(int count) {
        return columns(0, count);
    }

    /// `count` columns of this.
    ///
    /// @param from the first one, that of a panel: a multiple of [VectorGemm#TILE_COLUMNS]
    PackedMatrix columns(int from, int count) {
        return new PackedMatrix(panels, panelsAt, inHalves, packedRows, packedColumns, k, firstColumn + from, count);
    }

    /// out = a · this, or +=; a [m, k], out [m, n] with `outStride` floats from row to row. The same sums as
    /// [VectorGemm#multiply].
    void multiply(Scratch scratch, int m, MatrixView a, boolean accumulate, float[] out, int outAt, int outStride) {
        int atATime = inHalves ? WIDENED : VectorGemm.N_BLOCK;
        for (int p = 0; p < k; p += VectorGemm.K_BLOCK) {
            int depth = Math.min(VectorGemm.K_BLOCK, k - p);
            int panelDepth = Math.min(VectorGemm.K_BLOCK, packedRows - p);
            int at = p * paddedColumns(packedColumns) + firstColumn * panelDepth;
            boolean add = accumulate || p > 0;
            for (int j = 0; j < n; j += atATime) {
                int columns = Math.min(atATime, n - j);
                int atPanels = at + j * panelDepth;
                int to = outAt + j;
                if (inHalves) {
                    ofHalves(scratch, m, columns, depth, a, p, atPanels, panelDepth, add, out, to, outStride);
                } else {
                    VectorGemm.block(
                            scratch,
                            m,
                            columns,
                            depth,
                            a,
                            p,
                            panels,
                            panelsAt + atPanels,
                            panelDepth,
                            add,
                            out,
                            to,
                            outStride);
                }
            }
        }
    }

    /// A block of the product with up to [#WIDENED] columns in halves. Tiles of eight rows widen them as they read
    /// them; for what is left they are widened before.
    private void ofHalves(
            Scratch scratch,
            int m,
            int columns,
            int depth,
            MatrixView a,
            int p,
            int atPanels,
            int panelDepth,
            boolean accumulate,
            float[] out,
            int to,
            int stride) {
        int halves = panelsAt + atPanels / 2;
        boolean wholeTiles = TallTile.FITS && a.columnStride == 1 && columns % VectorGemm.TILE_COLUMNS == 0;
        int tall = wholeTiles ? m - m % TallTile.ROWS : 0;
        if (tall > 0) {
            for (int j = 0; j < columns; j += VectorGemm.TILE_COLUMNS) {
                int panel = halves + j * panelDepth / 2;
                for (int i = 0; i < tall; i += TallTile.ROWS) {
                    HalfTile.whole(depth, a, i, p, panels, panel, accumulate, out, to + i * stride + j, stride);
                }
            }
        }
        if (tall < m) {
            float[] widened = scratch.take(Scratch.Area.GEMM_B, VectorGemm.K_BLOCK * WIDENED);
            Bfloat16.widen(panels, halves, panelDepth * paddedColumns(columns), widened);
            MatrixView left = a.part(tall, 0);
            VectorGemm.block(
                    scratch,
                    m - tall,
                    columns,
                    depth,
                    left,
                    p,
                    widened,
                    0,
                    panelDepth,
                    accumulate,
                    out,
                    to + tall * stride,
                    stride);
        }
    }

    static int paddedColumns(int n) {
        return (n + VectorGemm.TILE_COLUMNS - 1) / VectorGemm.TILE_COLUMNS * VectorGemm.TILE_COLUMNS;
    }

    /// Copies b[p .. p+depth-1, j .. j+columns-1] into panels [depth, tile columns], one after the other, the last one
    /// padded with zeros.
    static void packColumns(MatrixView b, int p, int depth, int j, int columns, float[] panels, int to) {
        int tile = VectorGemm.TILE_COLUMNS;
        for (int panel = 0; panel < columns; panel += tile) {
            int width = Math.min(tile, columns - panel);
            int at = to + panel * depth;
            if (b.columnStride == 1) {
                packRows(b.array, b.at(p, j + panel), b.rowStride, depth, width, panels, at);
            } else {
                if (width < tile) {
                    Arrays.fill(panels, at, at + depth * tile, 0);
                }
                Transposition.rows(b.array, b.at(p, j + panel), b.columnStride, depth, width, panels, at, tile);
            }
        }
    }

    /// One panel of a matrix that lies row by row. It is copied by vectors: `System.arraycopy` takes longer to begin
    /// than
    /// a row of a panel takes to copy.
    private static void packRows(float[] b, int from, int rowStride, int depth, int width, float[] panels, int to) {
        int tile = VectorGemm.TILE_COLUMNS;
        if (width < tile) {
            VectorMask<Float> first = FLOATS.indexInRange(0, width);
            VectorMask<Float> second = FLOATS.indexInRange(Lanes.COUNT, width);
            for (int q = 0; q < depth; q++) {
                int at = from + q * rowStride;
                fromArray(FLOATS, b, at, first).intoArray(panels, to + q * tile);
                fromArray(FLOATS, b, at + Lanes.COUNT, second).intoArray(panels, to + q * tile + Lanes.COUNT);
            }
            return;
        }
        for (int q = 0; q < depth; q++) {
            fromArray(FLOATS, b, from + q * rowStride).intoArray(panels, to + q * tile);
            fromArray(FLOATS, b, from + q * rowStride + Lanes.COUNT).intoArray(panels, to + q * tile + Lanes.COUNT);
        }
    }
}
