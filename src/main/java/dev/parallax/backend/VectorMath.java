package dev.parallax.backend;

import static dev.parallax.backend.Lanes.FLOATS;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// exp, tanh and the logistic function of an array of floats, within 2 units in the last place over the whole range,
/// NaN, infinities, -0 and denormal results included (`VectorMathTest` sweeps the bit patterns).
///
/// The reduction: x = n ln 2 + r with |r| <= ln 2 / 2, so exp(x) = 2ⁿ exp(r), and exp(r) by its Taylor series up to
/// r⁷: what is left out is below r⁸/8! = 5.2e-9, a tenth of half a unit. n ln 2 is taken off in two parts (Cody and
/// Waite 1980): the first has so few bits that its product with n is exact.
///
/// Each function is one loop that is written out, the same reduction three times: see [Lanes] for why no vector is
/// handed to a method.
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

    /// 1 · 2⁶⁴, as bits, and 2⁻⁶⁴: a power down to 2⁻¹⁵⁰ is made 2⁶⁴ times too large, for it
    /// is none of the floats.
    private static final IntVector LIFTED_BITS = constant(0x1p64).reinterpretAsInts();

    private static final FloatVector LOWER = constant(0x1p-64);

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

    /// out = exp(factor · x + shift): what a softmax wants, without passes of its own. A power of two is made
    /// by writing its exponent where a float keeps it; two factors, since 2ⁿ itself may lie outside the
    /// floats although the result does not.
    static void expWhole(float factor, float shift, float[] x, int at, float[] out, int to, int count) {
        FloatVector factors = FloatVector.broadcast(FLOATS, factor);
        FloatVector shifts = FloatVector.broadcast(FLOATS, shift);
        for (int i = 0; i < count; i += Lanes.COUNT) {
            FloatVector given = fromArray(FLOATS, x, at + i).fma(factors, shifts);
            FloatVector bounded = given.blend(EXP_HIGHEST, given.compare(VectorOperators.GT, EXP_HIGHEST));
            bounded = bounded.blend(EXP_LOWEST, given.compare(VectorOperators.LT, EXP_LOWEST));
            FloatVector shifted = bounded.fma(LOG2_E, ROUNDER);
            FloatVector n = shifted.sub(ROUNDER);
            FloatVector r = n.fma(MINUS_LN2_LOW, n.fma(MINUS_LN2_HIGH, bounded));
            FloatVector series = r.fma(SERIES_7, SERIES_6).fma(r, SERIES_5).fma(r, SERIES_4);
            series = series.fma(r, SERIES_3).fma(r, SERIES_2);
            FloatVector expOfR = series.fma(r.mul(r), r).add(ONE);
            IntVector exponent = shifted.reinterpretAsInts().sub(ROUNDER_BITS);
            IntVector half = exponent.lanewise(VectorOperators.ASHR, 1);
            IntVector first = half.lanewise(VectorOperators.LSHL, MANTISSA_BITS).add(ONE_BITS);
            IntVector second = exponent.sub(half)
                    .lanewise(VectorOperators.LSHL, MANTISSA_BITS)
                    .add(ONE_BITS);
            expOfR.mul(first.reinterpretAsFloats())
                    .mul(second.reinterpretAsFloats())
                    .intoArray(out, to + i);
        }
    }

    /// out = sigmoid(x): 1 / (1 + e) for x >= 0 and q = e / (1 + e) for x < 0, with e = exp(-|x|): no overflow on
    /// either side. For small e, e - e q is the same number as q with fewer roundings.
    static void sigmoidWhole(float[] x, int at, float[] out, int to, int count) {
        for (int i = 0; i < count; i += Lanes.COUNT) {
            FloatVector given = fromArray(FLOATS, x, at + i);
            FloatVector down = given.reinterpretAsInts().or(SIGN).reinterpretAsFloats(); // -|x|
            down = down.blend(EXP_LOWEST, down.compare(VectorOperators.LT, EXP_LOWEST));
            FloatVector shifted = down.fma(LOG2_E, ROUNDER);
            FloatVector n = shifted.sub(ROUNDER);
            FloatVector r = n.fma(MINUS_LN2_LOW, n.fma(MINUS_LN2_HIGH, down));
            FloatVector series = r.fma(SERIES_7, SERIES_6).fma(r, SERIES_5).fma(r, SERIES_4);
            series = series.fma(r, SERIES_3).fma(r, SERIES_2);
            FloatVector expOfR = series.fma(r.mul(r), r).add(ONE);
            IntVector lifted = shifted.reinterpretAsInts()
                    .lanewise(VectorOperators.LSHL, MANTISSA_BITS)
                    .add(LIFTED_BITS);
            FloatVector e = expOfR.mul(lifted.reinterpretAsFloats()).mul(LOWER);
            VectorMask<Float> negative = given.compare(VectorOperators.LT, 0f);
            FloatVector y = ONE.blend(e, negative).div(e.add(ONE));
            VectorMask<Float> small = negative.and(e.compare(VectorOperators.LT, SERIES_2));
            y.blend(e.neg().fma(y, e), small).intoArray(out, to + i);
        }
    }

    /// out = tanh(x). For large a = |x|: tanh(a) = 1 - 2 / (exp(2a) + 1). For small a that would cancel, and
    /// Lambert's continued fraction a / (1 + a² / (3 + a² / (5 + a² / (7 + a² / 9)))), cut there, is off by
    /// a¹¹ / 9.8e6: written as a - a³ (315 + 14 a²) / (945 + 420 a² + 15 a⁴). Both are first - quotient: one
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
            FloatVector series = r.fma(SERIES_7, SERIES_6).fma(r, SERIES_5).fma(r, SERIES_4);
            series = series.fma(r, SERIES_3).fma(r, SERIES_2);
            FloatVector expOfR = series.fma(r.mul(r), r).add(ONE);
            // Its lowest bits, moved up to the exponent, are all that the shift keeps of the rounder.
            IntVector power = shifted.reinterpretAsInts()
                    .lanewise(VectorOperators.LSHL, MANTISSA_BITS)
                    .add(ONE_BITS);
            FloatVector denominator = expOfR.mul(power.reinterpretAsFloats()).add(ONE);
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
