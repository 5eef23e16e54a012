package dev.parallax.backend.scalar;

import dev.parallax.backend.SlidingProduct;

/// The product in plain loops, four columns at a time: one sum alone would wait for each of its additions. `Math.fma`
/// is slow on a processor that has no instruction for it, and as exact.
public final class ScalarSlidingProduct implements SlidingProduct {

    @Override
    public void multiply(
            float[] x,
            int at,
            int hop,
            int rows,
            float[] taps,
            int terms,
            int columns,
            float[] out,
            int to,
            int stride) {
        for (int r = 0; r < rows; r++) {
            int c = 0;
            for (; c + 4 <= columns; c += 4) {
                four(x, at + r * hop, taps, c, terms, columns, out, to + r * stride + c);
            }
            for (; c < columns; c++) {
                out[to + r * stride + c] = one(x, at + r * hop, taps, c, terms, columns);
            }
        }
    }

    private static float one(float[] x, int at, float[] taps, int c, int terms, int columns) {
        float sum = 0;
        for (int block = 0; block < terms; block += BLOCK) {
            float part = 0;
            for (int i = block; i < Math.min(terms, block + BLOCK); i++) {
                part = Math.fma(x[at + i], taps[i * columns + c], part);
            }
            sum = block == 0 ? part : sum + part;
        }
        return sum;
    }

    private static void four(float[] x, int at, float[] taps, int c, int terms, int columns, float[] out, int to) {
        for (int block = 0; block < terms; block += BLOCK) {
            float part0 = 0;
            float part1 = 0;
            float part2 = 0;
            float part3 = 0;
            int tap = block * columns + c;
            for (int i = block; i < Math.min(terms, block + BLOCK); i++) {
                float value = x[at + i];
                part0 = Math.fma(value, taps[tap], part0);
                part1 = Math.fma(value, taps[tap + 1], part1);
                part2 = Math.fma(value, taps[tap + 2], part2);
                part3 = Math.fma(value, taps[tap + 3], part3);
                tap += columns;
            }
            out[to] = block == 0 ? part0 : out[to] + part0;
            out[to + 1] = block == 0 ? part1 : out[to + 1] + part1;
            out[to + 2] = block == 0 ? part2 : out[to + 2] + part2;
            out[to + 3] = block == 0 ? part3 : out[to + 3] + part3;
        }
    }
}
