package dev.parallax.backend.scalar;

import dev.parallax.backend.HostBuffer;

/// Matrix kernels in plain loops. [dev.parallax.backend.Backend] says what each computes.
final class ScalarMatrix {

    private ScalarMatrix() {}

    static void gemm(
            int m,
            int n,
            int k,
            HostBuffer a,
            boolean transposeA,
            HostBuffer b,
            boolean transposeB,
            boolean accumulate,
            HostBuffer out) {
        int aRow = transposeA ? 1 : k;
        int aColumn = transposeA ? m : 1;
        int bRow = transposeB ? 1 : n;
        int bColumn = transposeB ? k : 1;
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                int atA = a.offset + i * aRow;
                int atB = b.offset + j * bColumn;
                float sum = 0;
                for (int p = 0; p < k; p++) {
                    sum += a.array[atA] * b.array[atB];
                    atA += aColumn;
                    atB += bRow;
                }
                int at = out.offset + i * n + j;
                out.array[at] = accumulate ? out.array[at] + sum : sum;
            }
        }
    }

    static void broadcastRow(HostBuffer bias, int rows, HostBuffer out) {
        for (int r = 0; r < rows; r++) {
            System.arraycopy(bias.array, bias.offset, out.array, out.offset + r * bias.length(), bias.length());
        }
    }

    static void sumRowsAdd(HostBuffer x, int rows, HostBuffer out) {
        int columns = out.length();
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                out.array[out.offset + c] += x.array[x.offset + r * columns + c];
            }
        }
    }

    static void copyColumns(
            int rows, int width, HostBuffer x, int xColumns, int xFrom, HostBuffer out, int outColumns, int outFrom) {
        for (int r = 0; r < rows; r++) {
            int from = x.offset + r * xColumns + xFrom;
            System.arraycopy(x.array, from, out.array, out.offset + r * outColumns + outFrom, width);
        }
    }

    static void copyColumnsAdd(
            int rows, int width, HostBuffer x, int xColumns, int xFrom, HostBuffer out, int outColumns, int outFrom) {
        for (int r = 0; r < rows; r++) {
            int from = x.offset + r * xColumns + xFrom;
            int to = out.offset + r * outColumns + outFrom;
            for (int c = 0; c < width; c++) {
                out.array[to + c] += x.array[from + c];
            }
        }
    }
}
