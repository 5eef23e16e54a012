/* The kernels of kernels/matrix.c against plain loops. */
#include "harness.h"

/* out as VectorGemm defines it, in float: its bits are exact. */
static void product(
        int m, int n, int k, const float *a, int aRow, int aColumn, const float *b, int bRow, int bColumn,
        int accumulate, const float *before, double *out) {
    for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
            float total = accumulate ? before[i * n + j] : 0;
            for (int from = 0; from < k; from += 256) {
                float sum = 0;
                for (int p = from; p < k && p < from + 256; p++) {
                    sum = fmaf(a[i * aRow + p * aColumn], b[p * bRow + j * bColumn], sum);
                }
                total = from == 0 && !accumulate ? sum : total + sum;
            }
            out[i * n + j] = total;
        }
    }
}

static void gemm(int tile, int m, int n, int k, int transposeA, int transposeB, int accumulate, int split) {
    Floats a = randoms(m * k, -1, 1);
    Floats b = randoms(k * n, -1, 1);
    Floats out = randoms(m * n, -1, 1);
    int aRow = transposeA ? 1 : k, aColumn = transposeA ? m : 1;
    int bRow = transposeB ? 1 : n, bColumn = transposeB ? k : 1;
    double expected[m * n + 1];
    product(m, n, k, data(a), aRow, aColumn, data(b), bRow, bColumn, accumulate, data(out), expected);
    int blocks = split ? (k + 255) / 256 : 1;
    Floats to = split ? floats(blocks * m * n) : out;
    int add = accumulate && !split;
    int depth = split ? 256 : k;
    if (tile == 64) {
        LAUNCH(gemm64, (n + 63) / 64, (m + 63) / 64, blocks, m, n, k, depth, PASS(a), aRow, aColumn, PASS(b),
               bRow, bColumn, add, PASS(to));
    } else {
        LAUNCH(gemm128, (n + 127) / 128, (m + 127) / 128, blocks, m, n, k, depth, PASS(a), aRow, aColumn,
               PASS(b), bRow, bColumn, add, PASS(to));
    }
    if (split) {
        LAUNCH_ELEMENTS(gemmAddBlocks, m * n, blocks, PASS(to), accumulate, PASS(out));
        free(to.base);
    }
    check("out", out, expected, EXACT);
    free(a.base);
    free(b.base);
}

static void gemms(void) {
    gemm(64, 3, 7, 34, 0, 0, 0, 0);
    if (host_quick) {
        return;
    }
    for (int variant = 0; variant < 8; variant++) {
        gemm(64, 35, 5, 21, variant & 1, variant & 2, variant & 4, 0);
    }
    gemm(64, 67, 65, 17, 0, 0, 0, 0);
    gemm(64, 3, 5, 262, 0, 1, 1, 0);
    gemm(64, 3, 7, 258, 1, 0, 1, 1);
    gemm(64, 3, 7, 34, 0, 0, 0, 1);
    gemm(64, 3, 5, 0, 0, 0, 0, 0);
    gemm(64, 3, 5, 0, 0, 0, 1, 0);
    gemm(128, 1, 1, 1, 0, 0, 0, 0);
    gemm(128, 131, 3, 35, 0, 1, 1, 0);
    gemm(128, 3, 129, 19, 1, 0, 0, 0);
}

static void copies(void) {
    int rows = 7, columns = 37, wide = 43;
    Floats x = randoms(rows * columns, -1, 1), bias = randoms(columns, -1, 1);
    Floats transposed = floats(rows * columns), every = floats(rows * columns);
    Floats block = randoms(rows * wide, -1, 1), added = randoms(rows * wide, -1, 1);
    double expected[4][rows * wide];
    for (int i = 0; i < rows * wide; i++) {
        expected[2][i] = data(block)[i];
        expected[3][i] = data(added)[i];
    }
    for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
            expected[0][c * rows + r] = data(x)[r * columns + c];
            expected[1][r * columns + c] = data(bias)[c];
        }
        for (int c = 0; c < columns - 2; c++) {
            float from = data(x)[r * columns + 1 + c];
            expected[2][r * wide + 4 + c] = from;
            expected[3][r * wide + 4 + c] = data(added)[r * wide + 4 + c] + from;
        }
    }
    LAUNCH_ELEMENTS(transpose, rows, columns, PASS(x), PASS(transposed));
    LAUNCH_ELEMENTS(broadcastRow, rows, columns, PASS(bias), PASS(every));
    LAUNCH_ELEMENTS(copyColumns, rows, columns - 2, PASS(x), columns, 1, PASS(block), wide, 4);
    LAUNCH_ELEMENTS(copyColumnsAdd, rows, columns - 2, PASS(x), columns, 1, PASS(added), wide, 4);
    check("transpose", transposed, expected[0], EXACT);
    check("broadcastRow", every, expected[1], EXACT);
    check("copyColumns", block, expected[2], EXACT);
    check("copyColumnsAdd", added, expected[3], EXACT);
    free(x.base);
    free(bias.base);
}

static void rowSums(void) {
    int rows = 131, columns = 37, chunks = (rows + CHUNK_ROWS - 1) / CHUNK_ROWS;
    Floats x = randoms(rows * columns, -1, 1), sums = floats(chunks * columns);
    Floats direct = randoms(columns, -1, 1), chunked = copy_of(direct), none = copy_of(direct);
    double expected[2][columns];
    for (int c = 0; c < columns; c++) {
        float sum = data(direct)[c];
        expected[1][c] = sum;
        for (int r = 0; r < rows; r++) {
            sum += data(x)[r * columns + c];
        }
        expected[0][c] = sum;
    }
    LAUNCH_ELEMENTS(sumRowsAdd, rows, columns, PASS(x), PASS(direct));
    LAUNCH_ELEMENTS(sumRowChunks, rows, columns, PASS(x), PASS(sums));
    LAUNCH_ELEMENTS(sumRowsAdd, chunks, columns, PASS(sums), PASS(chunked));
    LAUNCH_ELEMENTS(sumRowsAdd, 0, columns, PASS(x), PASS(none));
    check("sumRowsAdd", direct, expected[0], EXACT);
    check("sumRowChunks", chunked, expected[0], rows);
    check("no rows", none, expected[1], EXACT);
    free(x.base);
    free(sums.base);
}

static const Test tests[] = {{"gemm", gemms}, {"copies", copies}, {"row sums", rowSums}, {0}};

int main(int count, char **values) {
    return run_all(count, values, tests);
}
