package dev.parallax.eval;

import dev.parallax.BadInputException;
import dev.parallax.ShapeException;

/// Rows of numbers, one per utterance, one column per class: logits, and probabilities made of them.
public final class Probabilities {

    private static final double SUM_TOLERANCE = 1e-3; // rows computed in float, or printed and read again

    private Probabilities() {}

    /// The rows of a flat row-major array, as a tensor gives it.
    ///
    /// @param values  [rows · columns]
    /// @param columns the number of classes
    /// @return `[rows][columns]`
    public static double[][] rows(float[] values, int columns) {
        if (columns < 1 || values.length % columns != 0) {
            throw new ShapeException("rows: " + values.length + " values are no rows of " + columns);
        }
        double[][] rows = new double[values.length / columns][columns];
        for (int i = 0; i < values.length; i++) {
            rows[i / columns][i % columns] = values[i];
        }
        return rows;
    }

    /// Softmax of each row at a temperature: p_k = exp(z_k / T) / sum over j of exp(z_j / T).
    ///
    /// @param logits      `[rows][classes]`, not modified
    /// @param temperature T, above 0; above 1 makes the probabilities less extreme
    public static double[][] softmax(double[][] logits, double temperature) {
        double[][] out = new double[logits.length][];
        for (int i = 0; i < logits.length; i++) {
            out[i] = softmax(logits[i], temperature);
        }
        return out;
    }

    public static double[] softmax(double[] logits, double temperature) {
        double maximum = logits[argmax(logits)];
        double[] out = new double[logits.length];
        double sum = 0;
        for (int k = 0; k < out.length; k++) {
            out[k] = Math.exp((logits[k] - maximum) / temperature);
            sum += out[k];
        }
        for (int k = 0; k < out.length; k++) {
            out[k] /= sum;
        }
        return out;
    }

    /// The class of the largest value; the first of several.
    public static int argmax(double[] row) {
        int best = 0;
        for (int k = 1; k < row.length; k++) {
            if (row[k] > row[best]) {
                best = k;
            }
        }
        return best;
    }

    /// The class of the largest value in each row.
    public static int[] argmax(double[][] rows) {
        int[] out = new int[rows.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = argmax(rows[i]);
        }
        return out;
    }

    /// Refuses rows that do not fit the truth or each other, and values that are not finite.
    static void check(String what, double[][] rows, int[] truth) {
        if (rows.length != truth.length) {
            throw new ShapeException(what + ": " + rows.length + " rows but " + truth.length + " true classes");
        }
        if (rows.length == 0) {
            throw new BadInputException(what + ": there are no utterances to score; is this part of the split empty?");
        }
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != rows[0].length) {
                throw new ShapeException(
                        what + ": row " + i + " has " + rows[i].length + " classes, row 0 has " + rows[0].length);
            }
            Confusion.check(what, truth[i], "true", i, rows[0].length);
            for (double value : rows[i]) {
                if (!Double.isFinite(value)) {
                    throw new BadInputException(what + ": row " + i + " holds " + value + ", expected finite numbers");
                }
            }
        }
    }

    /// Refuses rows that are not probabilities.
    public static void checkSums(String what, double[][] rows) {
        for (int i = 0; i < rows.length; i++) {
            double sum = 0;
            for (double p : rows[i]) {
                sum += p;
                if (p < 0) {
                    throw new BadInputException(what + ": row " + i + " holds the probability " + p);
                }
            }
            if (Math.abs(sum - 1) > SUM_TOLERANCE) {
                throw new BadInputException(
                        what + ": row " + i + " sums to " + sum + ", probabilities sum to 1 (are these logits?)");
            }
        }
    }
}
