package dev.parallax.backend.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// exp, tanh, sigmoid and GELU against double, over bit patterns spread evenly through all floats, both signs,
/// denormals,
/// infinities and NaNs among them.
@Tag("vector")
class VectorMathTest {

    private static final int BLOCK = 1 << 14;
    private static final long STEP = 2011; // a prime: 2.1 million of the 4.3 billion floats

    private interface Function {
        void apply(float[] x, int at, float[] out, int to, int count, float[] room);
    }

    private static double worstError(Function function, DoubleUnaryOperator truth) {
        return worstError(function, truth, Float.POSITIVE_INFINITY);
    }

    private static double worstError(Function function, DoubleUnaryOperator truth, float highest) {
        float[] x = new float[BLOCK];
        float[] y = new float[BLOCK];
        double worst = 0;
        for (long bits = 0; bits < 1L << 32; bits += STEP * BLOCK) {
            for (int i = 0; i < BLOCK; i++) {
                x[i] = Float.intBitsToFloat((int) (bits + i * STEP));
            }
            function.apply(x, 0, y, 0, BLOCK, new float[Lanes.COUNT]);
            for (int i = 0; i < BLOCK; i++) {
                if (!(x[i] > highest)) {
                    worst = Math.max(worst, unitsOff(y[i], truth.applyAsDouble(x[i])));
                }
            }
        }
        return worst;
    }

    /// Units in the last place between a float and the exact value; infinite where only one is NaN or infinite.
    private static double unitsOff(float actual, double expected) {
        if (Float.floatToIntBits(actual) == Float.floatToIntBits((float) expected)) {
            return 0;
        }
        double units = Math.abs(actual - expected) / Math.ulp((float) Math.abs(expected));
        return Double.isNaN(units) ? Double.POSITIVE_INFINITY : units;
    }

    @Test
    void exp_allFloatsUpToItsBound_within2Units() {
        double worst = worstError(VectorMath::exp, Math::exp, VectorMath.EXP_BOUND);
        assertTrue(worst <= 2, "off by " + worst);
    }

    @Test
    void tanh_allFloats_within2Units() {
        double worst = worstError(VectorMath::tanh, Math::tanh);
        assertTrue(worst <= 2, "off by " + worst);
    }

    @Test
    void sigmoid_allFloats_within2Units() {
        double worst = worstError(VectorMath::sigmoid, x -> 1 / (1 + Math.exp(-x)));
        assertTrue(worst <= 2, "off by " + worst);
    }

    /// x Φ(x) by a series for Φ where it cancels nothing, and by the continued fraction of Mills' ratio where it would.
    private static double gelu(double x) {
        if (x < 0) {
            return x == Double.NEGATIVE_INFINITY ? -0.0 : x * normalBeyond(-x);
        }
        return x == Double.POSITIVE_INFINITY ? x : x * (1 - normalBeyond(x));
    }

    private static double normalBeyond(double t) {
        double density = Math.exp(-t * t / 2) / Math.sqrt(2 * Math.PI);
        if (t < 3) {
            double term = t;
            double sum = 0;
            for (int i = 3; term > 1e-18; i += 2) {
                sum += term;
                term *= t * t / i;
            }
            return 0.5 - sum * density;
        }
        double fraction = t;
        for (int i = 200; i > 0; i--) {
            fraction = t + i / fraction;
        }
        return density / fraction;
    }

    @Test
    void gelu_allFloats_within8Units() {
        double worst = worstError(VectorGelu::gelu, VectorMathTest::gelu);
        assertTrue(worst <= 8, "off by " + worst);
    }

    @Test
    void geluSlope_allFloats_within4UnitsOfOne() {
        double worst = 0;
        float[] x = new float[BLOCK];
        float[] y = new float[BLOCK];
        for (int i = 0; i < BLOCK; i++) {
            x[i] = (i - BLOCK / 2) * 0.003f;
        }
        VectorGelu.slope(x, 0, y, 0, BLOCK, new float[Lanes.COUNT]);
        for (int i = 0; i < BLOCK; i++) {
            double t = x[i];
            double share = t < 0 ? normalBeyond(-t) : 1 - normalBeyond(t);
            double expected = share + t * Math.exp(-t * t / 2) / Math.sqrt(2 * Math.PI);
            worst = Math.max(worst, Math.abs(y[i] - expected) / Math.ulp(1f));
        }
        assertTrue(worst <= 4, "off by " + worst);
    }

    @Test
    void functions_anyPosition_sameBits() {
        float[] x = new float[3 * Lanes.COUNT + 3];
        for (int i = 0; i < x.length; i++) {
            x[i] = 0.37f;
        }
        for (Function function : new Function[] {
            VectorMath::exp, VectorMath::tanh, VectorMath::sigmoid, VectorGelu::gelu, VectorGelu::slope
        }) {
            float[] y = new float[x.length];
            function.apply(x, 0, y, 0, x.length, new float[Lanes.COUNT]);
            for (float value : y) {
                assertEquals(y[0], value);
            }
        }
    }
}
