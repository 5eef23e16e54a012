package dev.parallax.cli.train;

import dev.parallax.cli.command.Table;
import dev.parallax.data.Labels;
import dev.parallax.eval.Calibration;
import dev.parallax.eval.Metrics;
import dev.parallax.eval.RiskCoverage;
import dev.parallax.eval.SelectiveScores;
import dev.parallax.fusion.View;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.model.Model;
import dev.parallax.train.Scores;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Scores of a model's views as tables and as JSON.
public final class ScoreTable {

    private static final List<View> ORDER = List.of(View.DECISION, View.FUSED, View.AUDIO, View.TEXT);

    private ScoreTable() {}

    /// Whether a view had a loss term of its own; under the single loss the split into perspectives is arbitrary.
    public static boolean isTaught(Model model, View view) {
        boolean both = model.readsAudio() && model.readsText();
        boolean single = both && !model.perspectivesTrained();
        return !single || view == View.DECISION || view == View.FUSED;
    }

    /// The scores, one row per view.
    static List<String> lines(Map<View, Scores> scores, Model model) {
        Table table = new Table(List.of("", "n", "WA", "UA", "macroF1", "weightedF1", "NLL", "Brier", "ECE"));
        boolean untaught = false;
        for (View view : ORDER) {
            Scores score = scores.get(view);
            if (score != null) {
                untaught |= !isTaught(model, view);
                table.row(label(model, view), cells(score));
            }
        }
        List<String> lines = new ArrayList<>(table.lines());
        lines.add("");
        lines.addAll(selective(scores, model));
        lines.add("");
        lines.add("WA: weighted accuracy (share right); UA: unweighted accuracy (mean recall of the classes)");
        lines.add("sure+wrong: share of all answers that is called sure and wrong; risk@80: share wrong among the most"
                + " confident 80 %, doubtful ones last");
        lines.add("AURC: area under the curve of risk over coverage; E-AURC: its excess over the best order of the same"
                + " answers");
        if (untaught) {
            lines.add("not taught: under the single loss the split of the answer into perspectives is arbitrary");
        }
        return lines;
    }

    private static String label(Model model, View view) {
        return isTaught(model, view) ? view.word() : view.word() + " (not taught)";
    }

    /// Selective prediction, the scores of the sure answers alone: one row per view.
    private static List<String> selective(Map<View, Scores> scores, Model model) {
        Table table = new Table(
                List.of("", "sure", "sure+wrong", "right of sure", "doubtful", "AURC", "E-AURC", "risk@50", "risk@80"));
        for (View view : ORDER) {
            Scores score = scores.get(view);
            if (score != null) {
                SelectiveScores selective = score.selective();
                RiskCoverage curve = selective.curve();
                table.row(
                        label(model, view),
                        List.of(
                                Table.number(selective.operatingPoint().coverage()),
                                Table.number(selective.sureAndWrongShare()),
                                selective.sure() == 0 ? "-" : Table.number(selective.accuracyOfSure()),
                                Table.number(selective.doubtfulShare()),
                                Table.number(curve.area()),
                                Table.number(curve.excessArea()),
                                Table.number(curve.risk(0.5)),
                                Table.number(curve.risk(0.8))));
            }
        }
        return table.lines();
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

    /// Each class: its scores, and the classes that it was confused with.
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

    /// `{decision: {...}, fused: ..., audio: ..., text: ...}` of the existing views, each with `taught`.
    public static JsonObject json(Map<View, Scores> scores, Model model) {
        JsonObject json = Json.object();
        for (View view : ORDER) {
            Scores score = scores.get(view);
            if (score != null) {
                JsonObject one = score.toJson(model.labels().names()).with("taught", isTaught(model, view));
                json = json.with(view.word(), one);
            }
        }
        return json;
    }
}
