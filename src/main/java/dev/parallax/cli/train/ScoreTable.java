package dev.parallax.cli.train;

import dev.parallax.cli.command.Table;
import dev.parallax.data.Labels;
import dev.parallax.eval.Calibration;
import dev.parallax.eval.Metrics;
import dev.parallax.eval.RiskCoverage;
import dev.parallax.eval.SelectiveScores;
import dev.parallax.fusion.View;
import dev.parallax.io.Count;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.model.Model;
import dev.parallax.train.Scores;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Scores of a model's views as tables and as JSON.
public final class ScoreTable {

    private static final List<View> ORDER = List.of(View.DECISION, View.FUSED, View.AUDIO, View.TEXT);

    private static final String NONE = "-"; // a number that cannot be given

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
        lines.add(
                "WA: weighted accuracy (share right); UA: unweighted accuracy (mean recall); UA and macroF1 are means over"
                        + " the classes that occur");
        lines.add("ECE: expected calibration error, over " + Calibration.BINS + " bins of equal mass; fewer than "
                + Calibration.LEAST_ANSWERS + " answers have none");
        lines.add("sure+wrong: share of all answers that is called sure and wrong; risk@80: share wrong among the most"
                + " confident 80 %, doubtful ones last");
        lines.add("AURC: area under the curve of risk over coverage; E-AURC: its excess over the best order of the same"
                + " answers");
        if (untaught) {
            lines.add("not taught: under the single loss the split of the answer into perspectives is arbitrary");
        }
        lines.addAll(untestedFusion(scores, model));
        return lines;
    }

    /// A line where a model of two perspectives was scored on no utterance that has both, else none.
    static List<String> untestedFusion(Map<View, Scores> scores, Model model) {
        if (scores.isEmpty() || scores.containsKey(View.FUSED) || !model.readsAudio() || !model.readsText()) {
            return List.of();
        }
        String decided = Stream.of(View.AUDIO, View.TEXT)
                .filter(scores::containsKey)
                .map(view -> Count.of(
                                Objects.requireNonNull(scores.get(view))
                                        .metrics()
                                        .confusion()
                                        .total(),
                                "answer")
                        + " of the " + view.word() + " alone")
                .collect(Collectors.joining(" and "));
        return List.of("FUSION NOT TESTED: no utterance here has both audio and text; the decision is " + decided);
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
                                selective.sure() == 0 ? NONE : Table.number(selective.accuracyOfSure()),
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
                calibration.hasEnoughAnswers() ? Table.number(calibration.expectedCalibrationError()) : NONE);
    }

    /// Each class: its scores, none for one that does not occur, and the classes that it was confused with.
    static List<String> perClass(Scores score, Labels labels) {
        List<String> header = new ArrayList<>(List.of("true class", "n", "precision", "recall", "F1", "taken for:"));
        header.addAll(labels.names());
        Table table = new Table(header);
        for (int truth = 0; truth < labels.size(); truth++) {
            Metrics.ClassScore of = score.metrics().perClass().get(truth);
            boolean occurs = of.support() > 0;
            List<String> cells = new ArrayList<>(List.of(
                    Integer.toString(of.support()),
                    occurs ? Table.number(of.precision()) : NONE,
                    occurs ? Table.number(of.recall()) : NONE,
                    occurs ? Table.number(of.f1()) : NONE,
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
