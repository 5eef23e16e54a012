package dev.parallax.backend.scalar;

import dev.parallax.backend.HostBuffer;
import dev.parallax.backend.Offsets;
import java.util.Arrays;

/// Normalisation of each column over the rows of its sequence, in plain loops: row after row, sums in double.
final class ScalarInstanceNorm {

    private ScalarInstanceNorm() {}

    static void forward(
            HostBuffer x,
            Offsets offsets,
            HostBuffer gamma,
            HostBuffer beta,
            float epsilon,
            HostBuffer stats,
            HostBuffer out) {
        int columns = gamma.length();
        double[] mean = new double[columns];
        double[] rstd = new double[columns];
        for (int i = 0; i < offsets.count(); i++) {
            int rows = offsets.length(i);
            int first = x.offset + offsets.start(i) * columns;
            statistics(x.array, first, rows, epsilon, mean, rstd);
            for (int c = 0; c < columns; c++) {
                stats.array[stats.offset + 2 * i * columns + c] = (float) mean[c];
                stats.array[stats.offset + (2 * i + 1) * columns + c] = (float) rstd[c];
            }
            int to = out.offset + offsets.start(i) * columns;
            for (int r = 0; r < rows; r++) {
                for (int c = 0; c < columns; c++) {
                    float xhat = (float) ((x.array[first + r * columns + c] - mean[c]) * rstd[c]);
                    out.array[to + r * columns + c] =
                            xhat * gamma.array[gamma.offset + c] + beta.array[beta.offset + c];
                }
            }
        }
    }

    private static void statistics(float[] x, int first, int rows, float epsilon, double[] mean, double[] rstd) {
        int columns = mean.length;
        Arrays.fill(mean, 0);
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                mean[c] += x[first + r * columns + c];
            }
        }
        for (int c = 0; c < columns; c++) {
            mean[c] /= rows;
        }
        Arrays.fill(rstd, 0);
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                double difference = x[first + r * columns + c] - mean[c];
                rstd[c] += difference * difference;
            }
        }
        for (int c = 0; c < columns; c++) {
            rstd[c] = 1 / Math.sqrt(rstd[c] / rows + epsilon);
        }
    }

    static void gradAdd(
            HostBuffer x,
            Offsets offsets,
            HostBuffer gamma,
            HostBuffer stats,
            HostBuffer dy,
            HostBuffer dx,
            HostBuffer dGamma,
            HostBuffer dBeta) {
        int columns = gamma.length();
        double[] sum = new double[columns]; // of dy
        double[] sumX = new double[columns]; // of dy · xhat
        for (int i = 0; i < offsets.count(); i++) {
            int rows = offsets.length(i);
            int means = stats.offset + 2 * i * columns;
            int rstds = means + columns;
            Arrays.fill(sum, 0);
            Arrays.fill(sumX, 0);
            for (int r = 0; r < rows; r++) {
                int at = (offsets.start(i) + r) * columns;
                for (int c = 0; c < columns; c++) {
                    float xhat = (x.array[x.offset + at + c] - stats.array[means + c]) * stats.array[rstds + c];
                    double d = dy.array[dy.offset + at + c];
                    sum[c] += d;
                    sumX[c] += d * xhat;
                }
            }
            for (int c = 0; c < columns; c++) {
                dBeta.array[dBeta.offset + c] += (float) sum[c];
                dGamma.array[dGamma.offset + c] += (float) sumX[c];
            }
            for (int r = 0; r < rows; r++) {
                int at = (offsets.start(i) + r) * columns;
                for (int c = 0; c < columns; c++) {
                    float rstd = stats.array[rstds + c];
                    float xhat = (x.array[x.offset + at + c] - stats.array[means + c]) * rstd;
                    double inner = dy.array[dy.offset + at + c] - sum[c] / rows - xhat * sumX[c] / rows;
                    dx.array[dx.offset + at + c] += (float) (rstd * gamma.array[gamma.offset + c] * inner);
                }
            }
        }
    }
}
