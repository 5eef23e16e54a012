/* The kernels of kernels/lstm.c and kernels/gru.c: forward to the last bit against plain loops in float with
 * VectorGemm's sums, backward against plain loops in double; and the sizes in registers against those from memory. */
#include "harness.h"

#define SEQUENCES 3
#define TOTAL 8
#define GATES_MOST 4

typedef struct {
    int gates, H, reverse; /* gates: 4 for the LSTM, 3 for the GRU */
    Ints starts;
    const int *of;
    Floats projected, weight, transposed, bias;
} Layer;

static Layer layer(int gates, int H, int reverse) {
    INTS_OF(starts, 0, 3, 4, TOTAL);
    double scale = 1 / sqrt(H);
    Layer x = {gates, H, reverse, starts, starts_of, randoms(TOTAL * gates * H, -2, 2),
               randoms(gates * H * H, -scale, scale), floats(gates * H * H), randoms(gates * H, -1, 1)};
    LAUNCH_ELEMENTS(transpose, gates * H, H, PASS(x.weight), PASS(x.transposed));
    return x;
}

static void free_layer(Layer x) {
    free(x.starts.base), free(x.projected.base), free(x.weight.base), free(x.transposed.base), free(x.bias.base);
}

static int row_of(Layer x, int i, int step) {
    return x.reverse ? x.of[i + 1] - 1 - step : x.of[i] + step;
}

/* sum + U[u] · h', the sum as VectorGemm defines it. */
static float add_product(Layer x, float sum, int u, const double *h) {
    for (int from = 0; from < x.H; from += 256) {
        float block = 0;
        for (int p = from; p < x.H && p < from + 256; p++) {
            block = fmaf(data(x.weight)[u * x.H + p], (float) h[p], block);
        }
        sum += block;
    }
    return sum;
}

/* gates [TOTAL, 4H], out [TOTAL, H] and cells [TOTAL, H]. */
static void forward(Layer x, double *gates, double *out, double *cells) {
    int H = x.H;
    for (int i = 0; i < SEQUENCES; i++) {
        for (int step = 0; step < x.of[i + 1] - x.of[i]; step++) {
            int row = row_of(x, i, step), before = row_of(x, i, step - 1);
            const float *in = data(x.projected) + row * x.gates * H;
            double *gate = gates + row * 4 * H;
            for (int h = 0; h < H; h++) {
                float a[GATES_MOST];
                for (int g = 0; g < x.gates; g++) {
                    int u = g * H + h;
                    a[g] = (x.gates == 4 ? in[u] : 0) + data(x.bias)[u];
                    a[g] = step > 0 ? add_product(x, a[g], u, out + before * H) : a[g];
                }
                if (x.gates == 4) {
                    float input = sigmoidOf(a[0]), forget = sigmoidOf(a[1]), candidate = tanhOf(a[2]);
                    float output = sigmoidOf(a[3]), cell = step > 0 ? (float) cells[before * H + h] : 0;
                    cell = fmaf(forget, cell, input * candidate);
                    gate[h] = input, gate[H + h] = forget, gate[2 * H + h] = candidate, gate[3 * H + h] = output;
                    cells[row * H + h] = cell;
                    out[row * H + h] = output * tanhOf(cell);
                } else {
                    float reset = sigmoidOf(in[h] + a[0]), update = sigmoidOf(in[H + h] + a[1]);
                    float candidate = tanhOf(fmaf(reset, a[2], in[2 * H + h]));
                    float last = step > 0 ? (float) out[before * H + h] : 0;
                    gate[h] = reset, gate[H + h] = update, gate[2 * H + h] = candidate, gate[3 * H + h] = a[2];
                    out[row * H + h] = fmaf(update, last - candidate, candidate);
                }
            }
        }
    }
}

/* Launches the kernel of a size (0: wide), which may be larger than H needs. */
#define RUN(kind, size, ...) \
    do { \
        if (size == 0) { \
            LAUNCH(kind##Wide, SEQUENCES, 1, 1, __VA_ARGS__); \
        } else if (size == 32) { \
            LAUNCH(kind##32, SEQUENCES, 1, 1, __VA_ARGS__); \
        } else if (size == 64) { \
            LAUNCH(kind##64, SEQUENCES, 1, 1, __VA_ARGS__); \
        } else { \
            LAUNCH(kind##96, SEQUENCES, 1, 1, __VA_ARGS__); \
        } \
    } while (0)

static void check_forward(int gateCount, int size, int H, int reverse) {
    Layer x = layer(gateCount, H, reverse);
    double gates[TOTAL * 4 * H], out[2 * TOTAL * H];
    forward(x, gates, out, out + TOTAL * H);
    Floats toGates = floats(TOTAL * 4 * H), toOut = floats((gateCount == 4 ? 2 : 1) * TOTAL * H);
    Floats weight = size == 0 ? x.transposed : x.weight;
    if (gateCount == 4) {
        RUN(lstm, size, H, reverse, PASS(x.starts), PASS(x.projected), PASS(weight), PASS(x.bias), PASS(toGates),
            PASS(toOut));
    } else {
        RUN(gru, size, H, reverse, PASS(x.starts), PASS(x.projected), PASS(weight), PASS(x.bias), PASS(toGates),
            PASS(toOut));
    }
    check("gates", toGates, gates, EXACT);
    check("out", toOut, out, EXACT);
    free_layer(x);
}

/* dGates [TOTAL, gates · H] of U h' + c, dProjected likewise (they differ in the GRU's n), previous [TOTAL, H]. */
static void backward(
        Layer x, const float *gates, const float *out, const float *dOut, double *dGates, double *dProjected,
        double *previous) {
    int H = x.H, width = x.gates * H;
    for (int i = 0; i < SEQUENCES; i++) {
        double dh[H], dCell[H];
        memset(dh, 0, sizeof dh);
        memset(dCell, 0, sizeof dCell);
        for (int step = x.of[i + 1] - x.of[i] - 1; step >= 0; step--) {
            int row = row_of(x, i, step), before = row_of(x, i, step - 1);
            double *da = dGates + row * width, *to = dProjected + row * width;
            for (int h = 0; h < H; h++) {
                const float *gate = gates + row * 4 * H + h;
                double last = step > 0 ? out[before * H + h] : 0, d = dOut[row * H + h] + dh[h];
                previous[row * H + h] = last;
                if (x.gates == 4) {
                    double input = gate[0], forget = gate[H], candidate = gate[2 * H], output = gate[3 * H];
                    double cell = step > 0 ? out[(TOTAL + before) * H + h] : 0, y = tanh(out[(TOTAL + row) * H + h]);
                    double dC = dOut[(TOTAL + row) * H + h] + dCell[h] + d * output * (1 - y * y);
                    da[h] = dC * candidate * input * (1 - input);
                    da[H + h] = dC * cell * forget * (1 - forget);
                    da[2 * H + h] = dC * input * (1 - candidate * candidate);
                    da[3 * H + h] = d * y * output * (1 - output);
                    dCell[h] = dC * forget;
                    dh[h] = 0;
                } else {
                    double reset = gate[0], update = gate[H], candidate = gate[2 * H];
                    double dn = d * (1 - update) * (1 - candidate * candidate);
                    da[h] = dn * gate[3 * H] * reset * (1 - reset);
                    da[H + h] = d * (last - candidate) * update * (1 - update);
                    da[2 * H + h] = dn * reset;
                    to[2 * H + h] += dn - da[2 * H + h];
                    dh[h] = d * update;
                }
            }
            for (int u = 0; u < width; u++) {
                to[u] += da[u];
                for (int h = 0; h < H; h++) {
                    dh[h] += da[u] * data(x.weight)[u * H + h];
                }
            }
        }
    }
}

static void check_backward(int gateCount, int size, int H, int reverse) {
    Layer x = layer(gateCount, H, reverse);
    int width = gateCount * H, states = (gateCount == 4 ? 2 : 1) * TOTAL * H;
    Floats gates = randoms(TOTAL * 4 * H, 0, 1), out = randoms(states, -1, 1), dOut = randoms(states, -1, 1);
    Floats dProjected = randoms(TOTAL * width, -1, 1), dGates = floats(TOTAL * width), previous = floats(TOTAL * H);
    Floats carry = floats(SEQUENCES * 2 * H);
    double expectedGates[TOTAL * width], expectedProjected[TOTAL * width], expectedPrevious[TOTAL * H];
    for (int i = 0; i < TOTAL * width; i++) {
        expectedProjected[i] = data(dProjected)[i];
    }
    backward(x, data(gates), data(out), data(dOut), expectedGates, expectedProjected, expectedPrevious);
#define SIZED H, reverse, PASS(x.starts), PASS(x.weight), PASS(gates), PASS(out), PASS(dOut), PASS(dProjected), \
            PASS(dGates), PASS(previous)
    if (size == 0 && gateCount == 4) {
        LAUNCH(lstmGradWide, SEQUENCES, 1, 1, SIZED, PASS(carry));
    } else if (size == 0) {
        LAUNCH(gruGradWide, SEQUENCES, 1, 1, SIZED, PASS(carry));
    } else if (size == 32 && gateCount == 4) {
        LAUNCH(lstmGrad32, SEQUENCES, 1, 1, SIZED);
    } else if (size == 32) {
        LAUNCH(gruGrad32, SEQUENCES, 1, 1, SIZED);
    } else if (size == 64 && gateCount == 4) {
        LAUNCH(lstmGrad64, SEQUENCES, 1, 1, SIZED);
    } else if (size == 64) {
        LAUNCH(gruGrad64, SEQUENCES, 1, 1, SIZED);
    } else if (gateCount == 4) {
        LAUNCH(lstmGrad96, SEQUENCES, 1, 1, SIZED);
    } else {
        LAUNCH(gruGrad96, SEQUENCES, 1, 1, SIZED);
    }
    check("dGates", dGates, expectedGates, H * TOTAL);
    check("dProjected", dProjected, expectedProjected, H * TOTAL);
    check("previous", previous, expectedPrevious, EXACT);
    free(gates.base), free(out.base), free(dOut.base), free(carry.base);
    free_layer(x);
}

static void both(int gates, int size, int H, int reverse) {
    check_forward(gates, size, H, reverse);
    check_backward(gates, size, H, reverse);
}

static void all_sizes(int gates) {
    both(gates, 32, 5, 0);
    both(gates, 0, 5, 1);
    if (host_quick) {
        return;
    }
    both(gates, 32, 32, 1);
    both(gates, 64, 33, 1);
    both(gates, 96, 70, 0);
    both(gates, 0, 133, 0);
    check_forward(gates, 64, 5, 0);
    check_forward(gates, 0, 261, 0); /* two blocks of 256 */
}

static void lstms(void) {
    all_sizes(4);
}

static void grus(void) {
    all_sizes(3);
}

/* Kept apart, so that a missing barrier of one is looked for with this one alone: `recurrent lstm`. */
static const Test tests[] = {{"lstm", lstms}, {"gru", grus}, {0}};

int main(int count, char **values) {
    return run_all(count, values, tests);
}
