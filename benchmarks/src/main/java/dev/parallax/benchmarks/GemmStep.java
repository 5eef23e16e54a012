package dev.parallax.benchmarks;

import static jdk.incubator.vector.FloatVector.fromArray;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The way from plain loops to the product of the vector backend, step by step: out = a · b, all [size, size], sizes
/// a multiple of the tiles'. `docs/simd.md` explains it.
public enum GemmStep {
    /// One sum per element: b is read down its columns.
    PLAIN("plain loops, one sum per element") {
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

    /// The inner loop runs along the rows of b and of the result. C2, the JVM's optimising compiler, vectorises
    /// it.
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

    /// Two vectors of the result stay in registers over the whole sum: only b is read. Each multiply-add waits for
    /// the one before it.
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

    /// Four rows by two vectors: eight sums that do not wait for each other, and each vector of b is used for four
    /// rows.
    TILE("a tile of four rows by two vectors") {
        @Override
        void multiply(int size, float[] a, float[] b, float[] out) {
            for (int j = 0; j < size; j += 2 * LANES) {
                for (int i = 0; i < size; i += 4) {
                    GemmTiles.fourRows(size, a, i * size, size, b, j, size, false, out, i * size + j, size);
                }
            }
        }
    },

    /// b is copied once into panels as wide as a tile, so that the tile reads it from front to back.
    PANELS("the same, b copied into panels") {
        @Override
        void multiply(int size, float[] a, float[] b, float[] out) {
            inBlocks(size, size, 4, a, b, out);
        }
    },

    /// The sum is cut into blocks of 256 terms, so that a block of a and a panel of b stay in the nearest caches.
    BLOCKS("the same, sums in blocks of 256 terms") {
        @Override
        void multiply(int size, float[] a, float[] b, float[] out) {
            inBlocks(size, BLOCK, 4, a, b, out);
        }
    },

    /// A wrong turn: twelve accumulators, for fewer reads per multiply-add.
    SIX_ROWS("a wrong turn: six rows by two vectors") {
        @Override
        void multiply(int size, float[] a, float[] b, float[] out) {
            inBlocks(size, BLOCK, 6, a, b, out);
        }
    },

    /// A wrong turn: the same tile, its accumulators in an array, as one would write it for any number of rows. C2
    /// does not keep an array's objects in registers, so each sum is an object on the heap.
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

    /// b in panels, sums in blocks of `block` terms, tiles of 4 or 6 rows.
    private static void inBlocks(int size, int block, int rows, float[] a, float[] b, float[] out) {
        float[] panel = new float[block * 2 * LANES];
        for (int p = 0; p < size; p += block) {
            int depth = Math.min(block, size - p);
            for (int j = 0; j < size; j += 2 * LANES) {
                pack(b, j, size, p, depth, panel);
                for (int i = 0; i < size; i += rows) {
                    int atA = i * size + p;
                    int to = i * size + j;
                    if (rows == 4) {
                        GemmTiles.fourRows(depth, a, atA, size, panel, 0, 2 * LANES, p > 0, out, to, size);
                    } else {
                        GemmTiles.sixRows(depth, a, atA, size, panel, p > 0, out, to, size);
                    }
                }
            }
        }
    }

    /// Copies rows `p` to `p + depth - 1` of two vectors of columns of b.
    private static void pack(float[] b, int j, int stride, int p, int depth, float[] panel) {
        for (int q = 0; q < depth; q++) {
            System.arraycopy(b, (p + q) * stride + j, panel, q * 2 * LANES, 2 * LANES);
        }
    }
}
