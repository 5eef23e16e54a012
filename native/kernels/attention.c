/* Attention over ragged batches, without ever storing queries x keys: query sequence i meets key sequence i, in
 * tiles of 16 query rows by 16 keys, for one head. Item 16 r + c of a group has the score of row r and key c.
 * Sizes: width D, d = D / heads columns a head, head h has the columns h d ..; q and out [queries, D], k and v
 * [keys, D]; scale is 1 / sqrt(d). causal = 1: query t of a sequence reads its keys 0 .. t alone; a row's loops end
 * there, so nothing in a later row, not even a NaN, reaches it. A row's result does not depend on its tile or its
 * neighbours.
 *
 * Scores: S[t, j] = scale q_t k_j + bias. The bias by position is gate[t, h] table[reach + j - t, h] in self-attention
 * with one, table [2 reach + 1, heads], gate [queries, heads], and 0 where t or j < unbiased. With reach = -1 there is
 * none; table and gate are then any buffers, which no item reads.
 *
 * launch of the tiled kernels: (tiles · sequences, heads, ceil(d / 64)) groups, tiles = ceil(longest / 16) with the
 * longest query sequence, or key sequence for attentionGradKeys; a tile that its sequence does not have does
 * nothing. A group has 64 columns of its head's result, an item four of them; with d > 64 the groups of a tile
 * compute its scores anew. */
#define TILE 16
#define ATTENTION_ITEMS 256 /* TILE² */
#define TILE_STRIDE 17
#define HEAD_PART 32 /* columns of a head in local memory at a time */
#define PART_STRIDE 33
#define GROUP_COLUMNS 64
#define ITEM_COLUMNS 4 /* GROUP_COLUMNS / TILE: item c has the columns c, c + 16, c + 32, c + 48 */

/* The parameters of kernels with a bias by position. */
#define POSITION_BIAS int reach, int unbiased, IN(table), IN(gate)

/* Whether the scores of query t have a bias. */
#define BIASED(t) (reach >= 0 && (t) >= unbiased)

/* What key j adds to the score of query t, over the query's gate; j within the sequence. */
DEVICE float biasOf(int reach, int unbiased, GLOBAL const float *table, int heads, int head, int t, int j) {
    return j < unbiased ? 0.0f : table[(Index) (reach + j - t) * heads + head];
}

/* a[r] · b[c] for the item of row r and column c, over d columns in their order; rows beyond the end are zero. */
DEVICE float tileProduct(
        int d,
        int width,
        GLOBAL const float *a,
        int aRows,
        GLOBAL const float *b,
        int bRows,
        LOCAL float *aPart,
        LOCAL float *bPart) {
    float sum = 0.0f;
    for (int from = 0; from < d; from += HEAD_PART) {
        int columns = MIN(HEAD_PART, d - from);
        BARRIER(); /* for those that still read the part before */
        for (int e = ITEM(); e < TILE * HEAD_PART; e += ATTENTION_ITEMS) {
            int row = e / HEAD_PART;
            int column = e % HEAD_PART;
            Index at = (Index) row * width + from + column;
            aPart[row * PART_STRIDE + column] = row < aRows && column < columns ? a[at] : 0.0f;
            bPart[row * PART_STRIDE + column] = row < bRows && column < columns ? b[at] : 0.0f;
        }
        BARRIER();
        for (int q = 0; q < columns; q++) {
            sum = FMA(aPart[ITEM() / TILE * PART_STRIDE + q], bPart[ITEM() % TILE * PART_STRIDE + q], sum);
        }
    }
    return sum;
}

/* ---- forward ---- */

/* out = (mask ∘ P) V, P = softmax(S); logSumExp [queries, heads] = log sum_j exp(S_j). The softmax runs along with
 * the keys: after each tile, `largest` is the row's largest score so far, and the sums so far are
 * scaled down by exp(before - largest) (Milakov and Gimelshein 2018). */
KERNEL(attention, ATTENTION_ITEMS)
(int tiles, int width, int heads, int causal, float scale, INTS(queryStarts), INTS(keyStarts), IN(q), IN(k),
        IN(v), MASK, POSITION_BIAS, OUT(logSumExp), OUT(out)) {
    INTS_FROM(queryStarts);
    INTS_FROM(keyStarts);
    INTS_FROM(utterances);
    FROM(table);
    FROM(gate);
    FROM(q);
    FROM(k);
    FROM(v);
    TO(logSumExp);
    TO(out);
    SHARED(float, aPart, TILE * PART_STRIDE);
    SHARED(float, bPart, TILE * PART_STRIDE);
    SHARED(float, scores, TILE * TILE_STRIDE);
    SHARED(float, weights, TILE * TILE_STRIDE);
    int i = GROUP(0) / tiles;
    int first = GROUP(0) % tiles * TILE;
    int head = GROUP(1);
    int d = width / heads;
    int keys = keyStarts[i + 1] - keyStarts[i];
    int rows = MIN(TILE, queryStarts[i + 1] - queryStarts[i] - first);
    int r = ITEM() / TILE;
    int c = ITEM() % TILE;
    int t = first + r;
    int read = r >= rows ? 0 : causal ? t + 1 : keys;       /* by this row */
    int end = rows <= 0 ? 0 : causal ? first + rows : keys; /* by the tile */
    Index row = (Index) queryStarts[i] + first;
    q += row * width + head * d;
    k += (Index) keyStarts[i] * width + head * d;
    v += (Index) keyStarts[i] * width + head * d;
    float ownGate = BIASED(t) && r < rows ? gate[(row + r) * heads + head] : 0.0f;
    float largest = -INFINITE;
    float weightSum = 0.0f; /* of the keys c, c + 16, ... */
    float sums[ITEM_COLUMNS] = {0.0f, 0.0f, 0.0f, 0.0f};
    for (int from = 0; from < end; from += TILE) {
        int inTile = MIN(TILE, read - from); /* keys of this tile that the row reads; may be negative */
        float score = scale
                * tileProduct(d, width, q, rows, k + (Index) from * width, MIN(TILE, keys - from), aPart, bPart);
        if (BIASED(t) && c < inTile) {
            score += ownGate * biasOf(reach, unbiased, table, heads, head, t, from + c);
        }
        scores[r * TILE_STRIDE + c] = score;
        BARRIER();
        float before = largest;
        for (int j = 0; j < inTile; j++) {
            largest = larger(largest, scores[r * TILE_STRIDE + j]);
        }
        float weight = c < inTile ? expOf(score - largest) : 0.0f;
        float factor = maskFactorAt(
                seed, step, stream, threshold, keptScale, ORDINAL(i), t * heads + head, from + c);
        weights[r * TILE_STRIDE + c] = weight * factor;
        BARRIER();
        if (inTile > 0) {
            float shrink = expOf(before - largest);
            weightSum = weightSum * shrink + weight;
            UNROLL
            for (int n = 0; n < ITEM_COLUMNS; n++) {
                int column = GROUP(2) * GROUP_COLUMNS + n * TILE + c;
                sums[n] *= shrink;
                for (int j = 0; column < d && j < inTile; j++) {
                    sums[n] = FMA(weights[r * TILE_STRIDE + j], v[(Index) (from + j) * width + column], sums[n]);
                }
            }
        }
    }
    scores[r * TILE_STRIDE + c] = weightSum;
    BARRIER();
    if (r >= rows) {
        return;
    }
    weightSum = scores[r * TILE_STRIDE];
    for (int j = 1; j < TILE; j++) {
        weightSum += scores[r * TILE_STRIDE + j];
    }
    row += r;
    UNROLL
    for (int n = 0; n < ITEM_COLUMNS; n++) {
        int column = GROUP(2) * GROUP_COLUMNS + n * TILE + c;
        if (column < d) {
            out[row * width + head * d + column] = sums[n] / weightSum;
        }
    }
    if (c == 0 && GROUP(2) == 0) {
        logSumExp[row * heads + head] = largest + logOf(weightSum);
    }
}

/* ---- backward ---- */

/* dots[t, h] = dOut[t] · out[t] over the columns of head h: D of the gradient; [queries, heads].
 * launch: any number of groups, best one item a row and head; rows of all query sequences. */
KERNEL(attentionDots, ELEMENT_ITEMS)(int rows, int width, int heads, IN(out), IN(dOut), OUT(dots)) {
    FROM(out);
    FROM(dOut);
    TO(dots);
    int d = width / heads;
    FOR_EACH(e, (uint) rows * (uint) heads) {
        float sum = 0.0f;
        for (int column = 0; column < d; column++) {
            Index at = (Index) e * d + column;
            sum = FMA(dOut[at], out[at], sum);
        }
        dots[e] = sum;
    }
}

/* dq += scale dS k, and with a bias by position gateSums[t, h] = sum_j dS[t, j] table[reach + j - t, h], with
 * dS = P ∘ (M ∘ (dOut vᵀ) - D), P = exp(S - logSumExp), M the mask, D from attentionDots. An item adds up the keys c,
 * c + 16, ... of its row for gateSums. */
KERNEL(attentionGradQueries, ATTENTION_ITEMS)
(int tiles, int width, int heads, int causal, float scale, INTS(queryStarts), INTS(keyStarts), IN(q), IN(k),
        IN(v), MASK, POSITION_BIAS, IN(logSumExp), IN(dots), IN(dOut), OUT(dq), OUT(gateSums)) {
    INTS_FROM(queryStarts);
    INTS_FROM(keyStarts);
    INTS_FROM(utterances);
    FROM(table);
    FROM(gate);
    FROM(q);
    FROM(k);
    FROM(v);
    FROM(logSumExp);
    FROM(dots);
    FROM(dOut);
    TO(dq);
    TO(gateSums);
    SHARED(float, aPart, TILE * PART_STRIDE);
    SHARED(float, bPart, TILE * PART_STRIDE);
    SHARED(float, dScores, TILE * TILE_STRIDE);
    int i = GROUP(0) / tiles;
    int first = GROUP(0) % tiles * TILE;
    int head = GROUP(1);
    int d = width / heads;
    int keys = keyStarts[i + 1] - keyStarts[i];
    int rows = MIN(TILE, queryStarts[i + 1] - queryStarts[i] - first);
    int r = ITEM() / TILE;
    int c = ITEM() % TILE;
    int t = first + r;
    int read = r >= rows ? 0 : causal ? t + 1 : keys;
    int end = rows <= 0 ? 0 : causal ? first + rows : keys;
    Index row = (Index) queryStarts[i] + first;
    Index atHead = (row + r) * heads + head;
    float logSum = r < rows ? logSumExp[atHead] : 0.0f;
    float dot = r < rows ? dots[atHead] : 0.0f;
    float gateSum = 0.0f;
    q += row * width + head * d;
    dOut += row * width + head * d;
    dq += row * width + head * d;
    k += (Index) keyStarts[i] * width + head * d;
    v += (Index) keyStarts[i] * width + head * d;
    float sums[ITEM_COLUMNS] = {0.0f, 0.0f, 0.0f, 0.0f};
    for (int from = 0; from < end; from += TILE) {
        int inTile = MIN(TILE, read - from);
        int keysHere = MIN(TILE, keys - from);
        Index atKeys = (Index) from * width;
        float score = tileProduct(d, width, q, rows, k + atKeys, keysHere, aPart, bPart);
        float dWeight = tileProduct(d, width, dOut, rows, v + atKeys, keysHere, aPart, bPart);
        int biased = BIASED(t) && c < inTile;
        float bias = biased ? biasOf(reach, unbiased, table, heads, head, t, from + c) : 0.0f;
        float shift = biased ? gate[atHead] * bias - logSum : -logSum;
        float weight = expOf(FMA(score, scale, shift));
        float factor = maskFactorAt(
                seed, step, stream, threshold, keptScale, ORDINAL(i), t * heads + head, from + c);
        float dScore = weight * (factor * dWeight - dot);
        gateSum = biased ? FMA(dScore, bias, gateSum) : gateSum;
        dScores[r * TILE_STRIDE + c] = dScore * scale;
        BARRIER();
        UNROLL
        for (int n = 0; n < ITEM_COLUMNS; n++) {
            int column = GROUP(2) * GROUP_COLUMNS + n * TILE + c;
            for (int j = 0; column < d && j < inTile; j++) {
                sums[n] = FMA(dScores[r * TILE_STRIDE + j], k[atKeys + (Index) j * width + column], sums[n]);
            }
        }
    }
    UNROLL
    for (int n = 0; n < ITEM_COLUMNS; n++) {
        int column = GROUP(2) * GROUP_COLUMNS + n * TILE + c;
        if (r < rows && column < d) {
            dq[(Index) r * width + column] += sums[n];
        }
    }
    if (reach >= 0 && GROUP(2) == 0) {
        aPart[r * TILE_STRIDE + c] = gateSum; /* behind the barrier of the last tile nobody reads aPart */
        BARRIER();
        if (c == 0 && r < rows) {
            float sum = 0.0f;
            for (int j = 0; j < TILE; j++) {
                sum += aPart[r * TILE_STRIDE + j];
            }
            gateSums[atHead] = sum;
        }
    }
}

/* dk += scale dSᵀ q and dv += (M ∘ P)ᵀ dOut, with dS and P as above: a group has a tile of keys and goes through the
 * queries that read them, in their order. */
KERNEL(attentionGradKeys, ATTENTION_ITEMS)
(int tiles, int width, int heads, int causal, float scale, INTS(queryStarts), INTS(keyStarts), IN(q), IN(k),
        IN(v), MASK, POSITION_BIAS, IN(logSumExp), IN(dots), IN(dOut), OUT(dk), OUT(dv)) {
    INTS_FROM(queryStarts);
    INTS_FROM(keyStarts);
    INTS_FROM(utterances);
    FROM(table);
    FROM(gate);
    FROM(q);
    FROM(k);
    FROM(v);
    FROM(logSumExp);
    FROM(dots);
    FROM(dOut);
    TO(dk);
    TO(dv);
    SHARED(float, aPart, TILE * PART_STRIDE);
    SHARED(float, bPart, TILE * PART_STRIDE);
    SHARED(float, dScores, TILE * TILE_STRIDE);
    SHARED(float, weights, TILE * TILE_STRIDE);
    int i = GROUP(0) / tiles;
    int first = GROUP(0) % tiles * TILE;
    int head = GROUP(1);
    int d = width / heads;
    int queries = queryStarts[i + 1] - queryStarts[i];
    int keysHere = MIN(TILE, keyStarts[i + 1] - keyStarts[i] - first);
    int r = ITEM() / TILE; /* a query row for the scores, a key for the sums */
    int c = ITEM() % TILE; /* a key for the scores, columns for the sums */
    Index row = queryStarts[i];
    q += row * width + head * d;
    dOut += row * width + head * d;
    Index key = (Index) keyStarts[i] + first;
    k += key * width + head * d;
    v += key * width + head * d;
    dk += key * width + head * d;
    dv += key * width + head * d;
    float dKey[ITEM_COLUMNS] = {0.0f, 0.0f, 0.0f, 0.0f};
    float dValue[ITEM_COLUMNS] = {0.0f, 0.0f, 0.0f, 0.0f};
    int end = keysHere <= 0 ? 0 : queries;
    for (int from = causal ? first : 0; from < end; from += TILE) {
        int rows = MIN(TILE, queries - from);
        int t = from + r;
        Index atQueries = (Index) from * width;
        float score = tileProduct(d, width, q + atQueries, rows, k, keysHere, aPart, bPart);
        float dWeight = tileProduct(d, width, dOut + atQueries, rows, v, keysHere, aPart, bPart);
        Index atHead = (row + t) * heads + head;
        float bias = 0.0f;
        if (BIASED(t) && r < rows && c < keysHere) {
            bias = gate[atHead] * biasOf(reach, unbiased, table, heads, head, t, first + c);
        }
        float weight = r < rows ? expOf(FMA(score, scale, bias - logSumExp[atHead])) : 0.0f;
        float dot = r < rows ? dots[atHead] : 0.0f;
        float factor = maskFactorAt(
                seed, step, stream, threshold, keptScale, ORDINAL(i), t * heads + head, first + c);
        weights[r * TILE_STRIDE + c] = weight * factor;
        dScores[r * TILE_STRIDE + c] = weight * (factor * dWeight - dot) * scale;
        BARRIER();
        int reads = causal ? MAX(0, first + r - from) : 0; /* the first query row of the tile that reads key r */
        UNROLL
        for (int n = 0; n < ITEM_COLUMNS; n++) {
            int column = GROUP(2) * GROUP_COLUMNS + n * TILE + c;
            for (int j = reads; column < d && j < rows; j++) {
                Index at = atQueries + (Index) j * width + column;
                dKey[n] = FMA(dScores[j * TILE_STRIDE + r], q[at], dKey[n]);
                dValue[n] = FMA(weights[j * TILE_STRIDE + r], dOut[at], dValue[n]);
            }
        }
    }
    UNROLL
    for (int n = 0; n < ITEM_COLUMNS; n++) {
        int column = GROUP(2) * GROUP_COLUMNS + n * TILE + c;
        if (r < keysHere && column < d) {
            dk[(Index) r * width + column] += dKey[n];
            dv[(Index) r * width + column] += dValue[n];
        }
    }
}

/* x · y over d columns in their order. */
DEVICE float rowProduct(int d, GLOBAL const float *x, GLOBAL const float *y) {
    float sum = 0.0f;
    for (int column = 0; column < d; column++) {
        sum = FMA(x[column], y[column], sum);
    }
    return sum;
}

/* dTable[reach + distance, h] += sum of dS[t, t + distance] gate[t, h] over the queries t of all sequences, in their
 * order, with dS as above, computed anew: self-attention, so the keys begin where the queries do.
 * launch: any number of groups, best one item for each distance of -(longest - 1) .. longest - 1 and head. */
KERNEL(attentionGradTable, ELEMENT_ITEMS)
(int sequences, int longest, int width, int heads, int causal, float scale, INTS(starts), IN(q), IN(k), IN(v), MASK,
        POSITION_BIAS, IN(logSumExp), IN(dots), IN(dOut), OUT(dTable)) {
    INTS_FROM(starts);
    INTS_FROM(utterances);
    FROM(q);
    FROM(k);
    FROM(v);
    FROM(table);
    FROM(gate);
    FROM(logSumExp);
    FROM(dots);
    FROM(dOut);
    TO(dTable);
    int d = width / heads;
    FOR_EACH(e, (uint) (2 * longest - 1) * (uint) heads) {
        int head = (int) e % heads;
        int distance = (int) e / heads - (longest - 1);
        float sum = 0.0f;
        for (int i = 0; i < sequences; i++) {
            int length = starts[i + 1] - starts[i];
            int end = causal && distance > 0 ? 0 : MIN(length, length - distance);
            for (int t = MAX(unbiased, unbiased - distance); t < end; t++) {
                int j = t + distance;
                Index atHead = (Index) (starts[i] + t) * heads + head;
                Index query = atHead * d;
                Index key = ((Index) (starts[i] + j) * heads + head) * d;
                float bias = gate[atHead] * table[(Index) (reach + distance) * heads + head];
                float score = rowProduct(d, q + query, k + key);
                float weight = expOf(FMA(score, scale, bias - logSumExp[atHead]));
                float factor = maskFactorAt(
                        seed, step, stream, threshold, keptScale, ORDINAL(i), t * heads + head, j);
                float dWeight = rowProduct(d, dOut + query, v + key);
                sum = FMA(weight * (factor * dWeight - dots[atHead]), gate[atHead], sum);
            }
        }
        dTable[(Index) (reach + distance) * heads + head] += sum;
    }
}

/* ---- the weights themselves ---- */

/* out = the mean over heads of P, for inspection: a block [queries, keys] a sequence, one after the other; 0 for
 * keys that are not read. Scores are computed three times, since none are stored.
 * launch: one group a query row of the batch. */
KERNEL(attentionWeights, ROW_ITEMS)
(int sequences, int width, int heads, int causal, float scale, INTS(queryStarts), INTS(keyStarts), IN(q),
        IN(k), OUT(out)) {
    INTS_FROM(queryStarts);
    INTS_FROM(keyStarts);
    FROM(q);
    FROM(k);
    TO(out);
    SHARED(float, parts, ROW_ITEMS);
    int i = sequenceOf(GROUP(0), queryStarts, sequences);
    int t = GROUP(0) - queryStarts[i];
    int keys = keyStarts[i + 1] - keyStarts[i];
    int read = causal ? t + 1 : keys;
    int d = width / heads;
    for (int s = 0; s < i; s++) {
        out += (Index) (queryStarts[s + 1] - queryStarts[s]) * (keyStarts[s + 1] - keyStarts[s]);
    }
    out += (Index) t * keys;
    ALONG(j, keys) {
        out[j] = 0.0f;
    }
    for (int head = 0; head < heads; head++) {
        GLOBAL const float *query = q + (Index) GROUP(0) * width + head * d;
        GLOBAL const float *key = k + (Index) keyStarts[i] * width + head * d;
        float largest = -INFINITE;
        ALONG(j, read) {
            largest = larger(largest, scale * rowProduct(d, query, key + (Index) j * width));
        }
        largest = groupMax(largest, parts);
        float sum = 0.0f;
        ALONG(j, read) {
            sum += expOf(scale * rowProduct(d, query, key + (Index) j * width) - largest);
        }
        sum = groupSum(sum, parts);
        ALONG(j, read) {
            float weight = expOf(scale * rowProduct(d, query, key + (Index) j * width) - largest) / sum;
            out[j] += weight / (float) heads;
        }
    }
}
