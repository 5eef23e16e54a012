package dev.parallax.eval.baseline;

import java.util.Arrays;
import java.util.List;

/// `decision-stack`: logistic regression on the logits of models that were trained apart. It finds the weight of
/// each model for each class. It must be fitted to out-of-fold logits, of utterances that the models were not
/// trained on. Else it prefers the model that overfits most.
///
/// Source: Wolpert, "Stacked Generalization", Neural Networks 5, 1992.
public final class DecisionStack {

    private final SoftmaxRegression regression;

    private DecisionStack(SoftmaxRegression regression) {
        this.regression = regression;
    }

    /// Fits the regression.
    ///
    /// @param outOfFold logits by each model, [utterances][classes], in an order that [#predict] keeps
    /// @param truth     the true class of each utterance
    /// @param classes   at least 2
    public static DecisionStack fit(
            List<double[][]> outOfFold, int[] truth, int classes, SoftmaxRegression.FitSettings settings) {
        return new DecisionStack(SoftmaxRegression.fit(beside(outOfFold), truth, classes, settings));
    }

    /// The probabilities of each class.
    ///
    /// @param logits by each model, [utterances][classes]
    /// @return [utterances][classes]
    public double[][] predict(List<double[][]> logits) {
        return regression.predict(beside(logits));
    }

    /// The logits of all models in one row per utterance.
    private static SparseRows beside(List<double[][]> models) {
        DecisionFusion.checkAlike("decision-stack", models);
        double[][] rows = new double[models.getFirst().length][];
        for (int i = 0; i < rows.length; i++) {
            int utterance = i;
            rows[i] = models.stream()
                    .flatMapToDouble(model -> Arrays.stream(model[utterance]))
                    .toArray();
        }
        return SparseRows.of(rows);
    }
}
