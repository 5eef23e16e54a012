package dev.parallax.backend;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// exp, tanh and the logistic function of a vector of floats, within 2 units in the last place over the whole range,
/// NaN, infinities, -0 and denormal results included (`VectorMathTest` sweeps the bit patterns).
///
/// The reduction: x = n ln 2 + r with |r| <= ln 2 / 2, so exp(x) = 2ⁿ exp(r), and exp(r) by its Taylor series up to r⁷:
/// what is left out is below r⁸/8! = 5.2e-9, a tenth of half a unit. n ln 2 is taken off in two parts (Cody and Waite
/// 1980): the first has so few bits that its product with n is exact. What the roundings of r and of 1 + r lose is
/// known exactly and added back at the end (Dekker 1971), which leaves little more than the last rounding.
///
/// The public face works on arrays, in loops with one function each: C2 stops inlining when a method has grown to some
/// 18,000 nodes (a function here is about 12,000), and a vector that is passed to a method that is not inlined becomes
/// an object, thirty times slower.
final class VectorMath {

    // Constants are vectors, not floats: a broadcast costs as much of the compiler's budget as an operation.
    private static final FloatVector ONE = constant(1);
    private static final FloatVector LOG2_E = constant(1 / Math.log(2));
    private static final FloatVector MINUS_LN2_HIGH = constant(-355.0 / 512);
    private static final FloatVector MINUS_LN2_LOW = constant(355.0 / 512 - Math.log(2));
    /// 1.5 · 2²³: adding it leaves a float no bits for fractions, so the sum is n, rounded, in its lowest bits.
    private static final FloatVector ROUNDER = constant(0x1.8p23);

    private static final IntVector ROUNDER_BITS = ROUNDER.reinterpretAsInts();
    private static final IntVector ONE_BITS = ONE.reinterpretAsInts();
    private static final int MANTISSA_BITS = 23;

    private static final FloatVector EXP_HIGHEST = constant(89); // exp is infinite from 88.73 on
    private static final FloatVector EXP_LOWEST = constant(-104); // exp is 0 below -103.98
    private static final FloatVector SERIES_2 = constant(1.0 / 2);
    private static final FloatVector SERIES_3 = constant(1.0 / 6);
    private static final FloatVector SERIES_4 = constant(1.0 / 24);
    private static final FloatVector SERIES_5 = constant(1.0 / 120);
    private static final FloatVector SERIES_6 = constant(1.0 / 720);
    private static final FloatVector SERIES_7 = constant(1.0 / 5040);

    private static final FloatVector TANH_SMALL = constant(0.625);
    private static final FloatVector TANH_BOUND = constant(20); // of 2|x|: tanh is 1 from |x| = 9.02 on
    private static final FloatVector TWO = constant(2);
    private static final FloatVector LAMBERT_14 = constant(14);
    private static final FloatVector LAMBERT_15 = constant(15);
    private static final FloatVector LAMBERT_315 = constant(315);
    private static final FloatVector LAMBERT_420 = constant(420);
    private static final FloatVector LAMBERT_945 = constant(945);
    private static final IntVector SIGN = constant(-0.0).reinterpretAsInts();

    private VectorMath() {}

    // ---- over arrays ----

    /// out = exp(x) over parts of arrays; `out` may be `x`.
    ///
    /// @param room for one vector: the remainder is computed there, as a whole vector
    static void exp(float[] x, int at, float[] out, int to, int count, float[] room) {
        int whole = Lanes.FLOATS.loopBound(count);
        expWhole(x, at, out, to, whole);
        if (whole < count) {
            System.arraycopy(x, at + whole, room, 0, count - whole);
            expWhole(room, 0, room, 0, Lanes.COUNT);
            System.arraycopy(room, 0, out, to + whole, count - whole);
        }
    }

    /// out = tanh(x), likewise.
    static void tanh(float[] x, int at, float[] out, int to, int count, float[] room) {
        int whole = Lanes.FLOATS.loopBound(count);
        tanhWhole(x, at, out, to, whole);
        if (whole < count) {
            System.arraycopy(x, at + whole, room, 0, count - whole);
            tanhWhole(room, 0, room, 0, Lanes.COUNT);
            System.arraycopy(room, 0, out, to + whole, count - whole);
        }
    }

    /// out = sigmoid(x), likewise.
    static void sigmoid(float[] x, int at, float[] out, int to, int count, float[] room) {
        int whole = Lanes.FLOATS.loopBound(count);
        sigmoidWhole(x, at, out, to, whole);
        if (whole < count) {
            System.arraycopy(x, at + whole, room, 0, count - whole);
            sigmoidWhole(room, 0, room, 0, Lanes.COUNT);
            System.arraycopy(room, 0, out, to + whole, count - whole);
        }
    }

    /// out = exp(x), `count` a multiple of the lanes.
    static void expWhole(float[] x, int at, float[] out, int to, int count) {
        for (int i = 0; i < count; i += Lanes.COUNT) {
            exp(Lanes.load(x, at + i)).intoArray(out, to + i);
        }
    }

    /// out = tanh(x), `count` a multiple of the lanes.
    static void tanhWhole(float[] x, int at, float[] out, int to, int count) {
        for (int i = 0; i < count; i += Lanes.COUNT) {
            tanh(Lanes.load(x, at + i)).intoArray(out, to + i);
        }
    }

    /// out = sigmoid(x), `count` a multiple of the lanes.
    static void sigmoidWhole(float[] x, int at, float[] out, int to, int count) {
        for (int i = 0; i < count; i += Lanes.COUNT) {
            sigmoid(Lanes.load(x, at + i)).intoArray(out, to + i);
        }
    }

    // ---- one vector ----

    private static FloatVector exp(FloatVector x) {
        FloatVector bounded = x.blend(EXP_HIGHEST, x.compare(VectorOperators.GT, EXP_HIGHEST));
        bounded = bounded.blend(EXP_LOWEST, x.compare(VectorOperators.LT, EXP_LOWEST));
        FloatVector shifted = Lanes.multiplyAdd(bounded, LOG2_E, ROUNDER);
        // Two factors: 2ⁿ itself may lie outside the floats although the result does not.
        IntVector n = shifted.reinterpretAsInts().sub(ROUNDER_BITS);
        IntVector half = n.lanewise(VectorOperators.ASHR, 1);
        return scale(scale(expReduced(bounded, shifted), half), n.sub(half));
    }

    /// exp(r) with r = x - n ln 2.
    private static FloatVector expReduced(FloatVector x, FloatVector shifted) {
        FloatVector n = shifted.sub(ROUNDER);
        FloatVector high = Lanes.multiplyAdd(n, MINUS_LN2_HIGH, x);
        FloatVector r = Lanes.multiplyAdd(n, MINUS_LN2_LOW, high);
        FloatVector lost = Lanes.multiplyAdd(n, MINUS_LN2_LOW, high.sub(r));
        FloatVector onePlus = r.add(ONE);
        lost = lost.add(r.sub(onePlus.sub(ONE)));
        FloatVector series = Lanes.multiplyAdd(r, SERIES_7, SERIES_6);
        series = Lanes.multiplyAdd(series, r, SERIES_5);
        series = Lanes.multiplyAdd(series, r, SERIES_4);
        series = Lanes.multiplyAdd(series, r, SERIES_3);
        series = Lanes.multiplyAdd(series, r, SERIES_2);
        return onePlus.add(Lanes.multiplyAdd(series, r.mul(r), lost));
    }

    /// x · 2ⁿ; the power is made by writing n where a float keeps its exponent.
    private static FloatVector scale(FloatVector x, IntVector n) {
        return x.mul(
                n.lanewise(VectorOperators.LSHL, MANTISSA_BITS).add(ONE_BITS).reinterpretAsFloats());
    }

    /// For large a = |x|: tanh(a) = 1 - 2 / (exp(2a) + 1). For small a that would cancel, and Lambert's continued
    /// fraction a / (1 + a² / (3 + a² / (5 + a² / (7 + a² / 9)))), cut there, is off by a¹¹ / 9.8e6: written as
    /// a - a³ (315 + 14 a²) / (945 + 420 a² + 15 a⁴). Both are first - numerator / denominator: one division for
    /// all lanes. The sign returns at the end.
    private static FloatVector tanh(FloatVector x) {
        FloatVector a = x.abs();
        FloatVector square = a.mul(a);
        FloatVector smallNumerator =
                Lanes.multiplyAdd(square, LAMBERT_14, LAMBERT_315).mul(square.mul(a));
        FloatVector smallDenominator =
                Lanes.multiplyAdd(Lanes.multiplyAdd(square, LAMBERT_15, LAMBERT_420), square, LAMBERT_945);
        FloatVector twice = a.add(a);
        twice = twice.blend(TANH_BOUND, twice.compare(VectorOperators.GT, TANH_BOUND));
        FloatVector shifted = Lanes.multiplyAdd(twice, LOG2_E, ROUNDER);
        // Its lowest bits, moved up to the exponent, are all that the shift keeps of the rounder.
        FloatVector e = scale(expReduced(twice, shifted), shifted.reinterpretAsInts());
        VectorMask<Float> small = a.compare(VectorOperators.LT, TANH_SMALL);
        FloatVector numerator = TWO.blend(smallNumerator, small);
        FloatVector denominator = e.add(ONE).blend(smallDenominator, small);
        FloatVector y = ONE.blend(a, small).sub(numerator.div(denominator));
        return y.reinterpretAsInts().or(x.reinterpretAsInts().and(SIGN)).reinterpretAsFloats();
    }

    /// 1 / (1 + e) for x >= 0 and q = e / (1 + e) for x < 0, with e = exp(-|x|): no overflow on either side. For small
    /// e, e - e q is the same number as q with fewer roundings.
    private static FloatVector sigmoid(FloatVector x) {
        FloatVector e = exp(x.reinterpretAsInts().or(SIGN).reinterpretAsFloats());
        VectorMask<Float> negative = x.compare(VectorOperators.LT, 0f);
        FloatVector y = ONE.blend(e, negative).div(e.add(ONE));
        return y.blend(Lanes.multiplyAdd(e.neg(), y, e), negative.and(e.compare(VectorOperators.LT, SERIES_2)));
    }

    private static FloatVector constant(double value) {
        return FloatVector.broadcast(Lanes.FLOATS, (float) value);
    }
}
