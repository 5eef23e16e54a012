package dev.parallax.report;

import dev.parallax.eval.GroupComparison;
import dev.parallax.eval.GroupGap;
import dev.parallax.eval.GroupScore;
import dev.parallax.eval.Interval;
import dev.parallax.io.Count;
import dev.parallax.report.page.Figure;
import dev.parallax.report.page.Html;
import dev.parallax.report.page.Page;
import dev.parallax.report.page.Table;
import dev.parallax.report.plot.IntervalPlot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// The part of a page that shows the scores by the values of columns.
///
/// @param columns possibly none
/// @param notes   what is left out, one line each
public record ColumnSection(List<GroupComparison> columns, List<String> notes) {

    private static final Pattern NO_LETTER = Pattern.compile("[^\\p{L}\\p{Nd}]");
    private static final int MOST_BARS = 60;
    private static final int MOST_ROWS = 200;

    public ColumnSection {
        columns = List.copyOf(columns);
        notes = List.copyOf(notes);
    }

    /// Adds a section for each column, with a picture.
    void addTo(Page page) {
        for (GroupComparison column : columns) {
            List<Html> inside = new ArrayList<>();
            gapLines(column).forEach(line -> inside.add(Html.paragraph(line)));
            inside.add(page.figure(figure(column)));
            inside.add(table(column));
            page.section("By " + column.column(), inside);
        }
        if (!notes.isEmpty()) {
            page.section(
                    "About the groups",
                    notes.stream().<Html>map(Html::paragraph).toList());
        }
    }

    /// The largest gaps of a column, and whether they are more than luck, one sentence each.
    public static List<String> gapLines(GroupComparison column) {
        if (column.gaps().isEmpty()) {
            return List.of("All utterances have the same " + column.column() + ": there is nothing to compare.");
        }
        return column.gaps().stream().map(gap -> line(column, gap)).toList();
    }

    private static String line(GroupComparison column, GroupGap gap) {
        if (gap.size() == 0) {
            return "No gap in " + gap.score() + " by " + column.column() + ": all groups have the same score.";
        }
        String found = String.format(
                Locale.ROOT,
                "Largest gap in %s by %s: %.3f, %s above %s; ",
                gap.score(),
                column.column(),
                gap.size(),
                gap.highest(),
                gap.lowest());
        if (!gap.isTested() && column.groups().stream().allMatch(group -> group.speakers() == 1)) {
            return found
                    + "no p: each group is one speaker, so what is of the group and what is of the person cannot be"
                    + " told apart.";
        }
        String moved = column.isNested() ? "whole speakers between groups" : "groups within speakers";
        String ways = (gap.exact() ? "all " + gap.arrangements() : gap.arrangements()) + " ways to move " + moved;
        return gap.isTested()
                ? found
                        + String.format(
                                Locale.ROOT, "p = %.4f, %.4f after Holm, by %s.", gap.p(), gap.adjustedP(), ways)
                : found
                        + String.format(
                                Locale.ROOT,
                                "no p: too few speakers, since no gap could have a p below %.2f by %s.",
                                gap.smallestP(),
                                ways);
    }

    private static Figure figure(GroupComparison column) {
        List<IntervalPlot.Bar> bars = shown(column, MOST_BARS).stream()
                .map(group -> bar(group.name() + " (" + group.utterances() + ")", group.unweightedAccuracy()))
                .toList();
        return Figure.of(
                "groups-" + fileName(column.column()),
                "Unweighted accuracy of the decision by " + column.column()
                        + ", the number of utterances in parentheses, with 95 % intervals" + more(column, MOST_BARS)
                        + ".",
                List.of("group", "utterances", "speakers", "ua", "uaLow", "uaHigh", "wa", "waLow", "waHigh"),
                column.groups().stream().map(ColumnSection::row).toList(),
                () -> IntervalPlot.of("By " + column.column(), "unweighted accuracy", bars, Map.of()));
    }

    private static List<String> row(GroupScore group) {
        List<String> row = new ArrayList<>(
                List.of(group.name(), Integer.toString(group.utterances()), Integer.toString(group.speakers())));
        row.addAll(numbers(group.unweightedAccuracy()));
        row.addAll(numbers(group.weightedAccuracy()));
        return row;
    }

    private static Html table(GroupComparison column) {
        Table table = new Table(
                "Scores of the decision by " + column.column() + more(column, MOST_ROWS),
                List.of(column.column(), "utterances", "speakers", "UA", "WA"));
        for (GroupScore group : shown(column, MOST_ROWS)) {
            table.row(List.of(
                    Table.name(group.name()),
                    Table.count(group.utterances()),
                    Table.count(group.speakers()),
                    cell(group.unweightedAccuracy()),
                    cell(group.weightedAccuracy())));
        }
        return table.note("UA is the mean recall of the classes that occur in the group, so groups with other classes"
                        + " compare badly. Intervals of 95 %, by bootstrap over the speakers of the group, and over its"
                        + " utterances where there are fewer than 8; where all answers of a group are right, it has no width,"
                        + " however few they are.")
                .html();
    }

    /// A name for files, another one for each column: what is no letter and no digit becomes its number.
    private static String fileName(String column) {
        return NO_LETTER
                .matcher(column)
                .replaceAll(one -> "-" + Integer.toHexString(one.group().codePointAt(0)));
    }

    /// The first groups.
    public static List<GroupScore> shown(GroupComparison column, int most) {
        return column.groups().subList(0, Math.min(most, column.groups().size()));
    }

    /// What to say where groups are not shown, or nothing.
    public static String more(GroupComparison column, int most) {
        int more = column.groups().size() - most;
        return more > 0 ? "; " + Count.of(more, "more group is", "more groups are") + " in the data alone" : "";
    }

    /// A bar of a score.
    static IntervalPlot.Bar bar(String name, Interval interval) {
        return new IntervalPlot.Bar(name, interval.estimate(), interval.low(), interval.high());
    }

    /// Estimate, low and high.
    static List<String> numbers(Interval interval) {
        return List.of(
                Double.toString(interval.estimate()),
                Double.toString(interval.low()),
                Double.toString(interval.high()));
    }

    /// A cell of a score with its interval.
    static Html.Element cell(Interval interval) {
        return Table.number(
                interval.estimate(),
                String.format(Locale.ROOT, "%.3f [%.3f, %.3f]", interval.estimate(), interval.low(), interval.high()));
    }
}
