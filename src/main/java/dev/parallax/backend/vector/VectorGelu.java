package dev.parallax.backend.vector;

import static dev.parallax.backend.vector.Lanes.FLOATS;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// x Φ(x), within 8 units in the last place, its slope within 4 of 1.
///
/// With t = |x| the share beyond t is Q(t) = exp(-t² / 2) r(u), u = 4 / (4 + t), and Φ(x) is Q or 1 - Q by the sign
/// of x: no difference of nearly equal numbers, and no branch. r is a polynomial of degree 10 without a constant,
/// fitted like that of `GaussianTail`: its relative error is 8.6e-9, a seventh of half a unit. t² has a rounding error
/// of up to half a unit, which exp would multiply by t² / 2; it is known exactly by a multiply-add, and
/// exp(-(s + e) / 2) = exp(-s / 2) (1 - e / 2). The exponential is that of [VectorMath].
final class VectorGelu {

    private static final FloatVector ONE = constant(1);
    private static final FloatVector FOUR = constant(4);
    private static final FloatVector MINUS_HALF = constant(-0.5);
    private static final FloatVector FARTHEST = constant(20); // Q(20) is less than the smallest float
    private static final FloatVector DENSITY_AT_0 = constant(1 / Math.sqrt(2 * Math.PI));
    private static final FloatVector R_1 = constant(0.09974632951542513);
    private static final FloatVector R_2 = constant(0.09952145921678543);
    private static final FloatVector R_3 = constant(0.09528785089577929);
    private static final FloatVector R_4 = constant(0.07301284095535046);
    private static final FloatVector R_5 = constant(0.0838511218090618);
    private static final FloatVector R_6 = constant(0.017734911727894487);
    private static final FloatVector R_7 = constant(0.022610660785961974);
    private static final FloatVector R_8 = constant(0.0558796555408784);
    private static final FloatVector R_9 = constant(-0.06453724589750398);
    private static final FloatVector R_10 = constant(0.016892419760008215);

    private VectorGelu() {}

    private static FloatVector constant(double value) {
        return FloatVector.broadcast(FLOATS, (float) value);
    }

    /// out = x Φ(x) over parts of arrays; `out` may be `x`.
    ///
    /// @param room for one vector: the remainder is computed there, as a whole vector
    static void gelu(float[] x, int at, float[] out, int to, int count, float[] room) {
        int whole = FLOATS.loopBound(count);
        whole(false, x, at, out, to, whole);
        if (whole < count) {
            System.arraycopy(x, at + whole, room, 0, count - whole);
            whole(false, room, 0, room, 0, Lanes.COUNT);
            System.arraycopy(room, 0, out, to + whole, count - whole);
        }
    }

    /// out = Φ(x) + x φ(x), likewise.
    static void slope(float[] x, int at, float[] out, int to, int count, float[] room) {
        int whole = FLOATS.loopBound(count);
        whole(true, x, at, out, to, whole);
        if (whole < count) {
            System.arraycopy(x, at + whole, room, 0, count - whole);
            whole(true, room, 0, room, 0, Lanes.COUNT);
            System.arraycopy(room, 0, out, to + whole, count - whole);
        }
    }

    private static void whole(boolean slope, float[] x, int at, float[] out, int to, int count) {
        for (int i = 0; i < count; i += Lanes.COUNT) {
            FloatVector given = fromArray(FLOATS, x, at + i);
            FloatVector t = given.abs();
            t = t.blend(FARTHEST, t.compare(VectorOperators.GT, FARTHEST));
            FloatVector u = FOUR.div(t.add(FOUR));
            FloatVector r = u.fma(R_10, R_9).fma(u, R_8).fma(u, R_7).fma(u, R_6);
            r = r.fma(u, R_5).fma(u, R_4).fma(u, R_3).fma(u, R_2).fma(u, R_1).mul(u);
            FloatVector square = t.mul(t);
            FloatVector halfError = t.fma(t, square.neg()).mul(MINUS_HALF);
            FloatVector down = square.mul(MINUS_HALF);
            down = down.blend(VectorMath.EXP_LOWEST, down.compare(VectorOperators.LT, VectorMath.EXP_LOWEST));
            FloatVector shifted = down.fma(VectorMath.LOG2_E, VectorMath.LIFTED_ROUNDER);
            FloatVector n = shifted.sub(VectorMath.LIFTED_ROUNDER);
            FloatVector rest = n.fma(VectorMath.MINUS_LN2_LOW, n.fma(VectorMath.MINUS_LN2_HIGH, down));
            FloatVector series =
                    rest.fma(VectorMath.SERIES_6, VectorMath.SERIES_5).fma(rest, VectorMath.SERIES_4);
            series = series.fma(rest, VectorMath.SERIES_3).fma(rest, VectorMath.SERIES_2);
            FloatVector expOfRest = series.fma(rest.mul(rest), rest).add(ONE);
            expOfRest = expOfRest.fma(halfError, expOfRest);
            IntVector lifted = shifted.reinterpretAsInts()
                    .lanewise(VectorOperators.LSHL, VectorMath.MANTISSA_BITS)
                    .add(VectorMath.ONE_BITS);
            FloatVector power = lifted.reinterpretAsFloats();
            VectorMask<Float> negative = given.compare(VectorOperators.LT, 0f);
            if (slope) {
                FloatVector e = expOfRest.mul(power).mul(VectorMath.LOWER);
                FloatVector beyond = e.mul(r);
                FloatVector share = ONE.sub(beyond).blend(beyond, negative);
                FloatVector near = t.blend(t.neg(), negative);
                near.mul(e).fma(DENSITY_AT_0, share).intoArray(out, to + i);
            } else {
                // Multiplied by t while it is too large: the last product alone may round to a denormal number.
                FloatVector product = expOfRest.mul(r).mul(t).mul(power).mul(VectorMath.LOWER);
                FloatVector beyond = expOfRest.mul(power).mul(VectorMath.LOWER).mul(r);
                given.mul(ONE.sub(beyond)).blend(product.neg(), negative).intoArray(out, to + i);
            }
        }
    }
}
