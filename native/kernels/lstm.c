/* The LSTM: a whole layer in one launch, forward or backward; one group works through one sequence. Sizes: H
 * hidden, the gates i f g o; state zero before the first step. starts [sequences + 1], total = starts[sequences].
 *
 * A group must read all of U [4H, H] at each step. Up to H = 96 it lies in registers: `lstm32`, `lstm64` and
 * `lstm96` are one kernel for H up to 32, 64 and 96, with an item for each row of U, padded with zeros, and the
 * state in local memory. Above, `lstmWide` reads U from memory, that is from the cache, and works through global
 * memory alone.
 *
 * Forward, all of them have the bits of VectorLstm: a = (projected + c) + U h', the sums as gemm defines them.
 * Backward has bits of its own: what a state receives is summed gate by gate. */

/* The row of a step, as Recurrence.row; the row of the step before is one further towards the start of time. */
DEVICE int rowOfStep(int reverse, int start, int length, int step) {
    return reverse ? start + length - 1 - step : start + step;
}

/* The largest H whose weights lie in registers. */
#define UNITS_MOST 96

/* ---- forward ---- */

/* With a = projected + U h' + c: i, f, o = sigmoid(a_i, a_f, a_o), g = tanh(a_g); cell = f cell' + i g, h = o
 * tanh(cell). Item gate · units + unit has one row of U; `units` >= H is a constant after inlining. */
DEVICE void lstmForward(
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
        GLOBAL float *RESTRICT cells,
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
    float cell = 0.0f;
    if (gate == 0) {
        state[h] = 0.0f;
    }
    int row = rowOfStep(reverse, start, length, 0);
    float next = live ? projected[(Index) row * 4 * H + u] : 0.0f;
    BARRIER();
    for (int step = 0; step < length; step++) {
        float a = next + bias;
        int nextRow = rowOfStep(reverse, start, length, step + 1);
        if (live && step + 1 < length) {
            /* read a step early: it comes while the product is computed */
            next = projected[(Index) nextRow * 4 * H + u];
        }
        float sum = 0.0f;
        UNROLL
        for (int p = 0; p < units; p++) {
            sum = FMA(w[p], state[p], sum);
        }
        a += sum;
        float y = gate == 2 ? tanhOf(a) : sigmoidOf(a);
        activated[ITEM()] = y;
        if (live) {
            gates[(Index) row * 4 * H + u] = y;
        }
        BARRIER();
        if (gate == 0) {
            cell = FMA(activated[units + h], cell, y * activated[2 * units + h]);
            float hidden = activated[3 * units + h] * tanhOf(cell);
            state[h] = hidden;
            if (live) {
                cells[(Index) row * H + h] = cell;
                out[(Index) row * H + h] = hidden;
            }
        }
        BARRIER();
        row = nextRow;
    }
}

/* projected [total, 4H], weightHh U [4H, H], biasHh c [4H], gates [total, 4H] receives i f g o, out [2 total, H]
 * receives h, then cell.
 * launch: one group a sequence; H <= size. */
#define LSTM(size) \
    KERNEL(lstm##size, 4 * size) \
    (int H, int reverse, INTS(starts), IN(projected), IN(weightHh), IN(biasHh), OUT(gates), OUT(out)) { \
        INTS_FROM(starts); \
        FROM(projected); \
        FROM(weightHh); \
        FROM(biasHh); \
        TO(gates); \
        TO(out); \
        SHARED(float, state, size); \
        SHARED(float, activated, 4 * size); \
        int start = starts[GROUP(0)]; \
        int length = starts[GROUP(0) + 1] - start; \
        GLOBAL float *cells = out + (Index) starts[GROUPS(0)] * H; \
        lstmForward( \
                size, H, reverse, start, length, projected, weightHh, biasHh, gates, out, cells, state, activated); \
    }
LSTM(32)
LSTM(64)
LSTM(96)

/* The sum over p of w[p · stride] x[p], as gemm defines it, added to `to`. */
DEVICE float addProduct(float to, int count, GLOBAL const float *w, int stride, GLOBAL const float *x) {
    for (int from = 0; from < count; from += K_BLOCK) {
        float sum = 0.0f;
        for (int p = from; p < MIN(from + K_BLOCK, count); p++) {
            sum = FMA(w[(Index) p * stride], x[p], sum);
        }
        to += sum;
    }
    return to;
}

/* The same for any H; instead of U it takes weightHhT = Uᵀ [H, 4H] (`transpose`), so that neighbouring items read
 * neighbouring weights.
 * launch: one group a sequence. */
#define WIDE_ITEMS 512
KERNEL(lstmWide, WIDE_ITEMS)
(int H, int reverse, INTS(starts), IN(projected), IN(weightHhT), IN(biasHh), OUT(gates), OUT(out)) {
    INTS_FROM(starts);
    FROM(projected);
    FROM(weightHhT);
    FROM(biasHh);
    TO(gates);
    TO(out);
    int start = starts[GROUP(0)];
    int length = starts[GROUP(0) + 1] - start;
    Index cells = (Index) starts[GROUPS(0)] * H;
    for (int step = 0; step < length; step++) {
        Index row = rowOfStep(reverse, start, length, step);
        Index before = rowOfStep(reverse, start, length, step - 1);
        for (int u = ITEM(); u < 4 * H; u += WIDE_ITEMS) {
            float a = projected[row * 4 * H + u] + biasHh[u];
            if (step > 0) {
                a = addProduct(a, H, weightHhT + u, 4 * H, out + before * H);
            }
            gates[row * 4 * H + u] = u / H == 2 ? tanhOf(a) : sigmoidOf(a);
        }
        BARRIER();
        for (int h = ITEM(); h < H; h += WIDE_ITEMS) {
            GLOBAL const float *gate = gates + row * 4 * H + h;
            float cell = FMA(gate[H], step > 0 ? out[cells + before * H + h] : 0.0f, gate[0] * gate[2 * H]);
            out[cells + row * H + h] = cell;
            out[row * H + h] = gate[3 * H] * tanhOf(cell);
        }
        BARRIER();
    }
}

/* ---- backward ---- */

/* What one unit needs at one step: its gates, cell, h' and cell' (zero at the first step), and the gradients of h
 * and cell that come from outside. */
typedef struct {
    float input, forget, candidate, output, cell, hiddenBefore, cellBefore, dHidden, dCell;
} LstmStep;

/* The gradients of a unit's four sums a, and what reaches the cell of the step before. */
typedef struct {
    float input, forget, candidate, output, dCellBefore;
} LstmGradient;

DEVICE LstmStep lstmStep(
        int H, int h, Index total, int row, int before, int hasBefore, GLOBAL const float *gates,
        GLOBAL const float *out, GLOBAL const float *dOut) {
    GLOBAL const float *gate = gates + (Index) row * 4 * H + h;
    GLOBAL const float *cells = out + total * H;
    LstmStep now;
    now.input = gate[0];
    now.forget = gate[H];
    now.candidate = gate[2 * H];
    now.output = gate[3 * H];
    now.cell = cells[(Index) row * H + h];
    now.hiddenBefore = hasBefore ? out[(Index) before * H + h] : 0.0f;
    now.cellBefore = hasBefore ? cells[(Index) before * H + h] : 0.0f;
    now.dHidden = dOut[(Index) row * H + h];
    now.dCell = dOut[(total + row) * H + h];
    return now;
}

/* One step of one unit backwards; dHidden and dCell are what the later step passes back. */
DEVICE LstmGradient lstmPassBack(LstmStep now, float dHiddenAfter, float dCellAfter) {
    float tanhCell = tanhOf(now.cell);
    float dHidden = now.dHidden + dHiddenAfter;
    float d = now.dCell + dCellAfter + dHidden * now.output * (1.0f - tanhCell * tanhCell);
    LstmGradient da;
    da.input = d * now.candidate * now.input * (1.0f - now.input);
    da.forget = d * now.cellBefore * now.forget * (1.0f - now.forget);
    da.candidate = d * now.input * (1.0f - now.candidate * now.candidate);
    da.output = dHidden * tanhCell * now.output * (1.0f - now.output);
    da.dCellBefore = d * now.forget;
    return da;
}

/* dh' of unit h is the sum over the gates of the sums over p of da[gate, p] U[gate H + p, h]: item gate · units +
 * unit holds the column h of a gate's part of U and adds up one of the four. */
DEVICE void lstmBackward(
        int units,
        int H,
        int reverse,
        int start,
        int length,
        Index total,
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
    float dCell = 0.0f;
    int row = rowOfStep(reverse, start, length, length - 1);
    int before = rowOfStep(reverse, start, length, length - 2);
    LstmStep now = {0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f};
    float projectedBefore = 0.0f;
    if (live) {
        now = lstmStep(H, h, total, row, before, length > 1, gates, out, dOut);
        projectedBefore = dProjected[(Index) row * 4 * H + u];
    }
    for (int step = length - 1; step >= 0; step--) {
        if (gate == 0) {
            LstmGradient gradient = lstmPassBack(now, dHidden, dCell);
            da[h] = gradient.input;
            da[units + h] = gradient.forget;
            da[2 * units + h] = gradient.candidate;
            da[3 * units + h] = gradient.output;
            dCell = gradient.dCellBefore;
            if (live) {
                previous[(Index) row * H + h] = now.hiddenBefore;
            }
        }
        BARRIER();
        float d = da[ITEM()];
        if (live) {
            dGates[(Index) row * 4 * H + u] = d;
            dProjected[(Index) row * 4 * H + u] = projectedBefore + d;
        }
        row = before;
        before = rowOfStep(reverse, start, length, step - 2);
        if (live && step > 0) { /* read a step early */
            now = lstmStep(H, h, total, row, before, step > 1, gates, out, dOut);
            projectedBefore = dProjected[(Index) row * 4 * H + u];
        }
        float sum = 0.0f;
        UNROLL
        for (int p = 0; p < units; p++) {
            sum = FMA(da[gate * units + p], w[p], sum);
        }
        parts[ITEM()] = sum;
        BARRIER();
        if (gate == 0) {
            dHidden = parts[h] + parts[units + h] + parts[2 * units + h] + parts[3 * units + h];
        }
    }
}

/* dProjected [total, 4H] += da. dGates [total, 4H] receives da and previous [total, H] receives h', zero at first
 * steps: with them the host adds dWeightHh += dGatesᵀ previous (gemm, accumulating, k = total) and dBiasHh += the
 * rows of dGates (sumRowChunks, sumRowsAdd). dOut [2 total, H] has the gradients of h, then of cell.
 * launch: one group a sequence; H <= size. */
#define LSTM_GRAD(size) \
    KERNEL(lstmGrad##size, 4 * size) \
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
        SHARED(float, parts, 4 * size); \
        int start = starts[GROUP(0)]; \
        int length = starts[GROUP(0) + 1] - start; \
        lstmBackward( \
                size, H, reverse, start, length, starts[GROUPS(0)], weightHh, gates, out, dOut, dProjected, dGates, \
                previous, da, parts); \
    }
LSTM_GRAD(32)
LSTM_GRAD(64)
LSTM_GRAD(96)

/* The same for any H. carry [sequences, 2H] is working memory: what each unit passes back to h' and cell'.
 * launch: one group a sequence. */
KERNEL(lstmGradWide, WIDE_ITEMS)
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
    Index total = starts[GROUPS(0)];
    carry += (Index) GROUP(0) * 2 * H;
    for (int step = length - 1; step >= 0; step--) {
        int row = rowOfStep(reverse, start, length, step);
        int before = rowOfStep(reverse, start, length, step - 1);
        int later = step + 1 < length;
        GLOBAL float *da = dGates + (Index) row * 4 * H;
        GLOBAL float *to = dProjected + (Index) row * 4 * H;
        for (int h = ITEM(); h < H; h += WIDE_ITEMS) {
            LstmStep now = lstmStep(H, h, total, row, before, step > 0, gates, out, dOut);
            LstmGradient gradient = lstmPassBack(now, later ? carry[h] : 0.0f, later ? carry[H + h] : 0.0f);
            da[h] = gradient.input;
            da[H + h] = gradient.forget;
            da[2 * H + h] = gradient.candidate;
            da[3 * H + h] = gradient.output;
            to[h] += gradient.input;
            to[H + h] += gradient.forget;
            to[2 * H + h] += gradient.candidate;
            to[3 * H + h] += gradient.output;
            carry[H + h] = gradient.dCellBefore;
            previous[(Index) row * H + h] = now.hiddenBefore;
        }
        BARRIER();
        for (int h = ITEM(); h < H; h += WIDE_ITEMS) {
            float sums[4] = {0.0f, 0.0f, 0.0f, 0.0f};
            for (int p = 0; p < H; p++) {
                UNROLL
                for (int gate = 0; gate < 4; gate++) {
                    sums[gate] = FMA(da[gate * H + p], weightHh[(Index) (gate * H + p) * H + h], sums[gate]);
                }
            }
            carry[h] = sums[0] + sums[1] + sums[2] + sums[3];
        }
    }
}
