/* Row by row: a group a row, its items along the columns; x [rows, columns]. Sums run in the order of an item's
 * columns and then of the items, in float, so they have bits of their own. Columns c, c + 32, ... belong to item c. */
#define ROW_ITEMS 32
#define ALONG(c, columns) for (int c = ITEM(); c < (columns); c += ROW_ITEMS)

/* The largest of a row, NaN where one is. */
DEVICE float rowMax(int columns, GLOBAL const float *x, LOCAL float *parts) {
    float largest = -INFINITE;
    ALONG(c, columns) {
        largest = larger(largest, x[c]);
    }
    return groupMax(largest, parts);
}

/* out = exp(x - max) / sum exp(x - max).
 * launch: one group a row. */
KERNEL(softmax, ROW_ITEMS)(int columns, IN(x), OUT(out)) {
    FROM(x);
    TO(out);
    SHARED(float, parts, ROW_ITEMS);
    x += (Index) GROUP(0) * columns;
    out += (Index) GROUP(0) * columns;
    float max = rowMax(columns, x, parts);
    float sum = 0.0f;
    ALONG(c, columns) {
        out[c] = expOf(x[c] - max);
        sum += out[c];
    }
    sum = groupSum(sum, parts);
    ALONG(c, columns) {
        out[c] /= sum;
    }
}

/* dx += y (dy - sum of the row's y dy), y = softmax(x).
 * launch: one group a row. */
KERNEL(softmaxGradAdd, ROW_ITEMS)(int columns, IN(y), IN(dy), OUT(dx)) {
    FROM(y);
    FROM(dy);
    TO(dx);
    SHARED(float, parts, ROW_ITEMS);
    y += (Index) GROUP(0) * columns;
    dy += (Index) GROUP(0) * columns;
    dx += (Index) GROUP(0) * columns;
    float dot = 0.0f;
    ALONG(c, columns) {
        dot = FMA(y[c], dy[c], dot);
    }
    dot = groupSum(dot, parts);
    ALONG(c, columns) {
        dx[c] += y[c] * (dy[c] - dot);
    }
}

/* out = x - max - log sum exp(x - max).
 * launch: one group a row. */
KERNEL(logSoftmax, ROW_ITEMS)(int columns, IN(x), OUT(out)) {
    FROM(x);
    TO(out);
    SHARED(float, parts, ROW_ITEMS);
    x += (Index) GROUP(0) * columns;
    out += (Index) GROUP(0) * columns;
    float max = rowMax(columns, x, parts);
    float sum = 0.0f;
    ALONG(c, columns) {
        sum += expOf(x[c] - max);
    }
    float logSum = logOf(groupSum(sum, parts));
    ALONG(c, columns) {
        out[c] = x[c] - max - logSum;
    }
}

/* dx += dy - exp(y) · sum of the row's dy, y = logSoftmax(x).
 * launch: one group a row. */
KERNEL(logSoftmaxGradAdd, ROW_ITEMS)(int columns, IN(y), IN(dy), OUT(dx)) {
    FROM(y);
    FROM(dy);
    TO(dx);
    SHARED(float, parts, ROW_ITEMS);
    y += (Index) GROUP(0) * columns;
    dy += (Index) GROUP(0) * columns;
    dx += (Index) GROUP(0) * columns;
    float sum = 0.0f;
    ALONG(c, columns) {
        sum += dy[c];
    }
    sum = groupSum(sum, parts);
    ALONG(c, columns) {
        dx[c] += dy[c] - expOf(y[c]) * sum;
    }
}

/* out = gamma xhat + beta, xhat = (x - mean) rstd, rstd = 1 / sqrt(variance + epsilon), mean and biased variance of
 * the row; stats[r] = (mean, rstd). The variance is the mean of (x - mean)², in a second pass.
 * launch: one group a row. */
KERNEL(layerNorm, ROW_ITEMS)(int columns, float epsilon, IN(x), IN(gamma), IN(beta), OUT(stats), OUT(out)) {
    FROM(x);
    FROM(gamma);
    FROM(beta);
    TO(stats);
    TO(out);
    SHARED(float, parts, ROW_ITEMS);
    x += (Index) GROUP(0) * columns;
    out += (Index) GROUP(0) * columns;
    float sum = 0.0f;
    ALONG(c, columns) {
        sum += x[c];
    }
    float mean = groupSum(sum, parts) / (float) columns;
    float squares = 0.0f;
    ALONG(c, columns) {
        squares = FMA(x[c] - mean, x[c] - mean, squares);
    }
    float rstd = 1.0f / SQRT(groupSum(squares, parts) / (float) columns + epsilon);
    if (ITEM() == 0) {
        stats[(Index) 2 * GROUP(0)] = mean;
        stats[(Index) 2 * GROUP(0) + 1] = rstd;
    }
    ALONG(c, columns) {
        out[c] = (x[c] - mean) * rstd * gamma[c] + beta[c];
    }
}

/* dx += rstd (g - mean(g) - xhat mean(g xhat)), g = dy gamma.
 * launch: one group a row. The gradients of gamma and beta: `layerNormParameterChunks`. */
KERNEL(layerNormGradAdd, ROW_ITEMS)(int columns, IN(x), IN(gamma), IN(stats), IN(dy), OUT(dx)) {
    FROM(x);
    FROM(gamma);
    FROM(stats);
    FROM(dy);
    TO(dx);
    SHARED(float, parts, ROW_ITEMS);
    x += (Index) GROUP(0) * columns;
    dy += (Index) GROUP(0) * columns;
    dx += (Index) GROUP(0) * columns;
    float mean = stats[(Index) 2 * GROUP(0)];
    float rstd = stats[(Index) 2 * GROUP(0) + 1];
    float sumG = 0.0f;
    float sumGx = 0.0f;
    ALONG(c, columns) {
        float g = dy[c] * gamma[c];
        sumG += g;
        sumGx = FMA(g, (x[c] - mean) * rstd, sumGx);
    }
    float meanG = groupSum(sumG, parts) / (float) columns;
    float meanGx = groupSum(sumGx, parts) / (float) columns;
    ALONG(c, columns) {
        dx[c] += (dy[c] * gamma[c] - meanG - (x[c] - mean) * rstd * meanGx) * rstd;
    }
}

/* The sums of dy xhat and of dy over the rows of each chunk of 64: dGammas and dBetas [ceil(rows / 64), columns].
 * Then dGamma += and dBeta += their rows by `sumRowsAdd`.
 * launch: one item for each chunk and column. */
KERNEL(layerNormParameterChunks, ELEMENT_ITEMS)
(int rows, int columns, IN(x), IN(stats), IN(dy), OUT(dGammas), OUT(dBetas)) {
    FROM(x);
    FROM(stats);
    FROM(dy);
    TO(dGammas);
    TO(dBetas);
    FOR_EACH(i, (uint) ((rows + CHUNK_ROWS - 1) / CHUNK_ROWS) * (uint) columns) {
        int first = (int) (i / (uint) columns) * CHUNK_ROWS;
        uint c = i % (uint) columns;
        float dGamma = 0.0f;
        float dBeta = 0.0f;
        for (int r = first; r < MIN(first + CHUNK_ROWS, rows); r++) {
            Index at = (Index) r * columns + c;
            dGamma += dy[at] * ((x[at] - stats[2 * (Index) r]) * stats[2 * (Index) r + 1]);
            dBeta += dy[at];
        }
        dGammas[i] = dGamma;
        dBetas[i] = dBeta;
    }
}

/* ---- cross-entropy ---- */

/* q[r, c] of Backend.crossEntropy: the target of class c in a row with this label. */
DEVICE float targetOf(int classes, GLOBAL const float *weights, float smoothing, int c, int label) {
    return (c == label ? (1.0f - smoothing) * weights[c] : 0.0f) + smoothing / (float) classes * weights[c];
}

/* out[0] = scale · sum over rows and classes of -q log p, probabilities = p = softmax(logits) [rows, classes].
 * launch: one group; item i has the rows i, i + 256, ..., class after class, and the items' sums are added in
 * order. No rows: out[0] = 0. */
#define LOSS_ITEMS 256
KERNEL(crossEntropy, LOSS_ITEMS)
(int rows, int classes, float smoothing, float scale, IN(logits), INTS(labels), IN(weights),
        OUT(probabilities), OUT(out)) {
    FROM(logits);
    INTS_FROM(labels);
    FROM(weights);
    TO(probabilities);
    TO(out);
    SHARED(float, parts, LOSS_ITEMS);
    float loss = 0.0f;
    for (int r = ITEM(); r < rows; r += LOSS_ITEMS) {
        Index at = (Index) r * classes;
        float max = -INFINITE;
        for (int c = 0; c < classes; c++) {
            max = larger(max, logits[at + c]);
        }
        float sum = 0.0f;
        for (int c = 0; c < classes; c++) {
            sum += expOf(logits[at + c] - max);
        }
        float logSum = logOf(sum);
        for (int c = 0; c < classes; c++) {
            float logProbability = logits[at + c] - max - logSum;
            probabilities[at + c] = expOf(logProbability);
            loss -= targetOf(classes, weights, smoothing, c, labels[r]) * logProbability;
        }
    }
    loss = groupSum(loss, parts);
    if (ITEM() == 0) {
        out[0] = scale * loss;
    }
}

/* dLogits[r, c] += dy[0] scale (p[r, c] sum over c of q[r, c] - q[r, c]).
 * launch: any number of groups, best one item an element. */
KERNEL(crossEntropyGradAdd, ELEMENT_ITEMS)
(int rows, int classes, float smoothing, float scale, IN(probabilities), INTS(labels), IN(weights), IN(dy),
        OUT(dLogits)) {
    FROM(probabilities);
    INTS_FROM(labels);
    FROM(weights);
    FROM(dy);
    TO(dLogits);
    float factor = dy[0] * scale;
    FOR_EACH(i, (uint) rows * (uint) classes) {
        int label = labels[i / (uint) classes];
        float sum = 0.0f;
        for (int c = 0; c < classes; c++) {
            sum += targetOf(classes, weights, smoothing, c, label);
        }
        float q = targetOf(classes, weights, smoothing, (int) (i % (uint) classes), label);
        dLogits[i] += factor * (probabilities[i] * sum - q);
    }
}
