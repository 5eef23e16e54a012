package dev.parallax.train;

import dev.parallax.data.Labels;
import dev.parallax.eval.Calibration;
import dev.parallax.eval.Metrics;
import dev.parallax.eval.Probabilities;
import dev.parallax.eval.RiskCoverage;
import dev.parallax.eval.SelectiveScores;
import dev.parallax.fusion.View;
import dev.parallax.io.Json;
import dev.parallax.io.JsonArray;
import dev.parallax.io.JsonObject;
import dev.parallax.model.answer.Answer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How well one view of a model did on some examples.
///
/// @param metrics     accuracies, F1, confusion
/// @param calibration how far the probabilities can be trusted
/// @param selective   how well the confidence shows which answers to keep
public record Scores(Metrics metrics, Calibration calibration, SelectiveScores selective) {

    private static final int[] COVERAGES = {20, 40, 60, 80, 100}; // [%]

    /// The scores of a view without doubts or thresholds, or null where no labelled example has it.
    ///
    /// @param temperature what the logits are divided by for the probabilities
    public static @Nullable Scores of(Outputs outputs, View view, double temperature) {
        int[] truth = outputs.truth(view);
        if (truth.length == 0) {
            return null;
        }
        double[][] probabilities = Probabilities.softmax(outputs.rows(view), temperature);
        Metrics metrics = Metrics.of(truth, Probabilities.argmax(probabilities), outputs.classes());
        return new Scores(metrics, Calibration.of(probabilities, truth), SelectiveScores.plain(probabilities, truth));
    }

    /// The scores of answers.
    ///
    /// @param truth  the true classes, as many
    /// @param labels names of the classes
    static Scores of(List<Answer> answers, int[] truth, Labels labels) {
        int n = answers.size();
        double[][] probabilities = new double[n][];
        double[] told = new double[n];
        boolean[] isSure = new boolean[n];
        boolean[] isDoubtful = new boolean[n];
        for (int i = 0; i < n; i++) {
            Answer answer = answers.get(i);
            probabilities[i] = answer.probabilities().stream()
                    .mapToDouble(Double::doubleValue)
                    .toArray();
            told[i] = answer.probability();
            isSure[i] = answer.sure();
            isDoubtful[i] = answer.doubtful();
        }
        int[] classes = Probabilities.argmax(probabilities);
        return new Scores(
                Metrics.of(truth, classes, labels.size()),
                Calibration.of(probabilities, truth),
                SelectiveScores.of(classes, told, isSure, isDoubtful, truth));
    }

    /// `{utterances, weightedAccuracy, unweightedAccuracy, macroF1, weightedF1, perClass, confusion, calibration,
    /// selective}`, the last one of `{sure, sureAndWrong, accuracyOfSure, doubtful, aurc, excessAurc,
    /// riskAtCoverage}`: shares, and the risk at each coverage in percent.
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
                                .with("expectedCalibrationError", calibration.expectedCalibrationError()))
                .with("selective", selectiveJson());
    }

    private JsonObject selectiveJson() {
        RiskCoverage curve = selective.curve();
        JsonObject risks = Json.object();
        for (int coverage : COVERAGES) {
            risks = risks.with(Integer.toString(coverage), curve.risk(coverage / 100.0));
        }
        return Json.object()
                .with("sure", selective.operatingPoint().coverage())
                .with("sureAndWrong", selective.sureAndWrongShare())
                .with("accuracyOfSure", selective.accuracyOfSure())
                .with("doubtful", selective.doubtfulShare())
                .with("aurc", curve.area())
                .with("excessAurc", curve.excessArea())
                .with("riskAtCoverage", risks);
    }
}
