package dev.parallax.cli;

import dev.parallax.data.Labels;
import dev.parallax.eval.Calibration;
import dev.parallax.eval.Metrics;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.model.Model;
import dev.parallax.train.Outputs;
import dev.parallax.train.Scores;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Scores of a model's views as tables and as JSON.
final class ScoreTable {

    private static final List<Outputs.View> ORDER =
            List.of(Outputs.View.DECISION, Outputs.View.FUSED, Outputs.View.AUDIO, Outputs.View.TEXT);

    private ScoreTable() {}

    /// `decision`, `fused`, `audio`, `text`.
    static String name(Outputs.View view) {
        return view.name().toLowerCase(Locale.ROOT);
    }

    /// Whether a view was taught by a loss of its own; under the single loss the split into perspectives is arbitrary.
    static boolean isTaught(Model model, Outputs.View view) {
        boolean both = model.readsAudio() && model.readsText();
        boolean single = both && !model.perspectivesTrained();
        return !single || view == Outputs.View.DECISION || view == Outputs.View.FUSED;
    }

    /// The scores, a row a view.
    static List<String> lines(Map<Outputs.View, Scores> scores, Model model) {
        Table table = new Table(List.of("", "n", "WA", "UA", "macroF1", "weightedF1", "NLL", "Brier", "ECE"));
        boolean untaught = false;
        for (Outputs.View view : ORDER) {
            Scores score = scores.get(view);
            if (score != null) {
                boolean taught = isTaught(model, view);
                untaught |= !taught;
                table.row(taught ? name(view) : name(view) + " (not taught)", cells(score));
            }
        }
        List<String> lines = new ArrayList<>(table.lines());
        lines.add("WA: weighted accuracy (share right); UA: unweighted accuracy (mean recall of the classes)");
        if (untaught) {
            lines.add("not taught: under the single loss the split of the answer into perspectives is arbitrary");
        }
        return lines;
    }

    private static List<String> cells(Scores score) {
        Metrics metrics = score.metrics();
        Calibration calibration = score.calibration();
        return List.of(
                Integer.toString(metrics.confusion().total()),
                Table.number(metrics.weightedAccuracy()),
                Table.number(metrics.unweightedAccuracy()),
                Table.number(metrics.macroF1()),
                Table.number(metrics.weightedF1()),
                Table.number(calibration.negativeLogLikelihood()),
                Table.number(calibration.brier()),
                Table.number(calibration.expectedCalibrationError()));
    }

    /// Each class: its scores, and what it was taken for.
    static List<String> perClass(Scores score, Labels labels) {
        List<String> header = new ArrayList<>(List.of("true class", "n", "precision", "recall", "F1", "taken for:"));
        header.addAll(labels.names());
        Table table = new Table(header);
        for (int truth = 0; truth < labels.size(); truth++) {
            Metrics.ClassScore of = score.metrics().perClass().get(truth);
            List<String> cells = new ArrayList<>(List.of(
                    Integer.toString(of.support()),
                    Table.number(of.precision()),
                    Table.number(of.recall()),
                    Table.number(of.f1()),
                    ""));
            for (int predicted = 0; predicted < labels.size(); predicted++) {
                cells.add(Integer.toString(score.metrics().confusion().count(truth, predicted)));
            }
            table.row(labels.name(truth), cells);
        }
        return table.lines();
    }

    /// `{decision: {...}, fused: ..., audio: ..., text: ...}` with those that there are, each with `taught`.
    static JsonObject json(Map<Outputs.View, Scores> scores, Model model) {
        JsonObject json = Json.object();
        for (Outputs.View view : ORDER) {
            Scores score = scores.get(view);
            if (score != null) {
                JsonObject one = score.toJson(model.labels().names()).with("taught", isTaught(model, view));
                json = json.with(name(view), one);
            }
        }
        return json;
    }
}
