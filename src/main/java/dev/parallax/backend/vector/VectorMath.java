package dev.parallax.backend.vector;

import static dev.parallax.backend.vector.Lanes.FLOATS;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// exp, tanh and the logistic function of an array of floats, within 2 units in the last place over the whole range.
/// NaN, infinities, -0 and denormal results are included (`VectorMathTest` sweeps the bit patterns). exp is made for
/// softmax, whose arguments are at most 0; it is valid up to [#EXP_BOUND].
///
/// The reduction: x = n ln 2 + r with |r| <= ln 2 / 2, so exp(x) = 2ⁿ exp(r), and exp(r) = 1 + r + r² q(r). The
/// polynomial q of degree 4 is the one with the smallest maximal relative error (found by iterated least squares in
/// double): 3.1e-9, a twentieth of half a unit. The Taylor series needs one term more. n ln 2 is subtracted in two
/// parts (Cody and Waite 1980): the first has so few bits that its product with n is exact. 2ⁿ is made by writing n
/// into the exponent bits of a float.
///
/// Each function is one loop that is written out, the same reduction three times: [Lanes] says why no vector is
/// passed to a method.
final class VectorMath {

    // Constants are vectors, not floats: a broadcast costs as much of the compiler's budget as an operation.
    private static final FloatVector ONE = constant(1);
    static final FloatVector LOG2_E = constant(1 / Math.log(2));
    static final IntVector ONE_BITS = ONE.reinterpretAsInts();
    static final FloatVector MINUS_LN2_HIGH = constant(-355.0 / 512);
    static final FloatVector MINUS_LN2_LOW = constant(355.0 / 512 - Math.log(2));
    /// 1.5 · 2²³: adding it leaves a float no bits for fractions, so the sum is n, rounded, in its lowest bits.
    private static final FloatVector ROUNDER = constant(0x1.8p23);

    /// The same for n + 64: powers down to 2⁻¹⁵⁰ are made 2⁶⁴ times too large, since no float is that small.
    static final FloatVector LIFTED_ROUNDER = constant(0x1.8p23 + 64);

    static final FloatVector LOWER = constant(0x1p-64);
    static final int MANTISSA_BITS = 23;

    /// The largest argument of [#exp]: beyond 2⁶⁴ the lifted power overflows.
    static final float EXP_BOUND = 44;

    static final FloatVector EXP_LOWEST = constant(-104); // exp is 0 below -103.98
    static final FloatVector SERIES_2 = constant(0.49999993431962225);
    static final FloatVector SERIES_3 = constant(0.16666520395548362);
    static final FloatVector SERIES_4 = constant(0.04166839079618409);
    static final FloatVector SERIES_5 = constant(0.00836874553377067);
    static final FloatVector SERIES_6 = constant(0.001381454156203472);

    private static final FloatVector HALF = constant(0.5);
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

    private static FloatVector constant(double value) {
        return FloatVector.broadcast(FLOATS, (float) value);
    }

    // ---- any number of values ----

    /// out = exp(x) over parts of arrays; `out` may be `x`.
    ///
    /// @param room for one vector: the remainder is computed there, as a whole vector
    static void exp(float[] x, int at, float[] out, int to, int count, float[] room) {
        exp(1, 0, x, at, out, to, count, room);
    }

    /// out = exp(factor · x + shift), likewise.
    static void exp(float factor, float shift, float[] x, int at, float[] out, int to, int count, float[] room) {
        int whole = FLOATS.loopBound(count);
        expWhole(factor, shift, x, at, out, to, whole);
        if (whole < count) {
            System.arraycopy(x, at + whole, room, 0, count - whole);
            expWhole(factor, shift, room, 0, room, 0, Lanes.COUNT);
            System.arraycopy(room, 0, out, to + whole, count - whole);
        }
    }

    /// out = tanh(x), likewise.
    static void tanh(float[] x, int at, float[] out, int to, int count, float[] room) {
        int whole = FLOATS.loopBound(count);
        tanhWhole(x, at, out, to, whole);
        if (whole < count) {
            System.arraycopy(x, at + whole, room, 0, count - whole);
            tanhWhole(room, 0, room, 0, Lanes.COUNT);
            System.arraycopy(room, 0, out, to + whole, count - whole);
        }
    }

    /// out = sigmoid(x), likewise.
    static void sigmoid(float[] x, int at, float[] out, int to, int count, float[] room) {
        int whole = FLOATS.loopBound(count);
        sigmoidWhole(x, at, out, to, whole);
        if (whole < count) {
            System.arraycopy(x, at + whole, room, 0, count - whole);
            sigmoidWhole(room, 0, room, 0, Lanes.COUNT);
            System.arraycopy(room, 0, out, to + whole, count - whole);
        }
    }

    // ---- whole vectors: `count` is a multiple of the lanes ----

    /// out = exp(factor · x + shift): what a softmax needs, in one pass.
    static void expWhole(float factor, float shift, float[] x, int at, float[] out, int to, int count) {
        FloatVector factors = FloatVector.broadcast(FLOATS, factor);
        FloatVector shifts = FloatVector.broadcast(FLOATS, shift);
        for (int i = 0; i < count; i += Lanes.COUNT) {
            FloatVector given = fromArray(FLOATS, x, at + i).fma(factors, shifts);
            FloatVector bounded = given.blend(EXP_LOWEST, given.compare(VectorOperators.LT, EXP_LOWEST));
            FloatVector shifted = bounded.fma(LOG2_E, LIFTED_ROUNDER);
            FloatVector n = shifted.sub(LIFTED_ROUNDER);
            FloatVector r = n.fma(MINUS_LN2_LOW, n.fma(MINUS_LN2_HIGH, bounded));
            FloatVector series = r.fma(SERIES_6, SERIES_5).fma(r, SERIES_4);
            series = series.fma(r, SERIES_3).fma(r, SERIES_2);
            FloatVector expOfR = series.fma(r.mul(r), r).add(ONE);
            IntVector lifted = shifted.reinterpretAsInts()
                    .lanewise(VectorOperators.LSHL, MANTISSA_BITS)
                    .add(ONE_BITS);
            expOfR.mul(lifted.reinterpretAsFloats()).mul(LOWER).intoArray(out, to + i);
        }
    }

    /// out = sigmoid(x): 1 / (1 + e) for x >= 0 and q = e / (1 + e) for x < 0, with e = exp(-|x|): no overflow on
    /// either side. For small e, e - e q is the same number as q with fewer roundings.
    static void sigmoidWhole(float[] x, int at, float[] out, int to, int count) {
        for (int i = 0; i < count; i += Lanes.COUNT) {
            FloatVector given = fromArray(FLOATS, x, at + i);
            FloatVector down = given.reinterpretAsInts().or(SIGN).reinterpretAsFloats(); // -|x|
            down = down.blend(EXP_LOWEST, down.compare(VectorOperators.LT, EXP_LOWEST));
            FloatVector shifted = down.fma(LOG2_E, LIFTED_ROUNDER);
            FloatVector n = shifted.sub(LIFTED_ROUNDER);
            FloatVector r = n.fma(MINUS_LN2_LOW, n.fma(MINUS_LN2_HIGH, down));
            FloatVector series = r.fma(SERIES_6, SERIES_5).fma(r, SERIES_4);
            series = series.fma(r, SERIES_3).fma(r, SERIES_2);
            FloatVector expOfR = series.fma(r.mul(r), r).add(ONE);
            IntVector lifted = shifted.reinterpretAsInts()
                    .lanewise(VectorOperators.LSHL, MANTISSA_BITS)
                    .add(ONE_BITS);
            FloatVector e = expOfR.mul(lifted.reinterpretAsFloats()).mul(LOWER);
            VectorMask<Float> negative = given.compare(VectorOperators.LT, 0f);
            FloatVector y = ONE.blend(e, negative).div(e.add(ONE));
            VectorMask<Float> small = negative.and(e.compare(VectorOperators.LT, HALF));
            y.blend(e.neg().fma(y, e), small).intoArray(out, to + i);
        }
    }

    /// out = tanh(x). For large a = |x|: tanh(a) = 1 - 2 / (exp(2a) + 1). For small a that would cancel. There
    /// Lambert's continued fraction a / (1 + a² / (3 + a² / (5 + a² / (7 + a² / 9)))) is cut off, with an error of
    /// a¹¹ / 9.8e6. It is written as a - a³ (315 + 14 a²) / (945 + 420 a² + 15 a⁴). Both are first - quotient: one
    /// division for all lanes. The sign returns at the end.
    static void tanhWhole(float[] x, int at, float[] out, int to, int count) {
        for (int i = 0; i < count; i += Lanes.COUNT) {
            FloatVector given = fromArray(FLOATS, x, at + i);
            FloatVector a = given.abs();
            FloatVector twice = a.add(a);
            twice = twice.blend(TANH_BOUND, twice.compare(VectorOperators.GT, TANH_BOUND));
            FloatVector shifted = twice.fma(LOG2_E, ROUNDER);
            FloatVector n = shifted.sub(ROUNDER);
            FloatVector r = n.fma(MINUS_LN2_LOW, n.fma(MINUS_LN2_HIGH, twice));
            FloatVector series = r.fma(SERIES_6, SERIES_5).fma(r, SERIES_4);
            series = series.fma(r, SERIES_3).fma(r, SERIES_2);
            FloatVector expOfR = series.fma(r.mul(r), r).add(ONE);
            // Its lowest bits, moved up to the exponent, are all that the shift keeps of the rounder.
            IntVector power = shifted.reinterpretAsInts()
                    .lanewise(VectorOperators.LSHL, MANTISSA_BITS)
                    .add(ONE_BITS);
            FloatVector denominator = power.reinterpretAsFloats().fma(expOfR, ONE);
            FloatVector square = a.mul(a);
            FloatVector smallNumerator = square.fma(LAMBERT_14, LAMBERT_315).mul(square.mul(a));
            FloatVector smallDenominator = square.fma(LAMBERT_15, LAMBERT_420).fma(square, LAMBERT_945);
            VectorMask<Float> small = a.compare(VectorOperators.LT, TANH_SMALL);
            FloatVector quotient = TWO.blend(smallNumerator, small).div(denominator.blend(smallDenominator, small));
            IntVector y = ONE.blend(a, small).sub(quotient).reinterpretAsInts();
            y.or(given.reinterpretAsInts().and(SIGN)).reinterpretAsFloats().intoArray(out, to + i);
        }
    }
}
