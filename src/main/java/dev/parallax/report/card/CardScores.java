package dev.parallax.report.card;

import dev.parallax.eval.Interval;
import dev.parallax.io.Json;
import dev.parallax.io.JsonArray;
import dev.parallax.io.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The sections on the scores of the test part.
///
/// @param labels the classes
/// @param test   scores by view, as a record has them
record CardScores(List<String> labels, JsonObject test) {

    /// Where there is no number.
    static final String NONE = "–";

    /// The view whose scores are those of the model.
    static final String DECISION = "decision";

    /// The scores of a view for the metadata.
    static List<CardMetadata.Result> results(JsonObject view) {
        return List.of(
                new CardMetadata.Result("accuracy", "weighted accuracy", view.number("weightedAccuracy")),
                new CardMetadata.Result("recall", "unweighted accuracy", view.number("unweightedAccuracy")),
                new CardMetadata.Result("f1", "macro F1", view.number("macroF1")));
    }

    List<Block.Section> sections() {
        List<Block.Section> sections = new ArrayList<>();
        if (test.fields().isEmpty()) {
            sections.add(new Block.Section(
                    "How well it does", List.of(new Block.Paragraph("Not known: no test part was scored."))));
            return sections;
        }
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Grid(
                "The test part, scored once. Weighted accuracy is the share of right answers, unweighted accuracy the"
                        + " mean recall of the classes",
                List.of(
                        "answer",
                        "utterances",
                        "weighted accuracy",
                        "95 % interval",
                        "unweighted accuracy",
                        "macro F1"),
                test.fields().keySet().stream().map(this::row).toList()));
        blocks.add(
                new Block.Paragraph("Intervals are Wilson's: they take utterances as independent. Those of one speaker"
                        + " are not, so for other speakers they are too narrow."));
        if (test.has(DECISION)) {
            JsonObject decision = test.object(DECISION);
            blocks.add(perClass(decision));
            blocks.add(confusion(decision));
        }
        sections.add(new Block.Section("How well it does", blocks));
        sections.add(new Block.Section("How far its probabilities can be trusted", List.of(calibration())));
        return sections;
    }

    private List<String> row(String view) {
        JsonObject its = test.object(view);
        int n = its.integer("utterances");
        double accuracy = its.number("weightedAccuracy");
        return List.of(
                view,
                Integer.toString(n),
                number(accuracy),
                interval(accuracy * n, n),
                number(its.number("unweightedAccuracy")),
                number(its.number("macroF1")));
    }

    private Block perClass(JsonObject decision) {
        JsonObject classes = decision.object("perClass");
        List<List<String>> rows = new ArrayList<>();
        for (String label : labels) {
            if (classes.has(label)) {
                JsonObject its = classes.object(label);
                int n = its.integer("support");
                rows.add(List.of(
                        label,
                        Integer.toString(n),
                        number(its.number("recall")),
                        n == 0 ? NONE : interval(its.number("recall") * n, n),
                        number(its.number("precision")),
                        number(its.number("f1"))));
            }
        }
        return new Block.Grid(
                "The decision, class by class",
                List.of("class", "utterances", "recall", "95 % interval", "precision", "F1"),
                rows);
    }

    private Block confusion(JsonObject decision) {
        List<String> header = new ArrayList<>(List.of("true class"));
        labels.forEach(label -> header.add("taken for " + label));
        List<JsonArray> confusion = decision.array("confusion").arrays();
        List<List<String>> rows = new ArrayList<>();
        for (int c = 0; c < labels.size(); c++) {
            List<String> row = new ArrayList<>(List.of(labels.get(c)));
            for (int count : confusion.get(c).integers()) {
                row.add(Integer.toString(count));
            }
            rows.add(row);
        }
        return new Block.Grid("What it takes for what", header, rows);
    }

    private Block calibration() {
        List<List<String>> rows = new ArrayList<>();
        for (String view : test.fields().keySet()) {
            JsonObject its = test.object(view);
            JsonObject calibration = its.object("calibration");
            JsonObject selective = its.object("selective");
            rows.add(List.of(
                    view,
                    number(calibration, "negativeLogLikelihood"),
                    number(calibration, "brier"),
                    number(calibration, "expectedCalibrationError"),
                    number(selective, "sure"),
                    number(selective, "accuracyOfSure"),
                    number(selective, "doubtful")));
        }
        return new Block.Grid(
                "Negative log-likelihood, Brier score and expected calibration error (less is better); the share of"
                        + " sure answers, how many of these are right, and the share of input unlike the training data",
                List.of("answer", "NLL", "Brier", "ECE", "sure", "right of the sure", "unlike"),
                rows);
    }

    static String number(JsonObject json, String key) {
        return json.get(key) instanceof Json.Real real && Double.isFinite(real.value()) ? number(real.value()) : NONE;
    }

    /// Three decimals.
    static String number(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.3f", value) : NONE;
    }

    private static String interval(double right, int n) {
        Interval interval = Interval.ofShare(right, n);
        return number(interval.low()) + " to " + number(interval.high());
    }
}
