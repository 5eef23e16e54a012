package dev.parallax.cli.train;

import dev.parallax.cli.command.Table;
import dev.parallax.eval.GroupComparison;
import dev.parallax.eval.GroupGap;
import dev.parallax.eval.GroupScore;
import dev.parallax.io.Json;
import dev.parallax.io.JsonArray;
import dev.parallax.io.JsonObject;
import dev.parallax.report.ColumnSection;
import java.util.ArrayList;
import java.util.List;

/// Scores by the values of columns as tables and as JSON.
final class GroupTable {

    private static final int MOST_ROWS = 60;

    private GroupTable() {}

    /// The scores of a column, one row per value, and its largest gaps.
    static List<String> lines(GroupComparison column) {
        Table table = new Table(List.of(column.column(), "n", "speakers", "UA", "95 %", "WA", "95 %"));
        for (GroupScore group : ColumnSection.shown(column, MOST_ROWS)) {
            table.row(
                    group.name(),
                    List.of(
                            Integer.toString(group.utterances()),
                            Integer.toString(group.speakers()),
                            Table.number(group.unweightedAccuracy().estimate()),
                            RobustnessTable.range("%.3f to %.3f", group.unweightedAccuracy()),
                            Table.number(group.weightedAccuracy().estimate()),
                            RobustnessTable.range("%.3f to %.3f", group.weightedAccuracy())));
        }
        List<String> lines = new ArrayList<>(table.lines());
        String more = ColumnSection.more(column, MOST_ROWS);
        if (!more.isEmpty()) {
            lines.add("..." + more);
        }
        lines.addAll(ColumnSection.gapLines(column));
        return lines;
    }

    /// `[{column, groups: [{name, utterances, speakers, unweightedAccuracy, weightedAccuracy}], gaps: [{score, size,
    /// highest, lowest, p, adjustedP, arrangements, exact, smallestP}]}]`; p and adjustedP are missing where there
    /// are too few speakers to tell.
    static JsonArray json(List<GroupComparison> columns) {
        List<Json> all = new ArrayList<>();
        for (GroupComparison column : columns) {
            List<Json> groups = new ArrayList<>();
            for (GroupScore group : column.groups()) {
                groups.add(Json.object()
                        .with("name", group.name())
                        .with("utterances", group.utterances())
                        .with("speakers", group.speakers())
                        .with("unweightedAccuracy", RobustnessTable.interval(group.unweightedAccuracy()))
                        .with("weightedAccuracy", RobustnessTable.interval(group.weightedAccuracy())));
            }
            List<Json> gaps = new ArrayList<>();
            column.gaps().forEach(gap -> gaps.add(json(gap)));
            all.add(Json.object()
                    .with("column", column.column())
                    .with("groups", Json.array(groups))
                    .with("gaps", Json.array(gaps)));
        }
        return Json.array(all);
    }

    private static JsonObject json(GroupGap gap) {
        JsonObject json = Json.object()
                .with("score", gap.score())
                .with("size", gap.size())
                .with("highest", gap.highest())
                .with("lowest", gap.lowest())
                .with("arrangements", gap.arrangements())
                .with("exact", gap.exact())
                .with("smallestP", gap.smallestP());
        return gap.isTested() ? json.with("p", gap.p()).with("adjustedP", gap.adjustedP()) : json;
    }
}
