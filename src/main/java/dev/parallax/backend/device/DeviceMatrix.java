package dev.parallax.backend.device;

/// Matrix kernels: `native/kernels/matrix.c`.
record DeviceMatrix(Launcher launcher) {

    private static final int SMALL_TILE = 64;
    private static final int LARGE_TILE = 128;
    private static final int K_BLOCK = 256; // a sum is cut there: part of its definition
    private static final int CHUNK_ROWS = 64;

    /// Working memory of [#gemm]: the sums of each block of k, where the product is split; else 0.
    int workspace(int m, int n, int k) {
        boolean split = k > K_BLOCK && groups(m, n, SMALL_TILE) < launcher.units();
        return split ? Math.multiplyExact(blocks(k), m * n) : 0;
    }

    private static int blocks(int k) {
        return (k + K_BLOCK - 1) / K_BLOCK;
    }

    private static long groups(int m, int n, int tile) {
        return (long) tiles(m, tile) * tiles(n, tile);
    }

    private static int tiles(int count, int tile) {
        return (count + tile - 1) / tile;
    }

    /// @param work [#workspace]
    void gemm(
            int m,
            int n,
            int k,
            Place a,
            boolean transposeA,
            Place b,
            boolean transposeB,
            boolean accumulate,
            Place out,
            Place work) {
        boolean split = workspace(m, n, k) > 0;
        int tile = groups(m, n, LARGE_TILE) >= launcher.units() ? LARGE_TILE : SMALL_TILE;
        launcher.call("gemm" + tile)
                .with(m, n, k, split ? K_BLOCK : k)
                .with(a)
                .with(transposeA ? 1 : k, transposeA ? m : 1)
                .with(b)
                .with(transposeB ? 1 : n, transposeB ? k : 1)
                .with(accumulate && !split ? 1 : 0)
                .with(split ? work : out)
                .groups(tiles(n, tile), tiles(m, tile), split ? blocks(k) : 1);
        if (split) {
            launcher.call("gemmAddBlocks")
                    .with(m * n, blocks(k))
                    .with(work)
                    .with(accumulate ? 1 : 0)
                    .with(out)
                    .elements((long) m * n);
        }
    }

    void gemm(
            int m,
            int n,
            int k,
            DeviceBuffer a,
            boolean transposeA,
            DeviceBuffer b,
            boolean transposeB,
            boolean accumulate,
            DeviceBuffer out) {
        BlockPart work = launcher.scratch(workspace(m, n, k))[0];
        gemm(m, n, k, a, transposeA, b, transposeB, accumulate, out, work);
    }

    void broadcastRow(DeviceBuffer bias, int rows, DeviceBuffer out) {
        launcher.call("broadcastRow").with(rows, bias.length()).with(bias, out).elements(out.length());
    }

    /// Working memory of [#sumRowsAdd]: the sums of chunks of rows, where there are several.
    static int chunkSums(int rows, int columns) {
        return rows > CHUNK_ROWS ? chunks(rows) * columns : 0;
    }

    /// Chunks of rows that are summed by themselves.
    static int chunks(int rows) {
        return (rows + CHUNK_ROWS - 1) / CHUNK_ROWS;
    }

    /// @param work [#chunkSums]
    void sumRowsAdd(Place x, int rows, int columns, Place out, Place work) {
        if (chunkSums(rows, columns) == 0) {
            launcher.call("sumRowsAdd").with(rows, columns).with(x, out).elements(columns);
            return;
        }
        int chunks = chunks(rows);
        launcher.call("sumRowChunks").with(rows, columns).with(x, work).elements((long) chunks * columns);
        launcher.call("sumRowsAdd").with(chunks, columns).with(work, out).elements(columns);
    }

    void sumRowsAdd(DeviceBuffer x, int rows, DeviceBuffer out) {
        sumRowsAdd(x, rows, out.length(), out, launcher.scratch(chunkSums(rows, out.length()))[0]);
    }

    /// @param kernel `copyColumns`, or `copyColumnsAdd`
    void copyColumns(
            String kernel,
            int rows,
            int width,
            Place x,
            int xColumns,
            int xFrom,
            Place out,
            int outColumns,
            int outFrom) {
        launcher.call(kernel)
                .with(rows, width)
                .with(x)
                .with(xColumns, xFrom)
                .with(out)
                .with(outColumns, outFrom)
                .elements((long) rows * width);
    }
}
