package dev.parallax.report;

import dev.parallax.eval.ConditionScore;
import dev.parallax.eval.Interval;
import dev.parallax.report.page.Figure;
import dev.parallax.report.page.Html;
import dev.parallax.report.page.Page;
import dev.parallax.report.page.Table;
import dev.parallax.report.plot.IntervalPlot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The part of a page that shows how scores hold when utterances come in other ways.
///
/// @param scores  the utterances as they are first
/// @param leftOut conditions that do not apply, and why, one line each
public record ConditionSection(List<ConditionScore> scores, List<String> leftOut) {

    private static final List<String> COLUMNS = List.of(
            "condition",
            "what",
            "utterances",
            "ua",
            "uaLow",
            "uaHigh",
            "wa",
            "waLow",
            "waHigh",
            "difference",
            "differenceLow",
            "differenceHigh",
            "sure",
            "accuracyOfSure");

    public ConditionSection {
        scores = List.copyOf(scores);
        leftOut = List.copyOf(leftOut);
    }

    /// Adds the section `Under other conditions`, with a picture.
    void addTo(Page page) {
        List<Html> inside = new ArrayList<>();
        inside.add(Html.paragraph("The decision on the same utterances, recorded or written down in other ways."));
        inside.add(page.figure(figure()));
        inside.add(table());
        leftOut.forEach(line -> inside.add(Html.paragraph(line).with("class", "note")));
        page.section("Under other conditions", inside);
    }

    private Figure figure() {
        List<IntervalPlot.Bar> bars = scores.stream()
                .map(score -> bar(score.name(), score.unweightedAccuracy()))
                .toList();
        Map<String, Double> levels = Map.of("clean", scores.getFirst().unweightedAccuracy().estimate());
        return Figure.of(
                "robustness",
                "Unweighted accuracy of the decision under each condition, with 95 % intervals.",
                COLUMNS,
                scores.stream().map(ConditionSection::row).toList(),
                () -> IntervalPlot.of("Under other conditions", "unweighted accuracy", bars, levels));
    }

    /// A bar of a score.
    static IntervalPlot.Bar bar(String name, Interval interval) {
        return new IntervalPlot.Bar(name, interval.estimate(), interval.low(), interval.high());
    }

    private static List<String> row(ConditionScore score) {
        List<String> row = new ArrayList<>(List.of(score.name(), score.what(), Integer.toString(score.utterances())));
        for (Interval interval :
                List.of(score.unweightedAccuracy(), score.weightedAccuracy(), score.difference())) {
            row.addAll(numbers(interval));
        }
        row.add(Double.toString(score.sure()));
        row.add(Double.isNaN(score.accuracyOfSure()) ? "" : Double.toString(score.accuracyOfSure()));
        return row;
    }

    /// Estimate, low and high.
    static List<String> numbers(Interval interval) {
        return List.of(
                Double.toString(interval.estimate()),
                Double.toString(interval.low()),
                Double.toString(interval.high()));
    }

    private Html table() {
        Table table = new Table(
                "Scores of the decision under each condition",
                List.of("condition", "utterances", "UA", "WA", "UA less clean", "sure", "right of sure", "what is done"));
        for (ConditionScore score : scores) {
            table.row(List.of(
                    Table.name(score.name()),
                    Table.count(score.utterances()),
                    cell(score.unweightedAccuracy()),
                    cell(score.weightedAccuracy()),
                    cell(score.difference()),
                    Table.number(score.sure()),
                    Table.number(score.accuracyOfSure()),
                    Table.cell(score.what())));
        }
        return table.note(note(scores.getFirst().unweightedAccuracy()))
                .note("UA less clean: the difference to the same utterances as they are, of pairs.")
                .html();
    }

    /// A cell of a score with its interval.
    static Html.Element cell(Interval interval) {
        return Table.number(
                interval.estimate(),
                String.format(
                        Locale.ROOT, "%.3f [%.3f, %.3f]", interval.estimate(), interval.low(), interval.high()));
    }

    /// What was resampled for intervals.
    private static String note(Interval interval) {
        return "Intervals of 95 %, by bootstrap over "
                + (interval.withinTheseSpeakers()
                        ? "utterances, since there are only " + interval.clusters()
                                + " speakers: they say nothing of other speakers."
                        : interval.clusters() + " speakers (or single utterances where no speaker is known).");
    }
}
