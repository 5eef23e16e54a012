package dev.parallax.train;

import dev.parallax.eval.Calibration;
import dev.parallax.eval.Metrics;
import dev.parallax.eval.Probabilities;
import dev.parallax.io.Json;
import dev.parallax.io.JsonArray;
import dev.parallax.io.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How well one view of a model did on some examples.
///
/// @param metrics     accuracies, F1, confusion
/// @param calibration how far the probabilities can be trusted
public record Scores(Metrics metrics, Calibration calibration) {

    /// The scores of a view, or null where no labelled example has it.
    ///
    /// @param temperature what the logits are divided by for the probabilities
    public static @Nullable Scores of(Outputs outputs, Outputs.View view, double temperature) {
        int[] truth = outputs.truth(view);
        if (truth.length == 0) {
            return null;
        }
        double[][] probabilities = Probabilities.softmax(outputs.rows(view), temperature);
        Metrics metrics = Metrics.of(truth, Probabilities.argmax(probabilities), outputs.classes());
        return new Scores(metrics, Calibration.of(probabilities, truth));
    }

    /// `{utterances, weightedAccuracy, unweightedAccuracy, macroF1, weightedF1, perClass, confusion, calibration}`.
    ///
    /// @param labels names of the classes
    public JsonObject toJson(List<String> labels) {
        JsonObject perClass = Json.object();
        List<Json> confusion = new ArrayList<>();
        for (int truth = 0; truth < labels.size(); truth++) {
            Metrics.ClassScore score = metrics.perClass().get(truth);
            perClass = perClass.with(
                    labels.get(truth),
                    Json.object()
                            .with("precision", score.precision())
                            .with("recall", score.recall())
                            .with("f1", score.f1())
                            .with("support", score.support()));
            List<Json> row = new ArrayList<>();
            for (int predicted = 0; predicted < labels.size(); predicted++) {
                row.add(new Json.Whole(metrics.confusion().count(truth, predicted)));
            }
            confusion.add(Json.array(row));
        }
        JsonArray matrix = Json.array(confusion);
        return Json.object()
                .with("utterances", metrics.confusion().total())
                .with("weightedAccuracy", metrics.weightedAccuracy())
                .with("unweightedAccuracy", metrics.unweightedAccuracy())
                .with("macroF1", metrics.macroF1())
                .with("weightedF1", metrics.weightedF1())
                .with("perClass", perClass)
                .with("confusion", matrix)
                .with(
                        "calibration",
                        Json.object()
                                .with("negativeLogLikelihood", calibration.negativeLogLikelihood())
                                .with("brier", calibration.brier())
                                .with("expectedCalibrationError", calibration.expectedCalibrationError()));
    }
}
