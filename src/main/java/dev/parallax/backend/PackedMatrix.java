package dev.parallax.backend;

import java.util.Arrays;

/// The right factor of a product, copied into the panels that [VectorGemm] reads, to be used several times: a recurrent
/// weight at every step, the keys of a sequence for every tile of queries.
final class PackedMatrix {

    private final float[] panels; // for each block of the packed rows, one panel after the other
    private final int packedRows;
    private final int packedColumns;
    private final int k;
    private final int n;

    private PackedMatrix(float[] panels, int packedRows, int packedColumns, int k, int n) {
        this.panels = panels;
        this.packedRows = packedRows;
        this.packedColumns = packedColumns;
        this.k = k;
        this.n = n;
    }

    /// Packs the whole of b [k, n] into the working memory named `area`.
    static PackedMatrix pack(Scratch scratch, Scratch.Area area, MatrixView b, int k, int n) {
        float[] panels = scratch.take(area, k * paddedColumns(n));
        for (int p = 0; p < k; p += VectorGemm.K_BLOCK) {
            packColumns(b, p, Math.min(VectorGemm.K_BLOCK, k - p), 0, n, panels, p * paddedColumns(n));
        }
        return new PackedMatrix(panels, k, n, k, n);
    }

    /// The first `count` rows of this: a product with fewer terms.
    PackedMatrix rows(int count) {
        return new PackedMatrix(panels, packedRows, packedColumns, count, n);
    }

    /// The first `count` columns of this.
    PackedMatrix columns(int count) {
        return new PackedMatrix(panels, packedRows, packedColumns, k, count);
    }

    /// out = a · this, or +=; a [m, k], out [m, n] with `outStride` floats from row to row. The same sums as
    /// [VectorGemm#multiply].
    void multiply(Scratch scratch, int m, MatrixView a, boolean accumulate, float[] out, int outAt, int outStride) {
        for (int p = 0; p < k; p += VectorGemm.K_BLOCK) {
            int depth = Math.min(VectorGemm.K_BLOCK, k - p);
            int panelDepth = Math.min(VectorGemm.K_BLOCK, packedRows - p);
            int at = p * paddedColumns(packedColumns);
            boolean add = accumulate || p > 0;
            VectorGemm.block(scratch, m, n, depth, a, p, panels, at, panelDepth, add, out, outAt, outStride);
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
            if (width < tile) {
                Arrays.fill(panels, at, at + depth * tile, 0);
            }
            if (b.columnStride == 1) {
                for (int q = 0; q < depth; q++) {
                    System.arraycopy(b.array, b.at(p + q, j + panel), panels, at + q * tile, width);
                }
            } else {
                for (int c = 0; c < width; c++) {
                    int from = b.at(p, j + panel + c);
                    for (int q = 0; q < depth; q++) {
                        panels[at + q * tile + c] = b.array[from + q * b.rowStride];
                    }
                }
            }
        }
    }
}
