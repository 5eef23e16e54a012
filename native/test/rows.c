/* The kernels of kernels/rows.c against plain loops in double. */
#include "harness.h"

#define ROWS 3

/* Softmax and its logarithm of one row, NaN and infinity as plain Java has them. */
static double log_sum(const float *x, int columns, double *max) {
    *max = x[0];
    for (int c = 1; c < columns; c++) {
        *max = x[c] != x[c] || *max != *max ? NAN : fmax(*max, x[c]);
    }
    double sum = 0;
    for (int c = 0; c < columns; c++) {
        sum += exp(x[c] - *max);
    }
    return log(sum);
}

static void softmax_of(Floats x, int columns) {
    double y[ROWS * columns], logs[ROWS * columns];
    for (int r = 0; r < ROWS; r++) {
        double max;
        double logSum = log_sum(data(x) + r * columns, columns, &max);
        for (int c = 0; c < columns; c++) {
            logs[r * columns + c] = data(x)[r * columns + c] - max - logSum;
            y[r * columns + c] = exp(logs[r * columns + c]);
        }
    }
    Floats out = floats(ROWS * columns), logOut = floats(ROWS * columns);
    LAUNCH(softmax, ROWS, 1, 1, columns, PASS(x), PASS(out));
    LAUNCH(logSoftmax, ROWS, 1, 1, columns, PASS(x), PASS(logOut));
    check("softmax", out, y, columns);
    check("logSoftmax", logOut, logs, columns);
}

static void softmax_gradients(int columns) {
    Floats y = randoms(ROWS * columns, 0, 2.0 / columns), logs = randoms(ROWS * columns, -5, 0);
    Floats dy = randoms(ROWS * columns, -1, 1), dx = randoms(ROWS * columns, -1, 1), dLogs = copy_of(dx);
    double expected[2][ROWS * columns];
    for (int r = 0; r < ROWS; r++) {
        double dot = 0, sum = 0;
        for (int c = r * columns; c < (r + 1) * columns; c++) {
            dot += (double) data(y)[c] * data(dy)[c];
            sum += data(dy)[c];
        }
        for (int c = r * columns; c < (r + 1) * columns; c++) {
            expected[0][c] = data(dx)[c] + data(y)[c] * (data(dy)[c] - dot);
            expected[1][c] = data(dx)[c] + data(dy)[c] - exp(data(logs)[c]) * sum;
        }
    }
    LAUNCH(softmaxGradAdd, ROWS, 1, 1, columns, PASS(y), PASS(dy), PASS(dx));
    LAUNCH(logSoftmaxGradAdd, ROWS, 1, 1, columns, PASS(logs), PASS(dy), PASS(dLogs));
    check("softmaxGradAdd", dx, expected[0], columns);
    check("logSoftmaxGradAdd", dLogs, expected[1], columns);
    free(y.base);
    free(logs.base);
    free(dy.base);
}

static void softmaxes(void) {
    const int sizes[] = {5, 1, 32, 77};
    for (int i = 0; i < (host_quick ? 1 : 4); i++) {
        Floats x = randoms(ROWS * sizes[i], -9, 9);
        softmax_of(x, sizes[i]);
        data(x)[0] = -INFINITY; /* one row with each */
        data(x)[sizes[i]] = NAN;
        data(x)[2 * sizes[i]] = INFINITY;
        softmax_of(x, sizes[i]);
        free(x.base);
        softmax_gradients(sizes[i]);
    }
}

static void layer_norm(int rows, int columns) {
    int n = rows * columns, chunks = (rows + CHUNK_ROWS - 1) / CHUNK_ROWS;
    Floats x = randoms(n, -2, 2), gamma = randoms(columns, -1, 1), beta = randoms(columns, -1, 1);
    Floats dy = randoms(n, -1, 1), dx = randoms(n, -1, 1);
    Floats dGamma = randoms(columns, -1, 1), dBeta = randoms(columns, -1, 1);
    Floats stats = floats(2 * rows), out = floats(n), gammas = floats(chunks * columns),
            betas = floats(chunks * columns);
    double expected[n], expectedStats[2 * rows], expectedDx[n], expectedDGamma[columns], expectedDBeta[columns];
    float epsilon = 0.01f;
    for (int c = 0; c < columns; c++) {
        expectedDGamma[c] = data(dGamma)[c];
        expectedDBeta[c] = data(dBeta)[c];
    }
    for (int r = 0; r < rows; r++) {
        const float *in = data(x) + r * columns, *d = data(dy) + r * columns;
        double sum = 0, squares = 0, sumG = 0, sumGx = 0;
        for (int c = 0; c < columns; c++) {
            sum += in[c];
        }
        double mean = sum / columns;
        for (int c = 0; c < columns; c++) {
            squares += (in[c] - mean) * (in[c] - mean);
        }
        double rstd = 1 / sqrt(squares / columns + epsilon);
        expectedStats[2 * r] = mean;
        expectedStats[2 * r + 1] = rstd;
        for (int c = 0; c < columns; c++) {
            double xhat = (in[c] - mean) * rstd, g = d[c] * data(gamma)[c];
            expected[r * columns + c] = xhat * data(gamma)[c] + data(beta)[c];
            expectedDGamma[c] += d[c] * xhat;
            expectedDBeta[c] += d[c];
            sumG += g;
            sumGx += g * xhat;
        }
        for (int c = 0; c < columns; c++) {
            double xhat = (in[c] - mean) * rstd, g = d[c] * data(gamma)[c];
            expectedDx[r * columns + c] =
                    data(dx)[r * columns + c] + rstd * (g - sumG / columns - xhat * sumGx / columns);
        }
    }
    LAUNCH(layerNorm, rows, 1, 1, columns, epsilon, PASS(x), PASS(gamma), PASS(beta), PASS(stats), PASS(out));
    LAUNCH(layerNormGradAdd, rows, 1, 1, columns, PASS(x), PASS(gamma), PASS(stats), PASS(dy), PASS(dx));
    LAUNCH_ELEMENTS(layerNormParameterChunks, rows, columns, PASS(x), PASS(stats), PASS(dy), PASS(gammas),
            PASS(betas));
    LAUNCH_ELEMENTS(sumRowsAdd, chunks, columns, PASS(gammas), PASS(dGamma));
    LAUNCH_ELEMENTS(sumRowsAdd, chunks, columns, PASS(betas), PASS(dBeta));
    check("stats", stats, expectedStats, columns);
    check("out", out, expected, 4 * columns);
    check("dx", dx, expectedDx, 8 * columns);
    check("dGamma", dGamma, expectedDGamma, rows + columns);
    check("dBeta", dBeta, expectedDBeta, rows);
    free(x.base), free(gamma.base), free(beta.base), free(dy.base), free(gammas.base), free(betas.base);
}

static void layer_norms(void) {
    layer_norm(2, 77);
    layer_norm(70, 5);
    layer_norm(1, 1);
}

static void cross_entropy(int rows, int classes) {
    Floats logits = randoms(rows * classes, -4, 4), weights = randoms(classes, 0.5, 2), dy = randoms(1, -1, 1);
    Floats probabilities = floats(rows * classes), out = floats(1), dLogits = randoms(rows * classes, -1, 1);
    float smoothing = 0.1f, scale = 0.5f;
    int list[rows + 1];
    for (int r = 0; r < rows; r++) {
        list[r] = (r * 7 + 1) % (classes + 1) - 1; /* -1: no label */
    }
    Ints labels = ints(rows, list);
    double total = 0, expected[rows * classes + 1], expectedGrad[rows * classes + 1];
    for (int r = 0; r < rows; r++) {
        double max, sum = 0, q[classes];
        double logSum = log_sum(data(logits) + r * classes, classes, &max);
        for (int c = 0; c < classes; c++) {
            double w = data(weights)[c];
            q[c] = (c == list[r] ? (1 - smoothing) * w : 0) + smoothing / classes * w;
            sum += q[c];
            double logP = data(logits)[r * classes + c] - max - logSum;
            expected[r * classes + c] = exp(logP);
            total -= q[c] * logP;
        }
        for (int c = 0; c < classes; c++) {
            int at = r * classes + c;
            expectedGrad[at] = data(dLogits)[at] + data(dy)[0] * scale * (expected[at] * sum - q[c]);
        }
    }
    total *= scale;
    LAUNCH(crossEntropy, 1, 1, 1, rows, classes, smoothing, scale, PASS(logits), PASS(labels), PASS(weights),
           PASS(probabilities), PASS(out));
    LAUNCH_ELEMENTS(crossEntropyGradAdd, rows, classes, smoothing, scale, PASS(probabilities), PASS(labels),
           PASS(weights), PASS(dy), PASS(dLogits));
    check("probabilities", probabilities, expected, classes);
    check("loss", out, &total, classes);
    check("dLogits", dLogits, expectedGrad, classes);
    free(logits.base), free(weights.base), free(dy.base), free(labels.base);
}

static void cross_entropies(void) {
    cross_entropy(300, 7);
    cross_entropy(2, 1);
    cross_entropy(0, 5);
}

static const Test tests[] = {
    {"softmax", softmaxes}, {"layerNorm", layer_norms}, {"crossEntropy", cross_entropies}, {0}};

int main(int count, char **values) {
    return run_all(count, values, tests);
}
