/* The GRU in the same way as the LSTM (lstm.c): a whole layer in one launch, one group a sequence, the weights in
 * registers up to H = 96 (`gru32`, `gru64`, `gru96`) and from the cache above (`gruWide`). The gates are r z n; gates
 * [total, 4H] holds r, z, n and U_n h' + c_n. Forward has the bits of VectorGru, backward bits of its own. */

/* ---- forward ---- */

/* With a = U h' + c: r, z = sigmoid(projected + a), n = tanh(projected_n + r a_n), h = (1 - z) n + z h', written as
 * n + z (h' - n). Item gate · units + unit has one row of U. */
DEVICE void gruForward(
        int units,
        int H,
        int reverse,
        int start,
        int length,
        GLOBAL const float *RESTRICT projected,
        GLOBAL const float *RESTRICT weightHh,
        GLOBAL const float *RESTRICT biasHh,
        GLOBAL float *RESTRICT gates,
        GLOBAL float *RESTRICT out,
        LOCAL float *state,
        LOCAL float *activated) {
    int gate = ITEM() / units;
    int h = ITEM() % units;
    int live = h < H; /* the others compute with zeros */
    int u = gate * H + h;
    float w[UNITS_MOST];
    UNROLL
    for (int p = 0; p < units; p++) {
        w[p] = live && p < H ? weightHh[u * H + p] : 0.0f;
    }
    float bias = live ? biasHh[u] : 0.0f;
    if (gate == 0) {
        state[h] = 0.0f;
    }
    int row = rowOfStep(reverse, start, length, 0);
    float next = live ? projected[(Index) row * 3 * H + u] : 0.0f;
    BARRIER();
    for (int step = 0; step < length; step++) {
        float in = next;
        int nextRow = rowOfStep(reverse, start, length, step + 1);
        if (live && step + 1 < length) {
            next = projected[(Index) nextRow * 3 * H + u]; /* read a step early */
        }
        float sum = 0.0f;
        UNROLL
        for (int p = 0; p < units; p++) {
            sum = FMA(w[p], state[p], sum);
        }
        float a = bias + sum;
        if (gate < 2) {
            float y = sigmoidOf(in + a);
            activated[ITEM()] = y;
            if (live) {
                gates[(Index) row * 4 * H + u] = y;
            }
        }
        BARRIER();
        if (gate == 2) {
            float candidate = tanhOf(FMA(activated[h], a, in));
            float hidden = FMA(activated[units + h], state[h] - candidate, candidate);
            state[h] = hidden;
            if (live) {
                gates[(Index) row * 4 * H + u] = candidate;
                gates[(Index) row * 4 * H + 3 * H + h] = a;
                out[(Index) row * H + h] = hidden;
            }
        }
        BARRIER();
        row = nextRow;
    }
}

/* projected [total, 3H], weightHh U [3H, H], biasHh c [3H], gates [total, 4H] and out h [total, H] are written.
 * launch: one group a sequence; H <= size. */
#define GRU(size) \
    KERNEL(gru##size, 3 * size) \
    (int H, int reverse, INTS(starts), IN(projected), IN(weightHh), IN(biasHh), OUT(gates), OUT(out)) { \
        INTS_FROM(starts); \
        FROM(projected); \
        FROM(weightHh); \
        FROM(biasHh); \
        TO(gates); \
        TO(out); \
        SHARED(float, state, size); \
        SHARED(float, activated, 2 * size); \
        int start = starts[GROUP(0)]; \
        int length = starts[GROUP(0) + 1] - start; \
        gruForward(size, H, reverse, start, length, projected, weightHh, biasHh, gates, out, state, activated); \
    }
GRU(32)
GRU(64)
GRU(96)

/* The same for any H, with weightHhT = Uᵀ [H, 3H] (`transpose`).
 * launch: one group a sequence. */
KERNEL(gruWide, WIDE_ITEMS)
(int H, int reverse, INTS(starts), IN(projected), IN(weightHhT), IN(biasHh), OUT(gates), OUT(out)) {
    INTS_FROM(starts);
    FROM(projected);
    FROM(weightHhT);
    FROM(biasHh);
    TO(gates);
    TO(out);
    int start = starts[GROUP(0)];
    int length = starts[GROUP(0) + 1] - start;
    for (int step = 0; step < length; step++) {
        Index row = rowOfStep(reverse, start, length, step);
        Index before = rowOfStep(reverse, start, length, step - 1);
        GLOBAL const float *in = projected + row * 3 * H;
        GLOBAL float *gate = gates + row * 4 * H;
        for (int u = ITEM(); u < 3 * H; u += WIDE_ITEMS) {
            float a = biasHh[u];
            if (step > 0) {
                a = addProduct(a, H, weightHhT + u, 3 * H, out + before * H);
            }
            if (u < 2 * H) {
                gate[u] = sigmoidOf(in[u] + a);
            } else {
                gate[H + u] = a; /* the last quarter */
            }
        }
        BARRIER();
        for (int h = ITEM(); h < H; h += WIDE_ITEMS) {
            float candidate = tanhOf(FMA(gate[h], gate[3 * H + h], in[2 * H + h]));
            float hiddenBefore = step > 0 ? out[before * H + h] : 0.0f;
            gate[2 * H + h] = candidate;
            out[row * H + h] = FMA(gate[H + h], hiddenBefore - candidate, candidate);
        }
        BARRIER();
    }
}

/* ---- backward ---- */

/* What one unit needs at one step. */
typedef struct {
    float reset, update, candidate, hiddenN, hiddenBefore, dHidden;
} GruStep;

/* The gradients of a unit's sums U h' + c for r, z, n, of projected_n, and what reaches h' directly. */
typedef struct {
    float reset, update, hiddenN, candidate, dHiddenBefore;
} GruGradient;

DEVICE GruStep gruStep(
        int H, int h, int row, int before, int hasBefore, GLOBAL const float *gates, GLOBAL const float *out,
        GLOBAL const float *dOut) {
    GLOBAL const float *gate = gates + (Index) row * 4 * H + h;
    GruStep now;
    now.reset = gate[0];
    now.update = gate[H];
    now.candidate = gate[2 * H];
    now.hiddenN = gate[3 * H];
    now.hiddenBefore = hasBefore ? out[(Index) before * H + h] : 0.0f;
    now.dHidden = dOut[(Index) row * H + h];
    return now;
}

/* One step of one unit backwards; dHiddenAfter is what the later step passes back. */
DEVICE GruGradient gruPassBack(GruStep now, float dHiddenAfter) {
    float d = now.dHidden + dHiddenAfter;
    float keep = 1.0f - now.update;
    GruGradient da;
    da.candidate = d * keep * (1.0f - now.candidate * now.candidate);
    da.reset = da.candidate * now.hiddenN * now.reset * (1.0f - now.reset);
    da.update = d * (now.hiddenBefore - now.candidate) * now.update * keep;
    da.hiddenN = da.candidate * now.reset;
    da.dHiddenBefore = d * now.update;
    return da;
}

/* As lstmBackward. da [4, units] holds the gradients of U h' + c for r, z, n, then that of projected_n. */
DEVICE void gruBackward(
        int units,
        int H,
        int reverse,
        int start,
        int length,
        GLOBAL const float *RESTRICT weightHh,
        GLOBAL const float *RESTRICT gates,
        GLOBAL const float *RESTRICT out,
        GLOBAL const float *RESTRICT dOut,
        GLOBAL float *RESTRICT dProjected,
        GLOBAL float *RESTRICT dGates,
        GLOBAL float *RESTRICT previous,
        LOCAL float *da,
        LOCAL float *parts) {
    int gate = ITEM() / units;
    int h = ITEM() % units;
    int live = h < H;
    int u = gate * H + h;
    float w[UNITS_MOST];
    UNROLL
    for (int p = 0; p < units; p++) {
        w[p] = live && p < H ? weightHh[(gate * H + p) * H + h] : 0.0f;
    }
    float dHidden = 0.0f;
    int row = rowOfStep(reverse, start, length, length - 1);
    int before = rowOfStep(reverse, start, length, length - 2);
    GruStep now = {0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f};
    float projectedBefore = 0.0f;
    if (live) {
        now = gruStep(H, h, row, before, length > 1, gates, out, dOut);
        projectedBefore = dProjected[(Index) row * 3 * H + u];
    }
    for (int step = length - 1; step >= 0; step--) {
        if (gate == 0) {
            GruGradient gradient = gruPassBack(now, dHidden);
            da[h] = gradient.reset;
            da[units + h] = gradient.update;
            da[2 * units + h] = gradient.hiddenN;
            da[3 * units + h] = gradient.candidate;
            dHidden = gradient.dHiddenBefore;
            if (live) {
                previous[(Index) row * H + h] = now.hiddenBefore;
            }
        }
        BARRIER();
        if (live) {
            dGates[(Index) row * 3 * H + u] = da[ITEM()];
            dProjected[(Index) row * 3 * H + u] = projectedBefore + da[gate < 2 ? ITEM() : 3 * units + h];
        }
        row = before;
        before = rowOfStep(reverse, start, length, step - 2);
        if (live && step > 0) { /* read a step early */
            now = gruStep(H, h, row, before, step > 1, gates, out, dOut);
            projectedBefore = dProjected[(Index) row * 3 * H + u];
        }
        float sum = 0.0f;
        UNROLL
        for (int p = 0; p < units; p++) {
            sum = FMA(da[gate * units + p], w[p], sum);
        }
        parts[ITEM()] = sum;
        BARRIER();
        if (gate == 0) {
            dHidden += parts[h] + parts[units + h] + parts[2 * units + h];
        }
    }
}

/* dProjected [total, 3H] += its gradient. dGates [total, 3H] receives the gradient of U h' + c and previous [total,
 * H] receives h': the host adds the gradients of weights and biases from them as for the LSTM. dOut [total, H].
 * launch: one group a sequence; H <= size. */
#define GRU_GRAD(size) \
    KERNEL(gruGrad##size, 3 * size) \
    (int H, int reverse, INTS(starts), IN(weightHh), IN(gates), IN(out), IN(dOut), OUT(dProjected), OUT(dGates), \
            OUT(previous)) { \
        INTS_FROM(starts); \
        FROM(weightHh); \
        FROM(gates); \
        FROM(out); \
        FROM(dOut); \
        TO(dProjected); \
        TO(dGates); \
        TO(previous); \
        SHARED(float, da, 4 * size); \
        SHARED(float, parts, 3 * size); \
        int start = starts[GROUP(0)]; \
        int length = starts[GROUP(0) + 1] - start; \
        gruBackward( \
                size, H, reverse, start, length, weightHh, gates, out, dOut, dProjected, dGates, previous, da, \
                parts); \
    }
GRU_GRAD(32)
GRU_GRAD(64)
GRU_GRAD(96)

/* The same for any H. carry [sequences, H] is working memory: what each unit passes back to h'.
 * launch: one group a sequence. */
KERNEL(gruGradWide, WIDE_ITEMS)
(int H, int reverse, INTS(starts), IN(weightHh), IN(gates), IN(out), IN(dOut), OUT(dProjected), OUT(dGates),
        OUT(previous), OUT(carry)) {
    INTS_FROM(starts);
    FROM(weightHh);
    FROM(gates);
    FROM(out);
    FROM(dOut);
    TO(dProjected);
    TO(dGates);
    TO(previous);
    TO(carry);
    int start = starts[GROUP(0)];
    int length = starts[GROUP(0) + 1] - start;
    carry += (Index) GROUP(0) * H;
    for (int step = length - 1; step >= 0; step--) {
        int row = rowOfStep(reverse, start, length, step);
        int before = rowOfStep(reverse, start, length, step - 1);
        GLOBAL float *da = dGates + (Index) row * 3 * H;
        GLOBAL float *to = dProjected + (Index) row * 3 * H;
        for (int h = ITEM(); h < H; h += WIDE_ITEMS) {
            GruStep now = gruStep(H, h, row, before, step > 0, gates, out, dOut);
            GruGradient gradient = gruPassBack(now, step + 1 < length ? carry[h] : 0.0f);
            da[h] = gradient.reset;
            da[H + h] = gradient.update;
            da[2 * H + h] = gradient.hiddenN;
            to[h] += gradient.reset;
            to[H + h] += gradient.update;
            to[2 * H + h] += gradient.candidate;
            carry[h] = gradient.dHiddenBefore;
            previous[(Index) row * H + h] = now.hiddenBefore;
        }
        BARRIER();
        for (int h = ITEM(); h < H; h += WIDE_ITEMS) {
            float sums[3] = {0.0f, 0.0f, 0.0f};
            for (int p = 0; p < H; p++) {
                UNROLL
                for (int gate = 0; gate < 3; gate++) {
                    sums[gate] = FMA(da[gate * H + p], weightHh[(Index) (gate * H + p) * H + h], sums[gate]);
                }
            }
            carry[h] += sums[0] + sums[1] + sums[2];
        }
    }
}
