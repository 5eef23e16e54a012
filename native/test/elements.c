/* The kernels without a barrier: element by element, dropout, rows by index, sequences and optimisers. */
#include "harness.h"

#define COUNT 77

/* The largest error in units in the last place over a range, and what special values give. */
static void accuracy(const char *what, float (*actual)(float), double (*expected)(double), double from,
        double to, double most) {
    double worst = 0;
    float at = 0;
    for (int i = 0; i < 200000; i++) {
        float x = (float) uniform(from, to);
        double y = expected(x);
        float near = fmaxf(fabsf((float) y), FLT_MIN);
        double error = fabs(actual(x) - y) / (nextafterf(near, INFINITY) - near);
        if (error > worst) {
            worst = error;
            at = x;
        }
    }
    if (worst > most) {
        failures++;
        fprintf(stderr, "%s(%.9g) is off by %.2f units in the last place\n", what, at, worst);
    }
}

static double logistic(double x) {
    return 1 / (1 + exp(-x));
}

static double gelu(double x) {
    return x * erfc(-x / sqrt(2)) / 2;
}

static void functions(void) {
    accuracy("gelu", geluOf, gelu, -13, 13, 8);
    accuracy("gelu", geluOf, gelu, -1, 1, 8);
    accuracy("exp", expOf, exp, -87, 44, 2);
    accuracy("tanh", tanhOf, tanh, -10, 10, 2);
    accuracy("tanh", tanhOf, tanh, -0.7, 0.7, 2);
    accuracy("sigmoid", sigmoidOf, logistic, -80, 80, 2);
    accuracy("log", logOf, log, 0, 3, 2);
    accuracy("log", logOf, log, 1, 1e9, 2);
    const float given[] = {NAN, -INFINITY, INFINITY, -0.0f, 0.0f, 1e-40f, -200.0f};
    const double exps[] = {NAN, 0, 0, 1, 1, 1, 0};
    for (int i = 0; i < 7; i++) {
        float x = given[i];
        float is[] = {x == INFINITY ? 0 : expOf(x), tanhOf(x), sigmoidOf(x), logOf(fabsf(x)), logOf(-fabsf(x))};
        double should[] = {exps[i], tanh(x), logistic(x), log(fabsf(x)), x == 0 ? -INFINITY : NAN};
        for (int f = 0; f < 5; f++) {
            int both = is[f] != is[f] && should[f] != should[f];
            int close = is[f] == should[f] || fabs(is[f] - should[f]) <= 1e-6 * fabs(should[f]) + 1e-45;
            if (!both && !close) {
                failures++;
                fprintf(stderr, "function %d of %g is %g, expected %g\n", f, x, is[f], should[f]);
            }
        }
    }
}

/* Runs a kernel on fresh inputs and compares with an expression of the index i, the inputs x, y and `before`. */
#define ELEMENTWISE(name, expression, ...) \
    do { \
        Floats xs = randoms(COUNT, -2, 2), ys = randoms(COUNT, -2, 2), out = randoms(COUNT, -2, 2); \
        data(xs)[5] = NAN, data(xs)[6] = INFINITY, data(xs)[7] = -0.0f; \
        double expected[COUNT]; \
        for (int i = 0; i < COUNT; i++) { \
            float x = data(xs)[i], y = data(ys)[i], before = data(out)[i]; \
            (void) x, (void) y, (void) before; \
            expected[i] = expression; \
        } \
        LAUNCH_ELEMENTS(name, COUNT, __VA_ARGS__); \
        check(#name, out, expected, EXACT); \
        free(xs.base), free(ys.base); \
    } while (0)

static void elementwise(void) {
    ELEMENTWISE(fill, 1.5f, 1.5f, PASS(out));
    ELEMENTWISE(copy, x, PASS(xs), PASS(out));
    ELEMENTWISE(add, x + y, PASS(xs), PASS(ys), PASS(out));
    ELEMENTWISE(add, before + y, PASS(out), PASS(ys), PASS(out));
    ELEMENTWISE(scaleAdd, before + 0.3f * x, 0.3f, PASS(xs), PASS(out));
    ELEMENTWISE(scaleInPlace, before * -0.7f, -0.7f, PASS(out));
    ELEMENTWISE(multiply, x * y, PASS(xs), PASS(ys), PASS(out));
    ELEMENTWISE(multiplyAdd, before + x * y, PASS(xs), PASS(ys), PASS(out));
    ELEMENTWISE(exp, expOf(x), PASS(xs), PASS(out));
    ELEMENTWISE(tanh, tanhOf(x), PASS(xs), PASS(out));
    ELEMENTWISE(sigmoid, sigmoidOf(x), PASS(xs), PASS(out));
    ELEMENTWISE(relu, x != x ? x : x > 0 ? x : 0, PASS(xs), PASS(out));
    ELEMENTWISE(gelu, geluOf(x), PASS(xs), PASS(out));
    ELEMENTWISE(geluGradAdd, before + geluSlopeOf(x) * y, PASS(xs), PASS(ys), PASS(out));
    ELEMENTWISE(tanhGradAdd, before + y * (1 - x * x), PASS(xs), PASS(ys), PASS(out));
    ELEMENTWISE(sigmoidGradAdd, before + y * x * (1 - x), PASS(xs), PASS(ys), PASS(out));
    ELEMENTWISE(reluGradAdd, x > 0 ? before + y : before, PASS(xs), PASS(ys), PASS(out));
}

static void dropout(int features, uint threshold) {
    INTS_OF(starts, 0, 3, 4, 9);
    INTS_OF(utterances, 6, 1, 0);
    float kept = 65536.0f / (float) (65536 - threshold);
    Floats x = randoms(9 * features, -1, 1), out = randoms(9 * features, -1, 1), listed = copy_of(out);
    double expected[2][9 * features];
    for (int list = 0; list < 2; list++) {
        for (int i = 0; i < 3; i++) {
            for (int e = starts_of[i] * features; e < starts_of[i + 1] * features; e++) {
                int row = e / features - starts_of[i], column = e % features;
                uint words[4];
                philox(7, 2, 5, (uint) (11 + (list ? utterances_of[i] : i)), (uint) row, (uint) column / 8, words);
                uint bits = words[column % 8 / 2] >> (column % 2 * 16) & 0xFFFF;
                expected[list][e] = data(out)[e] + (bits >= threshold ? kept : 0) * data(x)[e];
            }
        }
    }
    LAUNCH_ELEMENTS(dropoutAdd, 3, 9, features, PASS(starts), 7, 2, 5, threshold, kept, 11, 0, PASS(starts), PASS(x),
                    PASS(out));
    LAUNCH_ELEMENTS(dropoutAdd, 3, 9, features, PASS(starts), 7, 2, 5, threshold, kept, 11, 1,
                    PASS(utterances), PASS(x), PASS(listed));
    check("dropoutAdd", out, expected[0], EXACT);
    check("dropoutAdd, listed", listed, expected[1], EXACT);
    free(x.base), free(starts.base), free(utterances.base);
}

static void dropouts(void) {
    uint words[4];
    philox(0, 0, 0, 0, 0, 0, words); /* the known answer of the paper */
    if (words[0] != 0x6627e8d5 || words[1] != 0xe169c58d || words[2] != 0xbc57ac4c || words[3] != 0x9b00dbd8) {
        failures++;
        fputs("philox: not the known answer\n", stderr);
    }
    dropout(1, 19661);
    dropout(13, 19661);
    dropout(16, 0);
}

static void indices(void) {
    int features = 67; /* more than a group has items */
    INTS_OF(ids, 2, 0, 2, 2, 4, 0);
    INTS_OF(order, 1, 5, 0, 2, 3, 4);
    INTS_OF(rows, 0, 2, 4);
    INTS_OF(starts, 0, 2, 5, 6);
    Floats table = randoms(5 * features, -1, 1), gathered = floats(6 * features), dy = randoms(6 * features, -1, 1);
    double expected[6 * features], expectedTable[5 * features];
    float sums[5 * features];
    memcpy(sums, data(table), sizeof sums);
    for (int e = 0; e < 6 * features; e++) {
        int to = ids_of[e / features] * features + e % features;
        expected[e] = data(table)[to];
        sums[to] += data(dy)[e];
    }
    for (int e = 0; e < 5 * features; e++) {
        expectedTable[e] = sums[e];
    }
    LAUNCH_ELEMENTS(gatherRows, 6, features, PASS(ids), PASS(table), PASS(gathered));
    LAUNCH(scatterRowsAdd, 3, 1, 1, features, PASS(order), PASS(rows), PASS(starts), PASS(dy), PASS(table));
    check("gatherRows", gathered, expected, EXACT);
    check("scatterRowsAdd", table, expectedTable, EXACT);
    (void) order_of, (void) rows_of, (void) starts_of;
    free(ids.base), free(order.base), free(rows.base), free(starts.base), free(dy.base);
}

static void sequences(void) {
    int features = 5;
    INTS_OF(starts, 0, 3, 4, 9);
    Floats x = randoms(9 * features, -1, 1), dy = randoms(3 * features, -1, 1), dx = randoms(9 * features, -1, 1);
    data(x)[0] = NAN, data(x)[features + 1] = NAN, data(x)[2] = data(x)[2 * features + 2] = 5; /* a tie */
    Floats mean = floats(3 * features), max = floats(3 * features), dxMax = copy_of(dx);
    double means[3 * features], maxima[3 * features], dMean[9 * features], dMax[9 * features];
    for (int e = 0; e < 9 * features; e++) {
        dMean[e] = dMax[e] = data(dx)[e];
    }
    for (int e = 0; e < 3 * features; e++) {
        int i = e / features, f = e % features, best = starts_of[i];
        double sum = 0;
        for (int t = starts_of[i]; t < starts_of[i + 1]; t++) {
            sum += data(x)[t * features + f];
            best = data(x)[t * features + f] > data(x)[best * features + f] ? t : best;
            dMean[t * features + f] += data(dy)[e] / (starts_of[i + 1] - starts_of[i]);
        }
        means[e] = sum / (starts_of[i + 1] - starts_of[i]);
        maxima[e] = data(x)[best * features + f];
        dMax[best * features + f] = data(dxMax)[best * features + f] + data(dy)[e];
    }
    LAUNCH_ELEMENTS(sequenceMean, 3, features, PASS(starts), PASS(x), PASS(mean));
    LAUNCH_ELEMENTS(sequenceMax, 3, features, PASS(starts), PASS(x), PASS(max));
    LAUNCH_ELEMENTS(sequenceMeanGradAdd, 3, 9, features, PASS(starts), PASS(dy), PASS(dx));
    LAUNCH_ELEMENTS(sequenceMaxGradAdd, 3, features, PASS(starts), PASS(x), PASS(dy), PASS(dxMax));
    check("sequenceMean", mean, means, 5);
    check("sequenceMax", max, maxima, EXACT);
    check("sequenceMeanGradAdd", dx, dMean, 0);
    for (int e = 0; e < 9 * features; e++) {
        dMax[e] = (float) dMax[e];
    }
    check("sequenceMaxGradAdd", dxMax, dMax, EXACT);
    free(x.base), free(dy.base), free(starts.base);
}

/* The columns 2, 3 and 4 of 7. */
static void unfolds(int size, int stride, int padding) {
    int columns = 7, from = 2, features = 3, in[] = {0, 3, 4, 9}, out[4] = {0};
    for (int i = 0; i < 3; i++) {
        out[i + 1] = out[i] + (in[i + 1] - in[i] + 2 * padding - size) / stride + 1;
    }
    Ints starts = ints(4, in), outStarts = ints(4, out);
    Floats x = randoms(9 * columns, -1, 1), windows = floats(out[3] * features * size);
    Floats dy = randoms(out[3] * features * size, -1, 1), dx = randoms(9 * columns, -1, 1);
    double expected[out[3] * features * size], expectedDx[9 * columns];
    float sums[9 * columns];
    memcpy(sums, data(dx), sizeof sums);
    for (int i = 0; i < 3; i++) {
        for (int t = 0; t < out[i + 1] - out[i]; t++) {
            for (int e = 0; e < features * size; e++) {
                int f = from + e / size, source = t * stride + e % size - padding;
                int to = (out[i] + t) * features * size + e;
                int inside = source >= 0 && source < in[i + 1] - in[i];
                expected[to] = inside ? data(x)[(in[i] + source) * columns + f] : 0;
                if (inside) {
                    sums[(in[i] + source) * columns + f] += data(dy)[to];
                }
            }
        }
    }
    for (int e = 0; e < 9 * columns; e++) {
        expectedDx[e] = sums[e];
    }
    LAUNCH_ELEMENTS(unfold, 3, out[3], columns, from, features, size, stride, padding, PASS(starts), PASS(outStarts),
                    PASS(x), PASS(windows));
    LAUNCH_ELEMENTS(unfoldGradAdd, 3, 9, columns, from, features, size, stride, padding, PASS(starts),
                    PASS(outStarts), PASS(dy), PASS(dx));
    check("unfold", windows, expected, EXACT);
    check("unfoldGradAdd", dx, expectedDx, EXACT);
    free(x.base), free(dy.base), free(starts.base), free(outStarts.base);
}

static void instanceNorms(void) {
    int columns = 5, in[] = {0, 3, 4, 9};
    Ints starts = ints(4, in);
    Floats x = randoms(9 * columns, -1, 1), gamma = randoms(columns, -1, 1), beta = randoms(columns, -1, 1);
    Floats stats = floats(3 * 2 * columns), out = floats(9 * columns);
    Floats dy = randoms(9 * columns, -1, 1), dx = randoms(9 * columns, -1, 1);
    Floats dGamma = randoms(columns, -1, 1), dBeta = randoms(columns, -1, 1);
    double y[9 * columns], dxs[9 * columns], dGammas[columns], dBetas[columns];
    for (int c = 0; c < columns; c++) {
        dGammas[c] = data(dGamma)[c];
        dBetas[c] = data(dBeta)[c];
        for (int i = 0; i < 3; i++) {
            int rows = in[i + 1] - in[i];
            double mean = 0, variance = 0, sum = 0, sumX = 0;
            for (int r = in[i]; r < in[i + 1]; r++) {
                mean += data(x)[r * columns + c] / rows;
            }
            for (int r = in[i]; r < in[i + 1]; r++) {
                variance += pow(data(x)[r * columns + c] - mean, 2) / rows;
            }
            double rstd = 1 / sqrt(variance + 0.01);
            for (int r = in[i]; r < in[i + 1]; r++) {
                double xhat = (data(x)[r * columns + c] - mean) * rstd, d = data(dy)[r * columns + c];
                y[r * columns + c] = xhat * data(gamma)[c] + data(beta)[c];
                sum += d;
                sumX += d * xhat;
            }
            for (int r = in[i]; r < in[i + 1]; r++) {
                int at = r * columns + c;
                double xhat = (data(x)[at] - mean) * rstd;
                dxs[at] = data(dx)[at] + rstd * data(gamma)[c] * (data(dy)[at] - sum / rows - xhat * sumX / rows);
            }
            dGammas[c] += sumX;
            dBetas[c] += sum;
        }
    }
    LAUNCH_ELEMENTS(instanceNorm, 3, columns, 0.01f, PASS(starts), PASS(x), PASS(gamma), PASS(beta), PASS(stats),
                    PASS(out));
    LAUNCH_ELEMENTS(instanceNormGradAdd, 3, columns, PASS(starts), PASS(x), PASS(gamma), PASS(stats), PASS(dy),
                    PASS(dx), PASS(dGamma), PASS(dBeta));
    check("instanceNorm", out, y, 9);
    check("instanceNormGradAdd of x", dx, dxs, 9);
    check("instanceNormGradAdd of gamma", dGamma, dGammas, 9);
    check("instanceNormGradAdd of beta", dBeta, dBetas, 9);
    free(x.base), free(gamma.base), free(beta.base), free(stats.base), free(dy.base), free(starts.base);
}

static void unfoldings(void) {
    unfolds(3, 2, 1);
    unfolds(1, 1, 0);
    unfolds(1, 2, 0);
    unfolds(5, 1, 2);
    unfolds(3, 4, 1);
}

static void optimizers(void) {
    Floats gradient = randoms(COUNT, -1, 1), m = randoms(COUNT, -0.1, 0.1), v = randoms(COUNT, 0, 0.1);
    Floats p = randoms(COUNT, -1, 1), velocity[2], parameter[2];
    double ms[COUNT], vs[COUNT], ps[COUNT], velocities[2][COUNT], parameters[2][COUNT];
    float decay = 0.1f, rate = 0.01f, root = 0.05f, momentum = 0.9f;
    for (int i = 0; i < COUNT; i++) {
        float g = data(gradient)[i] + decay * data(p)[i];
        float first = 0.9f * data(m)[i] + 0.1f * g, second = 0.999f * data(v)[i] + 0.001f * g * g;
        ms[i] = first;
        vs[i] = second;
        ps[i] = 0.98f * data(p)[i] - rate * first / (sqrtf(second) / root + 1e-8f);
    }
    LAUNCH_ELEMENTS(adam, COUNT, 0.9f, 0.1f, 0.999f, 0.001f, rate, root, 1e-8f, decay, 0.98f, PASS(gradient), PASS(m),
                    PASS(v), PASS(p));
    check("first moment", m, ms, EXACT);
    check("second moment", v, vs, EXACT);
    check("adam", p, ps, EXACT);
    for (int step = 0; step < 2; step++) {
        velocity[step] = randoms(COUNT, -1, 1), parameter[step] = randoms(COUNT, -1, 1);
        for (int i = 0; i < COUNT; i++) {
            float at = data(parameter[step])[i], g = data(gradient)[i] + decay * at;
            float moved = step == 0 ? g : momentum * data(velocity[step])[i] + g;
            velocities[step][i] = moved;
            float direction = step == 1 ? g + momentum * moved : moved;
            parameters[step][i] = at - rate * direction;
        }
        LAUNCH_ELEMENTS(sgd, COUNT, rate, momentum, decay, step == 1, step == 0, PASS(gradient), PASS(velocity[step]),
                        PASS(parameter[step]));
        check("velocity", velocity[step], velocities[step], EXACT);
        check("sgd", parameter[step], parameters[step], EXACT);
    }
    free(gradient.base);
}

static const Test tests[] = {
    {"functions", functions}, {"elementwise", elementwise}, {"dropout", dropouts}, {"indices", indices},
    {"sequences", sequences}, {"unfold", unfoldings}, {"instanceNorm", instanceNorms}, {"optimizers", optimizers}, {0}};

int main(int count, char **values) {
    return run_all(count, values, tests);
}
