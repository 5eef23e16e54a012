/* Functions that other kernels use, then the kernels that work element by element. Their bits are those of the
 * vector backend (VectorMath, VectorElementwise): the same operations in the same order. */

/* ---- exp, the logistic function, tanh, log ---- */

#define LOG2_E 1.44269504088896340736f
#define MINUS_LN2_HIGH (-0.693359375f) /* so few bits that its product with n is exact */
#define MINUS_LN2_LOW 2.121944400546905e-4f
#define ROUNDER 0x1.8p23f /* adding it leaves a float no bits for fractions: the sum has n in its lowest bits */
#define SIGN 0x80000000u
#define ONE_BITS 0x3F800000u

/* exp(r) = 1 + r + r² q(r) for |r| <= ln 2 / 2; VectorMath says where q comes from. */
DEVICE float expSeries(float r) {
    float q = FMA(r, 0.001381454156203472f, 0.00836874553377067f);
    q = FMA(q, r, 0.04166839079618409f);
    q = FMA(q, r, 0.16666520395548362f);
    q = FMA(q, r, 0.49999993431962225f);
    return FMA(q, r * r, r) + 1.0f;
}

/* exp(x) = 2ⁿ exp(r), x = n ln 2 + r, for x <= 44: 2ⁿ is made 2⁶⁴ times too large, since no float is as small as the
 * smallest. NaN stays NaN. */
DEVICE float expOf(float x) {
    float bounded = x < -104.0f ? -104.0f : x;
    float shifted = FMA(bounded, LOG2_E, ROUNDER + 64.0f);
    float n = shifted - (ROUNDER + 64.0f);
    float r = FMA(n, MINUS_LN2_LOW, FMA(n, MINUS_LN2_HIGH, bounded));
    return expSeries(r) * FLOAT_OF((BITS_OF(shifted) << 23) + ONE_BITS) * 0x1p-64f;
}

/* 1 / (1 + exp(-x)), by e = exp(-|x|): for x < 0 it is q = e / (1 + e), where e is small e - e q. */
DEVICE float sigmoidOf(float x) {
    float e = expOf(-ABS(x));
    float y = (x < 0.0f ? e : 1.0f) / (e + 1.0f);
    return x < 0.0f && e < 0.5f ? FMA(-e, y, e) : y;
}

/* tanh(a) = 1 - 2 / (exp(2a) + 1), a = |x|; below 0.625 Lambert's continued fraction, written as a difference too. */
DEVICE float tanhOf(float x) {
    float a = ABS(x);
    float twice = a + a > 20.0f ? 20.0f : a + a;
    float shifted = FMA(twice, LOG2_E, ROUNDER);
    float n = shifted - ROUNDER;
    float r = FMA(n, MINUS_LN2_LOW, FMA(n, MINUS_LN2_HIGH, twice));
    float denominator = FMA(FLOAT_OF((BITS_OF(shifted) << 23) + ONE_BITS), expSeries(r), 1.0f);
    float square = a * a;
    float smallNumerator = FMA(square, 14.0f, 315.0f) * (square * a);
    float smallDenominator = FMA(FMA(square, 15.0f, 420.0f), square, 945.0f);
    int small = a < 0.625f;
    float quotient = (small ? smallNumerator : 2.0f) / (small ? smallDenominator : denominator);
    return FLOAT_OF(BITS_OF((small ? a : 1.0f) - quotient) | (BITS_OF(x) & SIGN));
}

/* With t = |x|: r with Q(t) = exp(-t² / 2) r the share of the normal distribution beyond t, and exp(-t² / 2) as
 * rest · power · 2⁻⁶⁴. VectorGelu says where they come from. */
#define NORMAL_FARTHEST 20.0f

DEVICE float normalRatio(float t) {
    float u = 4.0f / (t + 4.0f);
    float r = FMA(u, 0.016892419760008215f, -0.06453724589750398f);
    r = FMA(r, u, 0.0558796555408784f);
    r = FMA(r, u, 0.022610660785961974f);
    r = FMA(r, u, 0.017734911727894487f);
    r = FMA(r, u, 0.0838511218090618f);
    r = FMA(r, u, 0.07301284095535046f);
    r = FMA(r, u, 0.09528785089577929f);
    r = FMA(r, u, 0.09952145921678543f);
    r = FMA(r, u, 0.09974632951542513f);
    return r * u;
}

DEVICE float normalPower(float t, float *rest) {
    float square = t * t;
    float halfError = FMA(t, t, -square) * -0.5f;
    float down = square * -0.5f;
    down = down < -104.0f ? -104.0f : down;
    float shifted = FMA(down, LOG2_E, ROUNDER + 64.0f);
    float n = shifted - (ROUNDER + 64.0f);
    float e = expSeries(FMA(n, MINUS_LN2_LOW, FMA(n, MINUS_LN2_HIGH, down)));
    *rest = FMA(e, halfError, e);
    return FLOAT_OF((BITS_OF(shifted) << 23) + ONE_BITS);
}

/* x Φ(x); where x < 0 the product with t comes while it is too large for a denormal number. */
DEVICE float geluOf(float x) {
    float t = ABS(x) > NORMAL_FARTHEST ? NORMAL_FARTHEST : ABS(x);
    float r = normalRatio(t);
    float rest;
    float power = normalPower(t, &rest);
    return x < 0.0f ? -(rest * r * t * power * 0x1p-64f) : x * (1.0f - rest * power * 0x1p-64f * r);
}

/* Φ(x) + x φ(x). */
DEVICE float geluSlopeOf(float x) {
    float t = ABS(x) > NORMAL_FARTHEST ? NORMAL_FARTHEST : ABS(x);
    float r = normalRatio(t);
    float rest;
    float power = normalPower(t, &rest);
    float e = rest * power * 0x1p-64f;
    float beyond = e * r;
    return FMA((x < 0.0f ? -t : t) * e, 0.39894228040143267794f, x < 0.0f ? beyond : 1.0f - beyond);
}

/* log(x) = e ln 2 + log(1 + f), x = 2ᵉ (1 + f), sqrt(1/2) <= 1 + f < sqrt(2); the polynomial of logf in Cephes
 * (Moshier 1989). log(0) = -infinity, NaN for x < 0 and NaN. */
DEVICE float logOf(float x) {
    if (!(x > 0.0f)) {
        return x == 0.0f ? -INFINITE : FLOAT_OF(0x7FC00000u);
    }
    if (x == INFINITE) {
        return x;
    }
    int denormal = x < 0x1p-126f;
    uint bits = BITS_OF(denormal ? x * 0x1p25f : x);
    uint above = bits - 0x3F3504F3u; /* the bits of sqrt(1/2): its exponent part counts from there */
    float e = (float) ((int) above >> 23) - (denormal ? 25.0f : 0.0f);
    float f = FLOAT_OF((above & 0x007FFFFFu) + 0x3F3504F3u) - 1.0f;
    float p = FMA(f, 7.0376836292e-2f, -1.1514610310e-1f);
    p = FMA(p, f, 1.1676998740e-1f);
    p = FMA(p, f, -1.2420140846e-1f);
    p = FMA(p, f, 1.4249322787e-1f);
    p = FMA(p, f, -1.6668057665e-1f);
    p = FMA(p, f, 2.0000714765e-1f);
    p = FMA(p, f, -2.4999993993e-1f);
    p = FMA(p, f, 3.3333331174e-1f);
    float square = f * f;
    float low = FMA(-0.5f, square, FMA(e, -MINUS_LN2_LOW, f * square * p));
    return FMA(e, -MINUS_LN2_HIGH, f + low);
}

/* The larger of the two, NaN where one is. */
DEVICE float larger(float a, float b) {
    return b > a || b != b ? b : a;
}

/* ---- what the items of a group do together ---- */

/* parts[item] = x, for all items to read. The first barrier waits for those that still read what was there. */
DEVICE void share(float x, LOCAL float *parts) {
    BARRIER();
    parts[ITEM()] = x;
    BARRIER();
}

/* The largest of one value an item, NaN where one is; every item gets it. */
DEVICE float groupMax(float x, LOCAL float *parts) {
    share(x, parts);
    float largest = parts[0];
    for (int i = 1; i < ITEMS(); i++) {
        largest = larger(largest, parts[i]);
    }
    return largest;
}

/* The sum of one value an item, in the order of the items; every item gets it. */
DEVICE float groupSum(float x, LOCAL float *parts) {
    share(x, parts);
    float sum = parts[0];
    for (int i = 1; i < ITEMS(); i++) {
        sum += parts[i];
    }
    return sum;
}

/* The sequence of a row: the last one that begins at or before it. */
DEVICE int sequenceOf(int row, GLOBAL const int *starts, int sequences) {
    int low = 0;
    int high = sequences;
    while (high - low > 1) {
        int middle = low + (high - low) / 2;
        if (starts[middle] <= row) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

/* ---- element by element: any number of groups, best one item an element ---- */

/* out = value. */
KERNEL(fill, ELEMENT_ITEMS)(int count, float value, OUT(out)) {
    TO(out);
    FOR_EACH(i, count) {
        out[i] = value;
    }
}

/* out = x. */
KERNEL(copy, ELEMENT_ITEMS)(int count, IN(x), OUT(out)) {
    FROM(x);
    TO(out);
    FOR_EACH(i, count) {
        out[i] = x[i];
    }
}

/* out = x + y; out may be x. */
KERNEL(add, ELEMENT_ITEMS)(int count, SAME(x), SAME(y), SAME(out)) {
    AT(x);
    AT(y);
    AT(out);
    FOR_EACH(i, count) {
        out[i] = x[i] + y[i];
    }
}

/* out += alpha x. */
KERNEL(scaleAdd, ELEMENT_ITEMS)(int count, float alpha, IN(x), OUT(out)) {
    FROM(x);
    TO(out);
    FOR_EACH(i, count) {
        out[i] += alpha * x[i];
    }
}

/* x *= alpha. */
KERNEL(scaleInPlace, ELEMENT_ITEMS)(int count, float alpha, OUT(x)) {
    TO(x);
    FOR_EACH(i, count) {
        x[i] *= alpha;
    }
}

/* x *= factor[0]: a factor that was computed on the device. Nothing is done where it is 1. */
KERNEL(scaleInPlaceBy, ELEMENT_ITEMS)(int count, IN(factor), OUT(x)) {
    FROM(factor);
    TO(x);
    float alpha = factor[0];
    if (alpha == 1.0f) {
        return;
    }
    FOR_EACH(i, count) {
        x[i] *= alpha;
    }
}

/* out = x y. */
KERNEL(multiply, ELEMENT_ITEMS)(int count, IN(x), IN(y), OUT(out)) {
    FROM(x);
    FROM(y);
    TO(out);
    FOR_EACH(i, count) {
        out[i] = x[i] * y[i];
    }
}

/* out += x y. */
KERNEL(multiplyAdd, ELEMENT_ITEMS)(int count, IN(x), IN(y), OUT(out)) {
    FROM(x);
    FROM(y);
    TO(out);
    FOR_EACH(i, count) {
        out[i] += x[i] * y[i];
    }
}

/* out = exp(x) for x <= 44. No operation has it: it is there to compare bits. */
KERNEL(exp, ELEMENT_ITEMS)(int count, IN(x), OUT(out)) {
    FROM(x);
    TO(out);
    FOR_EACH(i, count) {
        out[i] = expOf(x[i]);
    }
}

/* out = tanh(x). */
KERNEL(tanh, ELEMENT_ITEMS)(int count, IN(x), OUT(out)) {
    FROM(x);
    TO(out);
    FOR_EACH(i, count) {
        out[i] = tanhOf(x[i]);
    }
}

/* dx += dy (1 - y²), y = tanh(x). */
KERNEL(tanhGradAdd, ELEMENT_ITEMS)(int count, IN(y), IN(dy), OUT(dx)) {
    FROM(y);
    FROM(dy);
    TO(dx);
    FOR_EACH(i, count) {
        dx[i] += dy[i] * (1.0f - y[i] * y[i]);
    }
}

/* out = 1 / (1 + exp(-x)). */
KERNEL(sigmoid, ELEMENT_ITEMS)(int count, IN(x), OUT(out)) {
    FROM(x);
    TO(out);
    FOR_EACH(i, count) {
        out[i] = sigmoidOf(x[i]);
    }
}

/* dx += dy y (1 - y), y = sigmoid(x). */
KERNEL(sigmoidGradAdd, ELEMENT_ITEMS)(int count, IN(y), IN(dy), OUT(dx)) {
    FROM(y);
    FROM(dy);
    TO(dx);
    FOR_EACH(i, count) {
        dx[i] += dy[i] * y[i] * (1.0f - y[i]);
    }
}

/* out = max(x, 0); NaN stays NaN, -0 becomes 0. */
KERNEL(relu, ELEMENT_ITEMS)(int count, IN(x), OUT(out)) {
    FROM(x);
    TO(out);
    FOR_EACH(i, count) {
        out[i] = x[i] <= 0.0f ? 0.0f : x[i];
    }
}

/* dx += dy where y > 0, y = relu(x). */
KERNEL(reluGradAdd, ELEMENT_ITEMS)(int count, IN(y), IN(dy), OUT(dx)) {
    FROM(y);
    FROM(dy);
    TO(dx);
    FOR_EACH(i, count) {
        if (y[i] > 0.0f) {
            dx[i] += dy[i];
        }
    }
}

/* out = x Φ(x). */
KERNEL(gelu, ELEMENT_ITEMS)(int count, IN(x), OUT(out)) {
    FROM(x);
    TO(out);
    FOR_EACH(i, count) {
        out[i] = geluOf(x[i]);
    }
}

/* dx += dy (Φ(x) + x φ(x)). */
KERNEL(geluGradAdd, ELEMENT_ITEMS)(int count, IN(x), IN(dy), OUT(dx)) {
    FROM(x);
    FROM(dy);
    TO(dx);
    FOR_EACH(i, count) {
        dx[i] += geluSlopeOf(x[i]) * dy[i];
    }
}
