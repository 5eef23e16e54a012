package dev.parallax.report.card;

import dev.parallax.BadInputException;
import dev.parallax.io.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The sections on an evaluation of the model: scores by group, and under other conditions.
///
/// @param evaluation as `evaluate --out` writes it into `evaluation.json`
record CardEvaluation(JsonObject evaluation) {

    /// Refuses an evaluation of another model.
    ///
    /// @param weights hash of the model's weights
    CardEvaluation requireOf(String weights) {
        String others = evaluation.text("weightsHash");
        if (!others.equals(weights)) {
            throw new BadInputException(evaluation.where() + ": it is of another model, whose weights have the hash "
                    + others + "; these have " + weights);
        }
        return this;
    }

    List<Block.Section> sections() {
        List<Block.Section> sections = new ArrayList<>();
        String on = "Evaluated on the part " + evaluation.text("split") + ", " + evaluation.integer("utterances")
                + " utterances. Intervals are those of speakers drawn again, 95 %, where there are enough of them.";
        if (evaluation.has("groups")) {
            List<Block> blocks = new ArrayList<>(List.of(new Block.Paragraph(on)));
            for (JsonObject column : evaluation.array("groups").objects()) {
                blocks.add(groups(column));
                column.array("gaps").objects().forEach(gap -> blocks.add(new Block.Paragraph(gap(gap))));
            }
            sections.add(new Block.Section("For whom it works how well", blocks));
        }
        if (evaluation.has("robustness")) {
            sections.add(new Block.Section(
                    "Under other conditions",
                    List.of(new Block.Paragraph(on), conditions(evaluation.object("robustness")))));
        }
        return sections;
    }

    private static Block groups(JsonObject column) {
        return new Block.Grid(
                "By " + column.text("column"),
                List.of(
                        column.text("column"),
                        "utterances",
                        "speakers",
                        "unweighted accuracy",
                        "95 % interval",
                        "weighted accuracy",
                        "95 % interval"),
                column.array("groups").objects().stream()
                        .map(group -> List.of(
                                group.text("name"),
                                Integer.toString(group.integer("utterances")),
                                Integer.toString(group.integer("speakers")),
                                estimate(group, "unweightedAccuracy"),
                                range(group, "unweightedAccuracy"),
                                estimate(group, "weightedAccuracy"),
                                range(group, "weightedAccuracy")))
                        .toList());
    }

    private static String gap(JsonObject gap) {
        String found = String.format(
                Locale.ROOT,
                "Largest gap in %s: %.3f, %s above %s; ",
                gap.text("score"),
                gap.number("size"),
                gap.text("highest"),
                gap.text("lowest"));
        return found
                + (gap.has("adjustedP")
                        ? String.format(Locale.ROOT, "p %.3f, corrected for all gaps.", gap.number("adjustedP"))
                        : "there are too few speakers to tell whether it is more than luck.");
    }

    private static Block conditions(JsonObject robustness) {
        return new Block.Grid(
                "The same utterances, changed",
                List.of(
                        "condition",
                        "utterances",
                        "unweighted accuracy",
                        "95 % interval",
                        "change",
                        "95 % interval",
                        "sure",
                        "right of the sure"),
                robustness.array("conditions").objects().stream()
                        .map(CardEvaluation::condition)
                        .toList());
    }

    private static List<String> condition(JsonObject row) {
        boolean scored = row.has("unweightedAccuracy");
        return List.of(
                row.text("name"),
                Integer.toString(row.integer("utterances")),
                scored ? estimate(row, "unweightedAccuracy") : CardScores.NONE,
                scored ? range(row, "unweightedAccuracy") : CardScores.NONE,
                scored ? estimate(row, "difference") : CardScores.NONE,
                scored ? range(row, "difference") : CardScores.NONE,
                scored ? CardScores.number(row.number("sure")) : CardScores.NONE,
                row.has("accuracyOfSure") ? CardScores.number(row.number("accuracyOfSure")) : CardScores.NONE);
    }

    private static String estimate(JsonObject row, String score) {
        return CardScores.number(row.object(score), "estimate");
    }

    private static String range(JsonObject row, String score) {
        JsonObject interval = row.object(score);
        return CardScores.number(interval, "low") + " to " + CardScores.number(interval, "high");
    }
}
