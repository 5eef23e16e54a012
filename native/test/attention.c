/* The kernels of kernels/attention.c against plain loops in double: ragged, causal, several heads, with dropout, with a
 * bias by position. */
#include "harness.h"

#define SEQUENCES 3

typedef struct {
    int heads, d, causal, reach, unbiased;
    uint threshold;
    Ints queryStarts, keyStarts, utterances;
    const int *queryOf, *keyOf, *utterancesOf;
    Floats q, k, v, table, gate;
} Call;

/* The mask's key and the like, but for the threshold. */
#define SEED 77u
#define STEP 3u
#define STREAM 9u
#define FIRST_ORDINAL 4
#define MASK_OF(x) \
    SEED, STEP, STREAM, (x).threshold, kept_scale((x).threshold), FIRST_ORDINAL, 1, PASS((x).utterances)

static float kept_scale(uint threshold) {
    return 65536.0f / (float) (65536 - threshold);
}

static int width(Call x) {
    return x.heads * x.d;
}

static float scale_of(Call x) {
    return (float) (1 / sqrt(x.d));
}

static int longest(const int *starts) {
    int most = 0;
    for (int i = 0; i < SEQUENCES; i++) {
        most = MAX(most, starts[i + 1] - starts[i]);
    }
    return most;
}

/* unbiased < 0: without a bias. Self-attention, where there is one or where it is causal. */
static Call call(int heads, int d, int causal, uint threshold, int unbiased) {
    INTS_OF(queryStarts, 0, 2, 21, 22);
    INTS_OF(keyStarts, 0, 17, 18, 23);
    INTS_OF(utterances, 5, 0, 2);
    Ints keys = causal || unbiased >= 0 ? queryStarts : keyStarts;
    Call x = {heads, d, causal, unbiased < 0 ? -1 : 20, unbiased, threshold, queryStarts, keys, utterances,
              queryStarts_of, keys.base + OFFSET, utterances_of, randoms(22 * heads * d, -2, 2),
              randoms(23 * heads * d, -2, 2), randoms(23 * heads * d, -1, 1), randoms(41 * heads, -2, 2),
              randoms(22 * heads, -1, 2)};
    (void) keyStarts_of;
    return x;
}

static int keys_read(Call x, int i, int t) {
    return x.causal ? t + 1 : x.keyOf[i + 1] - x.keyOf[i];
}

/* Element 0 of a row of a head. */
static Index at(Call x, int row, int head) {
    return (Index) row * width(x) + head * x.d;
}

static int biased(Call x, int t, int j) {
    return x.reach >= 0 && t >= x.unbiased && j >= x.unbiased;
}

static int at_table(Call x, int t, int j, int head) {
    return (x.reach + j - t) * x.heads + head;
}

static double gate_of(Call x, int i, int t, int head) {
    return data(x.gate)[(x.queryOf[i] + t) * x.heads + head];
}

/* The weights of one query before dropout, and their factors; returns the log-sum-exp. */
static double weights_of(Call x, int i, int t, int head, double *weights, double *factors) {
    const float *q = data(x.q) + at(x, x.queryOf[i] + t, head);
    int keys = keys_read(x, i, t);
    double max = -INFINITY, sum = 0;
    for (int j = 0; j < keys; j++) {
        weights[j] = 0;
        for (int c = 0; c < x.d; c++) {
            weights[j] += (double) q[c] * data(x.k)[at(x, x.keyOf[i] + j, head) + c];
        }
        weights[j] *= scale_of(x);
        weights[j] += biased(x, t, j) ? gate_of(x, i, t, head) * data(x.table)[at_table(x, t, j, head)] : 0;
        max = weights[j] != weights[j] || max != max ? NAN : fmax(max, weights[j]);
    }
    for (int j = 0; j < keys; j++) {
        weights[j] = exp(weights[j] - max);
        sum += weights[j];
    }
    for (int j = 0; j < keys; j++) {
        uint words[4];
        philox(SEED, STEP, STREAM, (uint) (FIRST_ORDINAL + x.utterancesOf[i]), (uint) (t * x.heads + head),
               (uint) j / 8, words);
        uint bits = words[j % 8 / 2] >> (j % 2 * 16) & 0xFFFF;
        weights[j] /= sum;
        factors[j] = bits >= x.threshold ? kept_scale(x.threshold) : 0;
    }
    return max + log(sum);
}

static void forward(Call x, double *logSumExp, double *out) {
    double weights[32], factors[32];
    for (int i = 0; i < SEQUENCES; i++) {
        for (int t = 0; t < x.queryOf[i + 1] - x.queryOf[i]; t++) {
            for (int head = 0; head < x.heads; head++) {
                int row = x.queryOf[i] + t;
                logSumExp[row * x.heads + head] = weights_of(x, i, t, head, weights, factors);
                for (int c = 0; c < x.d; c++) {
                    double sum = 0;
                    for (int j = 0; j < keys_read(x, i, t); j++) {
                        sum += weights[j] * factors[j] * data(x.v)[at(x, x.keyOf[i] + j, head) + c];
                    }
                    out[at(x, row, head) + c] = sum;
                }
            }
        }
    }
}

static void backward(
        Call x, const double *out, const float *dOut, double *dq, double *dk, double *dv, double *dTable, double *dGate) {
    double weights[32], factors[32];
    for (int i = 0; i < SEQUENCES; i++) {
        for (int t = 0; t < x.queryOf[i + 1] - x.queryOf[i]; t++) {
            for (int head = 0; head < x.heads; head++) {
                Index here = at(x, x.queryOf[i] + t, head);
                weights_of(x, i, t, head, weights, factors);
                double dot = 0;
                for (int c = 0; c < x.d; c++) {
                    dot += dOut[here + c] * out[here + c];
                }
                for (int j = 0; j < keys_read(x, i, t); j++) {
                    Index key = at(x, x.keyOf[i] + j, head);
                    double dWeight = 0;
                    for (int c = 0; c < x.d; c++) {
                        dWeight += (double) dOut[here + c] * data(x.v)[key + c];
                        dv[key + c] += weights[j] * factors[j] * dOut[here + c];
                    }
                    double dScore = weights[j] * (factors[j] * dWeight - dot);
                    for (int c = 0; c < x.d; c++) {
                        dq[here + c] += dScore * scale_of(x) * data(x.k)[key + c];
                        dk[key + c] += dScore * scale_of(x) * data(x.q)[here + c];
                    }
                    if (biased(x, t, j)) {
                        dTable[at_table(x, t, j, head)] += dScore * gate_of(x, i, t, head);
                        dGate[(x.queryOf[i] + t) * x.heads + head] += dScore * data(x.table)[at_table(x, t, j, head)];
                    }
                }
            }
        }
    }
}

static void add_to(double *to, Floats x) {
    for (int i = 0; i < x.count; i++) {
        to[i] += data(x)[i];
    }
}

static void check_call(Call x) {
    int queries = x.queryOf[SEQUENCES], keys = x.keyOf[SEQUENCES];
    int queryTiles = (longest(x.queryOf) + TILE - 1) / TILE, keyTiles = (longest(x.keyOf) + TILE - 1) / TILE;
    int parts = (x.d + GROUP_COLUMNS - 1) / GROUP_COLUMNS, terms = 4 * (width(x) + longest(x.keyOf));
    Floats logSumExp = floats(queries * x.heads), out = floats(queries * width(x)), dots = floats(queries * x.heads);
    Floats dOut = randoms(queries * width(x), -1, 1), dq = randoms(queries * width(x), -1, 1);
    Floats dk = randoms(keys * width(x), -1, 1), dv = randoms(keys * width(x), -1, 1);
    Floats dTable = randoms(41 * x.heads, -1, 1), gateSums = floats(queries * x.heads);
    double expectedLog[queries * x.heads], expected[queries * width(x)];
    double dqs[queries * width(x)], dks[keys * width(x)], dvs[keys * width(x)];
    double dTables[41 * x.heads], dGates[queries * x.heads];
    forward(x, expectedLog, expected);
    memset(dqs, 0, sizeof dqs), memset(dks, 0, sizeof dks), memset(dvs, 0, sizeof dvs);
    memset(dTables, 0, sizeof dTables), memset(dGates, 0, sizeof dGates);
    backward(x, expected, data(dOut), dqs, dks, dvs, dTables, dGates);
    add_to(dqs, dq), add_to(dks, dk), add_to(dvs, dv), add_to(dTables, dTable);
#define SIZES(tiles) tiles, width(x), x.heads, x.causal, scale_of(x), PASS(x.queryStarts), PASS(x.keyStarts)
#define BIAS x.reach, x.unbiased, PASS(x.table), PASS(x.gate)
    LAUNCH(attention, queryTiles * SEQUENCES, x.heads, parts, SIZES(queryTiles), PASS(x.q), PASS(x.k), PASS(x.v),
           MASK_OF(x), BIAS, PASS(logSumExp), PASS(out));
    LAUNCH_ELEMENTS(attentionDots, queries, width(x), x.heads, PASS(out), PASS(dOut), PASS(dots));
    LAUNCH(attentionGradQueries, queryTiles * SEQUENCES, x.heads, parts, SIZES(queryTiles), PASS(x.q), PASS(x.k),
           PASS(x.v), MASK_OF(x), BIAS, PASS(logSumExp), PASS(dots), PASS(dOut), PASS(dq), PASS(gateSums));
    LAUNCH(attentionGradKeys, keyTiles * SEQUENCES, x.heads, parts, SIZES(keyTiles), PASS(x.q), PASS(x.k), PASS(x.v),
           MASK_OF(x), BIAS, PASS(logSumExp), PASS(dots), PASS(dOut), PASS(dk), PASS(dv));
    if (x.reach >= 0) {
        LAUNCH_ELEMENTS(attentionGradTable, SEQUENCES, longest(x.queryOf), width(x), x.heads, x.causal, scale_of(x),
                        PASS(x.queryStarts), PASS(x.q), PASS(x.k), PASS(x.v), MASK_OF(x), BIAS, PASS(logSumExp),
                        PASS(dots), PASS(dOut), PASS(dTable));
        check("dTable", dTable, dTables, terms);
        check("gateSums", gateSums, dGates, terms);
    } else {
        free(dTable.base), free(gateSums.base);
    }
    check("logSumExp", logSumExp, expectedLog, terms);
    check("out", out, expected, terms);
    check("dq", dq, dqs, terms);
    check("dk", dk, dks, terms);
    check("dv", dv, dvs, terms);
    free(dots.base), free(dOut.base);
}

static void check_weights(Call x) {
    int queries = x.queryOf[SEQUENCES], count = 0;
    double expected[32 * 32], weights[32], factors[32];
    for (int i = 0; i < SEQUENCES; i++) {
        int keys = x.keyOf[i + 1] - x.keyOf[i];
        for (int t = 0; t < x.queryOf[i + 1] - x.queryOf[i]; t++) {
            for (int j = 0; j < keys; j++) {
                expected[count + j] = 0;
            }
            for (int head = 0; head < x.heads; head++) {
                weights_of(x, i, t, head, weights, factors);
                for (int j = 0; j < keys_read(x, i, t); j++) {
                    expected[count + j] += weights[j] / x.heads;
                }
            }
            count += keys;
        }
    }
    Floats out = floats(count);
    LAUNCH(attentionWeights, queries, 1, 1, SIZES(SEQUENCES), PASS(x.q), PASS(x.k), PASS(out));
    check("weights", out, expected, 4 * width(x));
}

static void free_call(Call x) {
    free(x.q.base), free(x.k.base), free(x.v.base), free(x.table.base), free(x.gate.base);
    free(x.queryStarts.base), free(x.utterances.base);
    if (x.keyOf != x.queryOf) {
        free(x.keyStarts.base);
    }
}

static void attentions(void) {
    const struct {
        int heads, d, causal;
        uint threshold;
        int unbiased;
    } calls[] = {{1, 37, 0, 20000, 1}, {1, 37, 0, 20000, -1}, {2, 5, 0, 0, -1}, {1, 67, 1, 0, -1}, {2, 3, 1, 13107, -1},
                 {2, 5, 1, 13107, 0}, {2, 67, 0, 0, 2}};
    for (int i = 0; i < (host_quick ? 2 : 7); i++) {
        Call x = call(calls[i].heads, calls[i].d, calls[i].causal, calls[i].threshold, calls[i].unbiased);
        check_call(x);
        if (x.reach < 0) {
            check_weights(x); /* that kernel knows no bias */
        }
        free_call(x);
    }
}

/* A NaN in the last row of a sequence reaches no causal query before it. */
static void causal_nan(void) {
    Call x = call(1, 5, 1, 0, 0);
    int last = x.queryOf[2] - 1;
    data(x.k)[at(x, last, 0)] = NAN;
    data(x.v)[at(x, last, 0) + 1] = NAN;
    check_call(x);
    free_call(x);
}

static const Test tests[] = {{"attention", attentions}, {"causal NaN", causal_nan}, {0}};

int main(int count, char **values) {
    return run_all(count, values, tests);
}
