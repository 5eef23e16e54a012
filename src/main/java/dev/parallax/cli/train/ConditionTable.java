package dev.parallax.cli.train;

import dev.parallax.cli.command.Table;
import dev.parallax.eval.ConditionScore;
import dev.parallax.eval.Interval;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.setup.Robustness;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Scores under other conditions as a table and as JSON.
final class ConditionTable {

    private ConditionTable() {}

    /// The scores, one row per condition, and what is left out.
    static List<String> lines(Robustness robustness) {
        Table table = new Table(List.of("condition", "n", "UA", "95 %", "less clean", "95 %", "sure", "right of sure"));
        for (ConditionScore score : robustness.conditions()) {
            table.row(
                    score.name(),
                    List.of(
                            Integer.toString(score.utterances()),
                            Table.number(score.unweightedAccuracy().estimate()),
                            range(score.unweightedAccuracy()),
                            Table.number(score.difference().estimate()),
                            range(score.difference()),
                            Table.number(score.sure()),
                            Table.number(score.accuracyOfSure())));
        }
        List<String> lines = new ArrayList<>(table.lines());
        lines.addAll(robustness.leftOut());
        return lines;
    }

    /// The ends of an interval.
    static String range(Interval interval) {
        return String.format(Locale.ROOT, "%.3f to %.3f", interval.low(), interval.high());
    }

    /// `{conditions: [{name, what, utterances, unweightedAccuracy, weightedAccuracy, difference, sure,
    /// accuracyOfSure}], leftOut}`; accuracyOfSure is missing where none is sure.
    static JsonObject json(Robustness robustness) {
        List<Json> all = new ArrayList<>();
        for (ConditionScore score : robustness.conditions()) {
            JsonObject one = Json.object()
                    .with("name", score.name())
                    .with("what", score.what())
                    .with("utterances", score.utterances())
                    .with("unweightedAccuracy", interval(score.unweightedAccuracy()))
                    .with("weightedAccuracy", interval(score.weightedAccuracy()))
                    .with("difference", interval(score.difference()))
                    .with("sure", score.sure());
            all.add(Double.isNaN(score.accuracyOfSure()) ? one : one.with("accuracyOfSure", score.accuracyOfSure()));
        }
        return Json.object().with("conditions", Json.array(all)).with("leftOut", robustness.leftOut());
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
