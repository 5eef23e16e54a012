package dev.parallax.cli.train;

import dev.parallax.cli.command.Table;
import dev.parallax.eval.ConditionScore;
import dev.parallax.eval.Interval;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.report.RobustnessSection;
import dev.parallax.robustness.ConditionRow;
import dev.parallax.robustness.Robustness;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/// Scores under other conditions as a table and as JSON.
final class RobustnessTable {

    private RobustnessTable() {}

    /// The scores, one row for each condition, and what is left out.
    static List<String> lines(Robustness robustness) {
        Table table = new Table(
                List.of("condition", "n", "UA", "95 %", "to clean", "95 %", "sure", "right of sure", "doubtful"));
        for (ConditionRow row : robustness.rows()) {
            List<String> cells = new ArrayList<>(List.of(Integer.toString(row.utterances())));
            ConditionScore score = row.score();
            if (score == null) {
                cells.addAll(Collections.nCopies(7, "-"));
            } else {
                cells.add(Table.number(score.unweightedAccuracy().estimate()));
                cells.add(range("%.3f to %.3f", score.unweightedAccuracy()));
                Interval difference = score.difference();
                cells.add(row.isClean() ? "-" : String.format(Locale.ROOT, "%+.3f", difference.estimate()));
                cells.add(row.isClean() ? "-" : range("%+.3f to %+.3f", difference));
                cells.add(Table.number(score.selective().operatingPoint().coverage()));
                cells.add(Table.number(score.selective().accuracyOfSure()));
                cells.add(Table.number(score.selective().doubtfulShare()));
            }
            table.row(row.name(), cells);
        }
        List<String> lines = new ArrayList<>(List.of("the decision under other conditions:"));
        lines.addAll(table.lines());
        lines.add(
                "95 %: intervals of the bootstrap over speakers; over utterances where speakers are not known or fewer"
                        + " than 8. to clean: UA less that of the same utterances as they are");
        lines.addAll(RobustnessSection.summary(robustness));
        lines.addAll(robustness.leftOut());
        return lines;
    }

    /// The ends of an interval.
    static String range(String format, Interval interval) {
        return String.format(Locale.ROOT, format, interval.low(), interval.high());
    }

    /// `{conditions: [{name, what, utterances, lost, unweightedAccuracy, weightedAccuracy, difference, sure,
    /// accuracyOfSure, doubtful}], leftOut}`; accuracyOfSure is missing where none is sure, and all scores are
    /// where nothing was scored.
    static JsonObject json(Robustness robustness) {
        List<Json> all = new ArrayList<>();
        for (ConditionRow row : robustness.rows()) {
            JsonObject one = Json.object()
                    .with("name", row.name())
                    .with("what", row.what())
                    .with("utterances", row.utterances())
                    .with("lost", row.lost());
            ConditionScore score = row.score();
            all.add(score == null ? one : scored(one, score));
        }
        return Json.object().with("conditions", Json.array(all)).with("leftOut", robustness.leftOut());
    }

    private static JsonObject scored(JsonObject row, ConditionScore score) {
        JsonObject json = row.with("unweightedAccuracy", interval(score.unweightedAccuracy()))
                .with("weightedAccuracy", interval(score.weightedAccuracy()))
                .with("difference", interval(score.difference()))
                .with("sure", score.selective().operatingPoint().coverage())
                .with("doubtful", score.selective().doubtfulShare());
        return score.selective().sure() == 0
                ? json
                : json.with("accuracyOfSure", score.selective().accuracyOfSure());
    }

    /// `{estimate, low, high, level, clusters, withinTheseSpeakers}`.
    static JsonObject interval(Interval interval) {
        return Json.object()
                .with("estimate", interval.estimate())
                .with("low", interval.low())
                .with("high", interval.high())
                .with("level", interval.level())
                .with("clusters", interval.clusters())
                .with("withinTheseSpeakers", interval.withinTheseSpeakers());
    }
}
