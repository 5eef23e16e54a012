package dev.parallax.backend.scalar;

import dev.parallax.backend.HostBuffer;

/// Row-by-row kernels in plain loops. [dev.parallax.backend.Backend] says what each computes.
final class ScalarRows {

    private ScalarRows() {}

    private static float max(float[] x, int from, int count) {
        float max = x[from];
        for (int i = 1; i < count; i++) {
            max = Math.max(max, x[from + i]);
        }
        return max;
    }

    static void softmax(HostBuffer x, int rows, HostBuffer out) {
        int columns = out.length() / rows;
        for (int r = 0; r < rows; r++) {
            int in = x.offset + r * columns;
            int to = out.offset + r * columns;
            float max = max(x.array, in, columns);
            double sum = 0;
            for (int c = 0; c < columns; c++) {
                double value = Math.exp(x.array[in + c] - max);
                out.array[to + c] = (float) value;
                sum += value;
            }
            for (int c = 0; c < columns; c++) {
                out.array[to + c] = (float) (out.array[to + c] / sum);
            }
        }
    }

    static void softmaxGradAdd(HostBuffer y, HostBuffer dy, int rows, HostBuffer dx) {
        int columns = dx.length() / rows;
        for (int r = 0; r < rows; r++) {
            int at = r * columns;
            double dot = 0;
            for (int c = 0; c < columns; c++) {
                dot += (double) y.array[y.offset + at + c] * dy.array[dy.offset + at + c];
            }
            for (int c = 0; c < columns; c++) {
                dx.array[dx.offset + at + c] +=
                        (float) (y.array[y.offset + at + c] * (dy.array[dy.offset + at + c] - dot));
            }
        }
    }

    static void logSoftmax(HostBuffer x, int rows, HostBuffer out) {
        int columns = out.length() / rows;
        for (int r = 0; r < rows; r++) {
            int at = r * columns;
            float max = max(x.array, x.offset + at, columns);
            double sum = 0;
            for (int c = 0; c < columns; c++) {
                sum += Math.exp(x.array[x.offset + at + c] - max);
            }
            double logSum = Math.log(sum);
            for (int c = 0; c < columns; c++) {
                out.array[out.offset + at + c] = (float) (x.array[x.offset + at + c] - max - logSum);
            }
        }
    }

    static void logSoftmaxGradAdd(HostBuffer y, HostBuffer dy, int rows, HostBuffer dx) {
        int columns = dx.length() / rows;
        for (int r = 0; r < rows; r++) {
            int at = r * columns;
            double sum = 0;
            for (int c = 0; c < columns; c++) {
                sum += dy.array[dy.offset + at + c];
            }
            for (int c = 0; c < columns; c++) {
                dx.array[dx.offset + at + c] +=
                        (float) (dy.array[dy.offset + at + c] - Math.exp(y.array[y.offset + at + c]) * sum);
            }
        }
    }

    static void layerNorm(
            HostBuffer x,
            HostBuffer gamma,
            HostBuffer beta,
            float epsilon,
            int rows,
            HostBuffer stats,
            HostBuffer out) {
        int columns = gamma.length();
        for (int r = 0; r < rows; r++) {
            int in = x.offset + r * columns;
            double sum = 0;
            for (int c = 0; c < columns; c++) {
                sum += x.array[in + c];
            }
            double mean = sum / columns;
            double squares = 0;
            for (int c = 0; c < columns; c++) {
                double difference = x.array[in + c] - mean;
                squares += difference * difference;
            }
            double rstd = 1 / Math.sqrt(squares / columns + epsilon);
            stats.array[stats.offset + 2 * r] = (float) mean;
            stats.array[stats.offset + 2 * r + 1] = (float) rstd;
            for (int c = 0; c < columns; c++) {
                float xhat = (float) ((x.array[in + c] - mean) * rstd);
                out.array[out.offset + r * columns + c] =
                        xhat * gamma.array[gamma.offset + c] + beta.array[beta.offset + c];
            }
        }
    }

    static void layerNormGradAdd(
            HostBuffer x,
            HostBuffer gamma,
            HostBuffer stats,
            HostBuffer dy,
            int rows,
            HostBuffer dx,
            HostBuffer dGamma,
            HostBuffer dBeta) {
        int columns = gamma.length();
        for (int r = 0; r < rows; r++) {
            int at = r * columns;
            float mean = stats.array[stats.offset + 2 * r];
            float rstd = stats.array[stats.offset + 2 * r + 1];
            double sumG = 0;
            double sumGx = 0;
            for (int c = 0; c < columns; c++) {
                float xhat = (x.array[x.offset + at + c] - mean) * rstd;
                float d = dy.array[dy.offset + at + c];
                dGamma.array[dGamma.offset + c] += d * xhat;
                dBeta.array[dBeta.offset + c] += d;
                double g = d * gamma.array[gamma.offset + c];
                sumG += g;
                sumGx += g * xhat;
            }
            for (int c = 0; c < columns; c++) {
                float xhat = (x.array[x.offset + at + c] - mean) * rstd;
                float g = dy.array[dy.offset + at + c] * gamma.array[gamma.offset + c];
                dx.array[dx.offset + at + c] += (float) (rstd * (g - sumG / columns - xhat * sumGx / columns));
            }
        }
    }

    static void crossEntropy(
            HostBuffer logits,
            int[] labels,
            float[] weights,
            float smoothing,
            float scale,
            HostBuffer probabilities,
            HostBuffer out) {
        int classes = weights.length;
        double total = 0;
        for (int r = 0; r < labels.length; r++) {
            int at = r * classes;
            float max = max(logits.array, logits.offset + at, classes);
            double sum = 0;
            for (int c = 0; c < classes; c++) {
                sum += Math.exp(logits.array[logits.offset + at + c] - max);
            }
            for (int c = 0; c < classes; c++) {
                double logProbability = logits.array[logits.offset + at + c] - max - Math.log(sum);
                probabilities.array[probabilities.offset + at + c] = (float) Math.exp(logProbability);
                total -= target(weights, smoothing, c, labels[r]) * logProbability;
            }
        }
        out.array[out.offset] = (float) (scale * total);
    }

    /// q[r, c] of the cross-entropy: the target of class `c` in a row with this label.
    private static double target(float[] weights, float smoothing, int c, int label) {
        double weight = weights[c];
        return (c == label ? (1 - smoothing) * weight : 0) + smoothing / weights.length * weight;
    }

    static void crossEntropyGradAdd(
            HostBuffer probabilities,
            int[] labels,
            float[] weights,
            float smoothing,
            float scale,
            HostBuffer dy,
            HostBuffer dLogits) {
        int classes = weights.length;
        double factor = (double) dy.array[dy.offset] * scale;
        for (int r = 0; r < labels.length; r++) {
            double sum = 0;
            for (int c = 0; c < classes; c++) {
                sum += target(weights, smoothing, c, labels[r]);
            }
            for (int c = 0; c < classes; c++) {
                double p = probabilities.array[probabilities.offset + r * classes + c];
                double gradient = factor * (p * sum - target(weights, smoothing, c, labels[r]));
                dLogits.array[dLogits.offset + r * classes + c] += (float) gradient;
            }
        }
    }

    static void gatherRows(HostBuffer table, int[] ids, int features, HostBuffer out) {
        for (int i = 0; i < ids.length; i++) {
            System.arraycopy(
                    table.array, table.offset + ids[i] * features, out.array, out.offset + i * features, features);
        }
    }

    static void scatterRowsAdd(HostBuffer dy, int[] ids, int features, HostBuffer dTable) {
        for (int i = 0; i < ids.length; i++) {
            for (int f = 0; f < features; f++) {
                dTable.array[dTable.offset + ids[i] * features + f] += dy.array[dy.offset + i * features + f];
            }
        }
    }
}
