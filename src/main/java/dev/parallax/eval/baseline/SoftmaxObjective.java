package dev.parallax.eval.baseline;

import dev.parallax.eval.Probabilities;

/// The function that [SoftmaxRegression] minimises, and its gradient: with
/// e_i = v_i (p_i - onehot(y_i)) / sum of v,
///
///     df/dW = sum over i of e_i x_iᵀ + l2 W          df/db = sum over i of e_i
///
/// The standardised x_i = (raw_i - mean) · scale are never written down, for they are not sparse:
///
///     W x_i            = (W scale) raw_i - (W scale) mean                       the latter is constant
///     sum of e_i x_iᵀ  = (sum of e_i raw_iᵀ - (sum of e_i) meanᵀ) scale
final class SoftmaxObjective implements Lbfgs.Objective {

    private final SparseRows inputs;
    private final int[] truth;
    private final Standardization standard;
    private final double[] shares;
    private final int classes;
    private final double l2;

    /// @param shares the weight of an utterance of each class
    SoftmaxObjective(
            SparseRows inputs, int[] truth, Standardization standard, double[] shares, int classes, double l2) {
        this.inputs = inputs;
        this.truth = truth;
        this.standard = standard;
        this.shares = shares;
        this.classes = classes;
        this.l2 = l2;
    }

    @Override
    public double of(double[] weights, double[] gradient) {
        int columns = inputs.columns();
        int biases = classes * columns;
        double[] scaled = new double[biases]; // [columns][classes]: the classes of a column side by side
        double[] constant = new double[classes];
        double penalty = 0;
        for (int c = 0; c < classes; c++) {
            constant[c] = weights[biases + c];
            for (int j = 0; j < columns; j++) {
                double w = weights[c * columns + j];
                scaled[j * classes + c] = w * standard.scale[j];
                constant[c] -= w * standard.scale[j] * standard.mean[j];
                penalty += w * w;
            }
        }
        double[] sums = new double[biases]; // of e_i rawᵀ, laid out as `scaled`
        double[] errors = new double[classes];
        double loss = 0;
        for (int i = 0; i < truth.length; i++) {
            loss += row(i, scaled, constant, sums, errors);
        }
        for (int c = 0; c < classes; c++) {
            gradient[biases + c] = errors[c];
            for (int j = 0; j < columns; j++) {
                gradient[c * columns + j] = (sums[j * classes + c] - errors[c] * standard.mean[j]) * standard.scale[j]
                        + l2 * weights[c * columns + j];
            }
        }
        return loss + l2 / 2 * penalty;
    }

    /// The loss of one utterance; adds its part to the sums.
    private double row(int i, double[] scaled, double[] constant, double[] sums, double[] errors) {
        int[] indices = inputs.indices(i);
        double[] values = inputs.values(i);
        double[] z = constant.clone();
        for (int e = 0; e < indices.length; e++) {
            for (int c = 0; c < classes; c++) {
                z[c] += scaled[indices[e] * classes + c] * values[e];
            }
        }
        double maximum = z[Probabilities.argmax(z)];
        double sum = 0;
        for (double logit : z) {
            sum += Math.exp(logit - maximum);
        }
        double logSum = maximum + Math.log(sum);
        double share = shares[truth[i]];
        double[] error = new double[classes];
        for (int c = 0; c < classes; c++) {
            error[c] = share * (Math.exp(z[c] - logSum) - (c == truth[i] ? 1 : 0));
            errors[c] += error[c];
        }
        for (int e = 0; e < indices.length; e++) {
            for (int c = 0; c < classes; c++) {
                sums[indices[e] * classes + c] += error[c] * values[e];
            }
        }
        return share * (logSum - z[truth[i]]);
    }
}
