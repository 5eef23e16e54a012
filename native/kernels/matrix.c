/* Matrices, row-major. */

/* ---- out = a b ---- The definition of a sum, as VectorGemm has it: the terms of k in blocks of 256; a block is a
 * sum from zero, one fused multiply-add a term, in the order of k; the blocks are added in order. So an element
 * depends on its row of a, its column of b and k alone, and its bits are those of the vector backend, whatever the
 * tile or the split. */
#define K_BLOCK 256
#define GEMM_ITEMS 256
#define GEMM_DEPTH 16 /* terms of a tile in local memory */
#define GEMM_MOST 8   /* rows and columns of an item, at most */

/* Rows of a tile lie 4 floats apart from a power of two: fewer of the items' writes meet in one bank. */
#define GEMM_STRIDE(each) (16 * (each) + 4)

/* The number in its tile of an item's row or column i: runs of 4, so that neighbouring items read neighbouring
 * runs. */
#define GEMM_AT(item, i) ((i) / 4 * 64 + (item) * 4 + (i) % 4)

/* Copies terms p .. p + depth - 1 of 16 · each rows of op(a), or columns of op(b), to local memory: [depth, stride],
 * zeros outside. Items run along what lies next to each other. */
DEVICE void gemmLoad(
        int each, int first, int count, Index p, int depth, GLOBAL const float *x, int next, int nextTerm,
        LOCAL float *tile) {
    for (int e = ITEM(); e < 16 * each * GEMM_DEPTH; e += GEMM_ITEMS) {
        int i = nextTerm == 1 ? e / GEMM_DEPTH : e % (16 * each);
        int q = nextTerm == 1 ? e % GEMM_DEPTH : e / (16 * each);
        int inside = first + i < count && q < depth;
        tile[q * GEMM_STRIDE(each) + i] = inside ? x[(Index) (first + i) * next + (p + q) * nextTerm] : 0.0f;
    }
}

/* One term of an item's tile: sums[i, j] += a[q, i] b[q, j]. */
DEVICE void gemmTerm(int each, int q, LOCAL const float *aTile, LOCAL const float *bTile, float *sums) {
    float a[GEMM_MOST];
    float b[GEMM_MOST];
    UNROLL
    for (int i = 0; i < each; i++) {
        a[i] = aTile[q * GEMM_STRIDE(each) + GEMM_AT(ITEM() / 16, i)];
        b[i] = bTile[q * GEMM_STRIDE(each) + GEMM_AT(ITEM() % 16, i)];
    }
    UNROLL
    for (int i = 0; i < each; i++) {
        UNROLL
        for (int j = 0; j < each; j++) {
            sums[i * each + j] = FMA(a[i], b[j], sums[i * each + j]);
        }
    }
}

/* A group's tile of 16 · each rows and columns: the sum over the terms from .. to - 1, written block by block. */
DEVICE void gemmTile(
        int each,
        int m,
        int n,
        Index from,
        Index to,
        GLOBAL const float *a,
        int aRow,
        int aColumn,
        GLOBAL const float *b,
        int bRow,
        int bColumn,
        int accumulate,
        GLOBAL float *out,
        LOCAL float *aTile,
        LOCAL float *bTile) {
    int row = GROUP(1) * 16 * each;
    int column = GROUP(0) * 16 * each;
    float sums[GEMM_MOST * GEMM_MOST];
    for (Index block = from; block < to || (block == from && !accumulate); block += K_BLOCK) { /* no terms: zeros */
        Index end = MIN(block + K_BLOCK, to);
        UNROLL
        for (int i = 0; i < each * each; i++) {
            sums[i] = 0.0f;
        }
        for (Index p = block; p < end; p += GEMM_DEPTH) {
            int depth = (int) MIN(GEMM_DEPTH, end - p);
            gemmLoad(each, row, m, p, depth, a, aRow, aColumn, aTile);
            gemmLoad(each, column, n, p, depth, b, bColumn, bRow, bTile);
            BARRIER();
            for (int q = 0; q < depth; q++) {
                gemmTerm(each, q, aTile, bTile, sums);
            }
            BARRIER();
        }
        UNROLL
        for (int i = 0; i < each; i++) {
            UNROLL
            for (int j = 0; j < each; j++) {
                int r = row + GEMM_AT(ITEM() / 16, i);
                int c = column + GEMM_AT(ITEM() % 16, j);
                if (r < m && c < n) {
                    Index at = (Index) r * n + c;
                    out[at] = accumulate || block > from ? out[at] + sums[i * each + j] : sums[i * each + j];
                }
            }
        }
    }
}

/* out = op(a) op(b), or out += with `accumulate`. Element (i, p) of op(a) [m, k] is a[i aRow + p aColumn], so (k,
 * 1) as stored and (1, m) transposed; element (p, j) of op(b) [k, n] is b[p bRow + j bColumn], so (n, 1) or (1, k).
 * launch: (ceil(n / T), ceil(m / T), 1) groups with depth = k, T = 64 or 128; each item has T/16 x T/16 elements.
 * Where these are too few groups for the device: ceil(k / depth) groups along the third axis, depth = 256,
 * accumulate = 0 and out a workspace [blocks, m, n], then `gemmAddBlocks`: the same sums, the same bits. k = 0
 * gives zeros, or leaves out as it is with accumulate. */
#define GEMM(tile) \
    KERNEL(gemm##tile, GEMM_ITEMS) \
    (int m, int n, int k, int depth, IN(a), int aRow, int aColumn, IN(b), int bRow, int bColumn, \
            int accumulate, OUT(out)) { \
        FROM(a); \
        FROM(b); \
        TO(out); \
        SHARED(float, aTile, GEMM_DEPTH * GEMM_STRIDE(tile / 16)); \
        SHARED(float, bTile, GEMM_DEPTH * GEMM_STRIDE(tile / 16)); \
        Index from = (Index) GROUP(2) * depth; \
        Index to = MIN(from + depth, (Index) k); \
        out += (Index) GROUP(2) * m * n; \
        gemmTile(tile / 16, m, n, from, to, a, aRow, aColumn, b, bRow, bColumn, accumulate, out, aTile, bTile); \
    }
GEMM(64)
GEMM(128)

/* The second half of a product that was split: out = sums[0] + sums[1] + ..., or out += , block after block.
 * launch: any number of groups, best one item an element; count = m n. */
KERNEL(gemmAddBlocks, ELEMENT_ITEMS)(int count, int blocks, IN(sums), int accumulate, OUT(out)) {
    FROM(sums);
    TO(out);
    FOR_EACH(i, count) {
        float sum = accumulate ? out[i] + sums[i] : sums[i];
        for (int block = 1; block < blocks; block++) {
            sum += sums[(Index) block * count + i];
        }
        out[i] = sum;
    }
}

/* ---- rows and columns: any number of groups, best one item an element ---- */

/* out[c, r] = x[r, c]; x [rows, columns]. */
KERNEL(transpose, ELEMENT_ITEMS)(int rows, int columns, IN(x), OUT(out)) {
    FROM(x);
    TO(out);
    FOR_EACH(i, (uint) rows * (uint) columns) {
        uint c = i / (uint) rows;
        uint r = i % (uint) rows;
        out[i] = x[(Index) r * columns + c];
    }
}

/* out[r, c] = bias[c]; out [rows, columns]. */
KERNEL(broadcastRow, ELEMENT_ITEMS)(int rows, int columns, IN(bias), OUT(out)) {
    FROM(bias);
    TO(out);
    FOR_EACH(i, (uint) rows * (uint) columns) {
        out[i] = bias[i % (uint) columns];
    }
}

/* out[c] += x[0, c] + x[1, c] + ..., row after row; x [rows, columns].
 * launch: one item a column. Many rows leave most of a device idle: then `sumRowChunks` first, and this on its
 * sums. */
KERNEL(sumRowsAdd, ELEMENT_ITEMS)(int rows, int columns, IN(x), OUT(out)) {
    FROM(x);
    TO(out);
    FOR_EACH(c, columns) {
        float sum = out[c];
        for (int r = 0; r < rows; r++) {
            sum += x[(Index) r * columns + c];
        }
        out[c] = sum;
    }
}

/* sums[i, c] = sum over the rows of chunk i of x[r, c]; a chunk has 64 rows, the last one what is left.
 * launch: one item for each chunk and column; sums [ceil(rows / 64), columns]. */
#define CHUNK_ROWS 64
KERNEL(sumRowChunks, ELEMENT_ITEMS)(int rows, int columns, IN(x), OUT(sums)) {
    FROM(x);
    TO(sums);
    FOR_EACH(i, (uint) ((rows + CHUNK_ROWS - 1) / CHUNK_ROWS) * (uint) columns) {
        int first = (int) (i / (uint) columns) * CHUNK_ROWS;
        uint c = i % (uint) columns;
        float sum = 0.0f;
        for (int r = first; r < MIN(first + CHUNK_ROWS, rows); r++) {
            sum += x[(Index) r * columns + c];
        }
        sums[i] = sum;
    }
}

/* out[r, outFrom + c] = x[r, xFrom + c] for c < width; x [rows, xColumns], out [rows, outColumns]. */
KERNEL(copyColumns, ELEMENT_ITEMS)
(int rows, int width, IN(x), int xColumns, int xFrom, OUT(out), int outColumns, int outFrom) {
    FROM(x);
    TO(out);
    FOR_EACH(i, (uint) rows * (uint) width) {
        uint r = i / (uint) width;
        uint c = i % (uint) width;
        out[(Index) r * outColumns + outFrom + c] = x[(Index) r * xColumns + xFrom + c];
    }
}

/* The same, adding. */
KERNEL(copyColumnsAdd, ELEMENT_ITEMS)
(int rows, int width, IN(x), int xColumns, int xFrom, OUT(out), int outColumns, int outFrom) {
    FROM(x);
    TO(out);
    FOR_EACH(i, (uint) rows * (uint) width) {
        uint r = i / (uint) width;
        uint c = i % (uint) width;
        out[(Index) r * outColumns + outFrom + c] += x[(Index) r * xColumns + xFrom + c];
    }
}
