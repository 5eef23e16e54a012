package dev.parallax.eval.baseline;

import dev.parallax.BadInputException;
import dev.parallax.ShapeException;
import dev.parallax.eval.Confusion;
import dev.parallax.eval.Metrics;
import dev.parallax.eval.Probabilities;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/// The linear baseline of every table: multinomial logistic regression, p = softmax(W x + b) of standardised
/// inputs x. It minimises
///
///     f(W, b) = sum over i of v_i (-ln p_i,y_i) / sum over i of v_i  +  l2 / 2 · sum of W²
///
/// with v_i = 1, or 1 / (size of the class of i) when balanced. Biases are not penalised. The
/// minimum is found by L-BFGS over all utterances at once, to a gradient of at most 1e-6: nothing is random.
/// It starts from zero, and under several penalties from the minimum of the stronger one before. A class that
/// does not occur gets next to no probability. Mean and deviation
/// are those of the training part.
///
/// Source: Hastie, Tibshirani, Friedman, "The Elements of Statistical Learning", 2nd ed., 2009,
/// section 4.4.
public final class SoftmaxRegression {

    private static final int ITERATIONS = 1000;
    private static final double TOLERANCE = 1e-6;
    private static final List<Double> PENALTIES = List.of(10.0, 1.0, 0.1, 0.01, 0.001);

    /// How it is fitted.
    ///
    /// @param l2       strength of the penalty, above 0; 1 / n is scikit-learn's default for n
    ///     utterances
    /// @param balanced true if each class counts the same, however large it is
    public record FitSettings(double l2, boolean balanced) {

        /// Penalty 0.01, balanced: what is scored is the unweighted accuracy.
        public static final FitSettings STANDARD = new FitSettings(0.01, true);

        /// Checks the range.
        public FitSettings {
            if (!(l2 > 0 && Double.isFinite(l2))) {
                throw new BadInputException("regression: l2 is " + l2 + ", expected a number above 0, such as 0.01");
            }
        }
    }

    private final int classes;
    private final int columns;
    private final double[] weights; // [classes][columns] for inputs as they come, then [classes] biases
    private final boolean converged;

    private SoftmaxRegression(int classes, int columns, double[] weights, boolean converged) {
        this.classes = classes;
        this.columns = columns;
        this.weights = weights;
        this.converged = converged;
    }

    /// Fits the model.
    ///
    /// @param inputs  of the training part, one row an utterance
    /// @param truth   the true class of each row, in 0..classes-1
    /// @param classes at least 2
    public static SoftmaxRegression fit(SparseRows inputs, int[] truth, int classes, FitSettings settings) {
        return new Path(inputs, truth, classes, settings.balanced).next(settings.l2);
    }

    /// Fits under one penalty after the other, each from the weights of the one before. Rows are standardised
    /// once.
    private static final class Path {

        private final int classes;
        private final int columns;
        private final Standardization standard;
        private final DoubleFunction<Lbfgs.Objective> objective; // of a penalty
        private final double[] weights; // of standardised inputs

        Path(SparseRows inputs, int[] truth, int classes, boolean balanced) {
            if (inputs.rows() != truth.length) {
                throw new ShapeException(
                        "regression: " + inputs.rows() + " rows but " + truth.length + " true classes");
            }
            if (classes < 2) {
                throw new BadInputException("regression: " + classes + " classes, expected at least 2");
            }
            this.classes = classes;
            this.columns = inputs.columns();
            this.standard = Standardization.fit(inputs);
            this.weights = new double[classes * (columns + 1)];
            double[] shares = shares(truth, classes, balanced);
            if (inputs.isDense()) {
                DenseObjective dense = new DenseObjective(inputs, truth, standard, shares, classes, 0);
                this.objective = dense::with;
            } else {
                this.objective = l2 -> new SoftmaxObjective(inputs, truth, standard, shares, classes, l2);
            }
        }

        SoftmaxRegression next(double l2) {
            boolean converged = Lbfgs.minimizeInPlace(objective.apply(l2), weights, ITERATIONS, TOLERANCE);
            return new SoftmaxRegression(classes, columns, raw(weights, standard, classes), converged);
        }
    }

    /// The model of the best penalty among 10, 1, 0.1, 0.01, 0.001, each class counting the same. The best one
    /// has the highest unweighted accuracy on a validation part; of equal ones the strongest is taken.
    ///
    /// @param inputs          of the training part
    /// @param truth           the true class of each row of it, in 0..classes-1
    /// @param validation      of utterances, by other speakers, that are in neither training nor test
    /// @param validationTruth the true class of each row of it
    /// @param classes         at least 2
    public static SoftmaxRegression fitTuned(
            SparseRows inputs, int[] truth, SparseRows validation, int[] validationTruth, int classes) {
        @Nullable SoftmaxRegression best = null;
        double highest = -1;
        Path path = new Path(inputs, truth, classes, true);
        for (double l2 : PENALTIES) {
            SoftmaxRegression model = path.next(l2);
            int[] predicted = Probabilities.argmax(model.logits(validation));
            double accuracy = Metrics.of(validationTruth, predicted, classes).unweightedAccuracy();
            if (best == null || accuracy > highest) {
                best = model;
                highest = accuracy;
            }
        }
        return Objects.requireNonNull(best);
    }

    /// v_i / sum of v for an utterance of each class.
    private static double[] shares(int[] truth, int classes, boolean balanced) {
        int[] support = new int[classes];
        for (int i = 0; i < truth.length; i++) {
            Confusion.check("regression", truth[i], "true", i, classes);
            support[truth[i]]++;
        }
        long present = Arrays.stream(support).filter(count -> count > 0).count();
        return Arrays.stream(support)
                .mapToDouble(count -> balanced ? 1.0 / (present * Math.max(1, count)) : 1.0 / truth.length)
                .toArray();
    }

    /// W (x - mean) scale + b = (W scale) x + (b - W (mean · scale)): weights for inputs as they come.
    private static double[] raw(double[] weights, Standardization standard, int classes) {
        int columns = standard.mean.length;
        double[] raw = weights.clone();
        for (int c = 0; c < classes; c++) {
            for (int j = 0; j < columns; j++) {
                raw[c * columns + j] *= standard.scale[j];
                raw[classes * columns + c] -= raw[c * columns + j] * standard.mean[j];
            }
        }
        return raw;
    }

    /// The probabilities of each class.
    ///
    /// @param inputs as many columns as in training, not standardised by the caller
    /// @return [rows][classes]
    public double[][] predict(SparseRows inputs) {
        return Probabilities.softmax(logits(inputs), 1);
    }

    /// W x + b of each row: [rows][classes].
    public double[][] logits(SparseRows inputs) {
        inputs.checkColumns("regression", columns);
        double[][] logits = new double[inputs.rows()][classes];
        for (int i = 0; i < logits.length; i++) {
            int[] indices = inputs.indices(i);
            double[] values = inputs.values(i);
            for (int c = 0; c < classes; c++) {
                double z = weights[classes * columns + c];
                for (int e = 0; e < indices.length; e++) {
                    z += weights[c * columns + indices[e]] * values[e];
                }
                logits[i][c] = z;
            }
        }
        return logits;
    }

    /// The weight of a column for a class, for inputs as they come (not standardised).
    public double weight(int label, int column) {
        return weights[label * columns + column];
    }

    /// True if the gradient became small enough; false if 1000 iterations, or rounding, ended the
    /// search.
    public boolean converged() {
        return converged;
    }
}
