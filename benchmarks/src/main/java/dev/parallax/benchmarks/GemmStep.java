package dev.parallax.benchmarks;

import static jdk.incubator.vector.FloatVector.fromArray;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The way from plain loops to the product of the vector backend, step by step: out = a · b, all [size, size], sizes a
/// multiple of the tiles'. `docs/simd.md` walks it.
public enum GemmStep {
    /// One sum an element: b is read down its columns.
    PLAIN("plain loops, one sum an element") {
        @Override
        void multiply(int size, float[] a, float[] b, float[] out) {
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < size; j++) {
                    float sum = 0;
                    for (int p = 0; p < size; p++) {
                        sum += a[i * size + p] * b[p * size + j];
                    }
                    out[i * size + j] = sum;
                }
            }
        }
    },

    /// The inner loop along the rows of b and of the result: C2 makes vectors of it by itself.
    ROWS("loops exchanged: along the rows of b") {
        @Override
        void multiply(int size, float[] a, float[] b, float[] out) {
            Arrays.fill(out, 0);
            for (int i = 0; i < size; i++) {
                for (int p = 0; p < size; p++) {
                    float factor = a[i * size + p];
                    for (int j = 0; j < size; j++) {
                        out[i * size + j] += factor * b[p * size + j];
                    }
                }
            }
        }
    },

    /// The same loop with fused multiply-adds of the Vector API.
    VECTORS("the same in the Vector API, fused multiply-adds") {
        @Override
        void multiply(int size, float[] a, float[] b, float[] out) {
            Arrays.fill(out, 0);
            for (int i = 0; i < size; i++) {
                for (int p = 0; p < size; p++) {
                    FloatVector factor = FloatVector.broadcast(FLOATS, a[i * size + p]);
                    for (int j = 0; j < size; j += LANES) {
                        factor.fma(fromArray(FLOATS, b, p * size + j), fromArray(FLOATS, out, i * size + j))
                                .intoArray(out, i * size + j);
                    }
                }
            }
        }
    },

    /// Two vectors of the result stay in registers over the whole sum: nothing but b is read. Each multiply-add waits
    /// for the one before it.
    REGISTERS("one row by two vectors in registers") {
        @Override
        void multiply(int size, float[] a, float[] b, float[] out) {
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < size; j += 2 * LANES) {
                    FloatVector c0 = FloatVector.zero(FLOATS);
                    FloatVector c1 = c0;
                    for (int p = 0; p < size; p++) {
                        FloatVector factor = FloatVector.broadcast(FLOATS, a[i * size + p]);
                        c0 = factor.fma(fromArray(FLOATS, b, p * size + j), c0);
                        c1 = factor.fma(fromArray(FLOATS, b, p * size + j + LANES), c1);
                    }
                    c0.intoArray(out, i * size + j);
                    c1.intoArray(out, i * size + j + LANES);
                }
            }
        }
    },

    /// Four rows by two vectors: eight sums that do not wait for each other, and each vector of b serves four rows.
    TILE("a tile of four rows by two vectors") {
        @Override
        void multiply(int size, float[] a, float[] b, float[] out) {
            for (int j = 0; j < size; j += 2 * LANES) {
                for (int i = 0; i < size; i += 4) {
                    fourRows(size, a, i * size, size, b, j, size, false, out, i * size + j, size);
                }
            }
        }
    },

    /// b is copied once into panels as wide as a tile, so that the tile reads it from front to back.
    PANELS("the same, b copied into panels") {
        @Override
        void multiply(int size, float[] a, float[] b, float[] out) {
            float[] panel = new float[size * 2 * LANES];
            for (int j = 0; j < size; j += 2 * LANES) {
                pack(b, j, size, 0, size, panel);
                for (int i = 0; i < size; i += 4) {
                    fourRows(size, a, i * size, size, panel, 0, 2 * LANES, false, out, i * size + j, size);
                }
            }
        }
    },

    /// The sum is cut into blocks of 256 terms, so that a block of a and a panel of b stay in the nearest caches.
    BLOCKS("the same, sums in blocks of 256 terms") {
        @Override
        void multiply(int size, float[] a, float[] b, float[] out) {
            float[] panel = new float[BLOCK * 2 * LANES];
            for (int p = 0; p < size; p += BLOCK) {
                int depth = Math.min(BLOCK, size - p);
                for (int j = 0; j < size; j += 2 * LANES) {
                    pack(b, j, size, p, depth, panel);
                    for (int i = 0; i < size; i += 4) {
                        int atA = i * size + p;
                        fourRows(depth, a, atA, size, panel, 0, 2 * LANES, p > 0, out, i * size + j, size);
                    }
                }
            }
        }
    },

    /// A wrong turn: twelve accumulators, for fewer reads a multiply-add.
    SIX_ROWS("a wrong turn: six rows by two vectors") {
        @Override
        void multiply(int size, float[] a, float[] b, float[] out) {
            float[] panel = new float[BLOCK * 2 * LANES];
            for (int p = 0; p < size; p += BLOCK) {
                int depth = Math.min(BLOCK, size - p);
                for (int j = 0; j < size; j += 2 * LANES) {
                    pack(b, j, size, p, depth, panel);
                    for (int i = 0; i < size; i += 6) {
                        sixRows(depth, a, i * size + p, size, panel, p > 0, out, i * size + j, size);
                    }
                }
            }
        }
    },

    /// A wrong turn: the same tile, its accumulators in an array, as one would write it for any number of rows. C2 does
    /// not take an array of objects apart, so each sum is an object on the heap.
    OBJECTS("a wrong turn: accumulators in an array of vectors") {
        @Override
        void multiply(int size, float[] a, float[] b, float[] out) {
            FloatVector[] sums = new FloatVector[8];
            for (int j = 0; j < size; j += 2 * LANES) {
                for (int i = 0; i < size; i += 4) {
                    Arrays.fill(sums, FloatVector.zero(FLOATS));
                    for (int p = 0; p < size; p++) {
                        FloatVector b0 = fromArray(FLOATS, b, p * size + j);
                        FloatVector b1 = fromArray(FLOATS, b, p * size + j + LANES);
                        for (int r = 0; r < 4; r++) {
                            FloatVector factor = FloatVector.broadcast(FLOATS, a[(i + r) * size + p]);
                            sums[2 * r] = factor.fma(b0, sums[2 * r]);
                            sums[2 * r + 1] = factor.fma(b1, sums[2 * r + 1]);
                        }
                    }
                    for (int r = 0; r < 4; r++) {
                        sums[2 * r].intoArray(out, (i + r) * size + j);
                        sums[2 * r + 1].intoArray(out, (i + r) * size + j + LANES);
                    }
                }
            }
        }
    };

    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = FLOATS.length();
    private static final int BLOCK = 256;

    final String title;

    GemmStep(String title) {
        this.title = title;
    }

    /// out = a · b, all [size, size].
    abstract void multiply(int size, float[] a, float[] b, float[] out);

    /// Copies rows `p` to `p + depth - 1` of two vectors of columns of b.
    private static void pack(float[] b, int j, int stride, int p, int depth, float[] panel) {
        for (int q = 0; q < depth; q++) {
            System.arraycopy(b, (p + q) * stride + j, panel, q * 2 * LANES, 2 * LANES);
        }
    }

    private static void fourRows(
            int depth,
            float[] a,
            int atA,
            int strideA,
            float[] b,
            int atB,
            int strideB,
            boolean add,
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
        for (int q = 0; q < depth; q++) {
            FloatVector b0 = fromArray(FLOATS, b, atB + q * strideB);
            FloatVector b1 = fromArray(FLOATS, b, atB + q * strideB + LANES);
            FloatVector a0 = FloatVector.broadcast(FLOATS, a[atA + q]);
            c00 = a0.fma(b0, c00);
            c01 = a0.fma(b1, c01);
            FloatVector a1 = FloatVector.broadcast(FLOATS, a[atA + strideA + q]);
            c10 = a1.fma(b0, c10);
            c11 = a1.fma(b1, c11);
            FloatVector a2 = FloatVector.broadcast(FLOATS, a[atA + 2 * strideA + q]);
            c20 = a2.fma(b0, c20);
            c21 = a2.fma(b1, c21);
            FloatVector a3 = FloatVector.broadcast(FLOATS, a[atA + 3 * strideA + q]);
            c30 = a3.fma(b0, c30);
            c31 = a3.fma(b1, c31);
        }
        if (add) {
            c00 = fromArray(FLOATS, out, to).add(c00);
            c01 = fromArray(FLOATS, out, to + LANES).add(c01);
            c10 = fromArray(FLOATS, out, to + stride).add(c10);
            c11 = fromArray(FLOATS, out, to + stride + LANES).add(c11);
            c20 = fromArray(FLOATS, out, to + 2 * stride).add(c20);
            c21 = fromArray(FLOATS, out, to + 2 * stride + LANES).add(c21);
            c30 = fromArray(FLOATS, out, to + 3 * stride).add(c30);
            c31 = fromArray(FLOATS, out, to + 3 * stride + LANES).add(c31);
        }
        c00.intoArray(out, to);
        c01.intoArray(out, to + LANES);
        c10.intoArray(out, to + stride);
        c11.intoArray(out, to + stride + LANES);
        c20.intoArray(out, to + 2 * stride);
        c21.intoArray(out, to + 2 * stride + LANES);
        c30.intoArray(out, to + 3 * stride);
        c31.intoArray(out, to + 3 * stride + LANES);
    }

    private static void sixRows(
            int depth, float[] a, int atA, int strideA, float[] b, boolean add, float[] out, int to, int stride) {
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
        for (int q = 0; q < depth; q++) {
            FloatVector b0 = fromArray(FLOATS, b, q * 2 * LANES);
            FloatVector b1 = fromArray(FLOATS, b, q * 2 * LANES + LANES);
            FloatVector a0 = FloatVector.broadcast(FLOATS, a[atA + q]);
            c00 = a0.fma(b0, c00);
            c01 = a0.fma(b1, c01);
            FloatVector a1 = FloatVector.broadcast(FLOATS, a[atA + strideA + q]);
            c10 = a1.fma(b0, c10);
            c11 = a1.fma(b1, c11);
            FloatVector a2 = FloatVector.broadcast(FLOATS, a[atA + 2 * strideA + q]);
            c20 = a2.fma(b0, c20);
            c21 = a2.fma(b1, c21);
            FloatVector a3 = FloatVector.broadcast(FLOATS, a[atA + 3 * strideA + q]);
            c30 = a3.fma(b0, c30);
            c31 = a3.fma(b1, c31);
            FloatVector a4 = FloatVector.broadcast(FLOATS, a[atA + 4 * strideA + q]);
            c40 = a4.fma(b0, c40);
            c41 = a4.fma(b1, c41);
            FloatVector a5 = FloatVector.broadcast(FLOATS, a[atA + 5 * strideA + q]);
            c50 = a5.fma(b0, c50);
            c51 = a5.fma(b1, c51);
        }
        if (add) {
            c00 = fromArray(FLOATS, out, to).add(c00);
            c01 = fromArray(FLOATS, out, to + LANES).add(c01);
            c10 = fromArray(FLOATS, out, to + stride).add(c10);
            c11 = fromArray(FLOATS, out, to + stride + LANES).add(c11);
            c20 = fromArray(FLOATS, out, to + 2 * stride).add(c20);
            c21 = fromArray(FLOATS, out, to + 2 * stride + LANES).add(c21);
            c30 = fromArray(FLOATS, out, to + 3 * stride).add(c30);
            c31 = fromArray(FLOATS, out, to + 3 * stride + LANES).add(c31);
            c40 = fromArray(FLOATS, out, to + 4 * stride).add(c40);
            c41 = fromArray(FLOATS, out, to + 4 * stride + LANES).add(c41);
            c50 = fromArray(FLOATS, out, to + 5 * stride).add(c50);
            c51 = fromArray(FLOATS, out, to + 5 * stride + LANES).add(c51);
        }
        c00.intoArray(out, to);
        c01.intoArray(out, to + LANES);
        c10.intoArray(out, to + stride);
        c11.intoArray(out, to + stride + LANES);
        c20.intoArray(out, to + 2 * stride);
        c21.intoArray(out, to + 2 * stride + LANES);
        c30.intoArray(out, to + 3 * stride);
        c31.intoArray(out, to + 3 * stride + LANES);
        c40.intoArray(out, to + 4 * stride);
        c41.intoArray(out, to + 4 * stride + LANES);
        c50.intoArray(out, to + 5 * stride);
        c51.intoArray(out, to + 5 * stride + LANES);
    }
}
