package dev.parallax.benchmarks;

import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The innermost loops of [GemmStep], written out: C2, the JVM's optimising compiler, keeps a value in a register
/// only if it has a variable of its own.
final class GemmTiles {

    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = FLOATS.length();

    private GemmTiles() {}

    static void fourRows(
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

    static void sixRows(
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
