package dev.parallax.eval.baseline;

import java.util.Arrays;

/// What [SoftmaxObjective] computes, for rows of which most numbers are not zero: the standardised x_i are
/// written down once, by rows and by columns. All inner loops then run over numbers that lie side by side,
/// which C2 vectorises. Every sum has a fixed order.
final class DenseObjective implements Lbfgs.Objective {

    private static final int BLOCK = 256; // rows whose logits stay in the nearest cache

    private final int rows;
    private final int columns;
    private final int classes;
    private final double[] byRow; // [rows][columns], standardised
    private final double[] byColumn; // [columns][rows]
    private final int[] truth;
    private final double[] shares;
    private final double l2;
    private final double[] errors; // [classes][rows]; logits before

    /// @param shares the weight of an utterance of each class
    DenseObjective(SparseRows inputs, int[] truth, Standardization standard, double[] shares, int classes, double l2) {
        this(
                inputs.rows(),
                inputs.columns(),
                classes,
                standardized(inputs, standard),
                new double[inputs.rows() * inputs.columns()],
                truth,
                shares,
                l2);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                byColumn[j * rows + i] = byRow[i * columns + j];
            }
        }
    }

    private DenseObjective(
            int rows,
            int columns,
            int classes,
            double[] byRow,
            double[] byColumn,
            int[] truth,
            double[] shares,
            double l2) {
        this.rows = rows;
        this.columns = columns;
        this.classes = classes;
        this.byRow = byRow;
        this.byColumn = byColumn;
        this.truth = truth;
        this.shares = shares;
        this.l2 = l2;
        this.errors = new double[classes * rows];
    }

    /// The same rows under another penalty.
    DenseObjective with(double changed) {
        return new DenseObjective(rows, columns, classes, byRow, byColumn, truth, shares, changed);
    }

    private static double[] standardized(SparseRows inputs, Standardization standard) {
        int columns = inputs.columns();
        double[] x = new double[inputs.rows() * columns];
        for (int i = 0; i < inputs.rows(); i++) {
            int[] indices = inputs.indices(i);
            double[] values = inputs.values(i);
            for (int e = 0; e < indices.length; e++) {
                x[i * columns + indices[e]] = values[e];
            }
            for (int j = 0; j < columns; j++) {
                x[i * columns + j] = (x[i * columns + j] - standard.mean[j]) * standard.scale[j];
            }
        }
        return x;
    }

    @Override
    public double of(double[] weights, double[] gradient) {
        double loss = 0;
        for (int from = 0; from < rows; from += BLOCK) {
            int to = Math.min(rows, from + BLOCK);
            logits(weights, from, to);
            loss += errors(from, to);
        }
        int biases = classes * columns;
        double penalty = 0;
        for (int k = 0; k < biases; k++) {
            gradient[k] = l2 * weights[k];
            penalty += weights[k] * weights[k];
        }
        for (int c = 0; c < classes; c++) {
            gradient[biases + c] = 0;
        }
        for (int i = 0; i < rows; i++) {
            for (int c = 0; c < classes; c++) {
                double error = errors[c * rows + i];
                gradient[biases + c] += error;
                addInPlace(gradient, c * columns, error, byRow, i * columns, columns);
            }
        }
        return loss + l2 / 2 * penalty;
    }

    /// W x + b of some rows, in `errors`.
    private void logits(double[] weights, int from, int to) {
        for (int c = 0; c < classes; c++) {
            Arrays.fill(errors, c * rows + from, c * rows + to, weights[classes * columns + c]);
        }
        for (int j = 0; j < columns; j++) {
            for (int c = 0; c < classes; c++) {
                addInPlace(errors, c * rows + from, weights[c * columns + j], byColumn, j * rows + from, to - from);
            }
        }
    }

    /// Makes e_i of the logits of some rows; returns their loss.
    private double errors(int from, int to) {
        double loss = 0;
        for (int i = from; i < to; i++) {
            double maximum = Double.NEGATIVE_INFINITY;
            for (int c = 0; c < classes; c++) {
                maximum = Math.max(maximum, errors[c * rows + i]);
            }
            double sum = 0;
            for (int c = 0; c < classes; c++) {
                sum += Math.exp(errors[c * rows + i] - maximum);
            }
            double logSum = maximum + Math.log(sum);
            double share = shares[truth[i]];
            loss += share * (logSum - errors[truth[i] * rows + i]);
            for (int c = 0; c < classes; c++) {
                double p = Math.exp(errors[c * rows + i] - logSum);
                errors[c * rows + i] = share * (p - (c == truth[i] ? 1 : 0));
            }
        }
        return loss;
    }

    /// out[outFrom + k] += factor · x[from + k] for k < length.
    private static void addInPlace(double[] out, int outFrom, double factor, double[] x, int from, int length) {
        for (int k = 0; k < length; k++) {
            out[outFrom + k] += factor * x[from + k];
        }
    }
}
