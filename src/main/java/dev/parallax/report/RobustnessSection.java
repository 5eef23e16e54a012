package dev.parallax.report;

import dev.parallax.eval.ConditionScore;
import dev.parallax.eval.Interval;
import dev.parallax.io.Count;
import dev.parallax.report.page.Figure;
import dev.parallax.report.page.Html;
import dev.parallax.report.page.Page;
import dev.parallax.report.page.Table;
import dev.parallax.report.plot.IntervalPlot;
import dev.parallax.robustness.ConditionRow;
import dev.parallax.robustness.Robustness;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The part of a page that shows how scores hold when utterances come in other ways: a sentence, a picture with its
/// numbers, a table, what was left out, and what was done.
public final class RobustnessSection {

    private static final List<String> COLUMNS = List.of(
            "condition",
            "what",
            "utterances",
            "lost",
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
            "accuracyOfSure",
            "doubtful");

    private RobustnessSection() {}

    /// Adds the section `Under other conditions`.
    static void addTo(Page page, Robustness robustness) {
        List<Html> inside = new ArrayList<>();
        inside.add(Html.paragraph("The decision on the same utterances, as they are and under other conditions. "
                + String.join(" ", summary(robustness))));
        inside.add(page.figure(figure(robustness)));
        inside.add(scores(robustness));
        robustness.leftOut().forEach(line -> inside.add(Html.paragraph("Conditions " + line + ".")));
        inside.add(what(robustness));
        page.section("Under other conditions", inside);
    }

    /// Where unweighted accuracy falls most, and where nothing could be scored, one sentence each.
    public static List<String> summary(Robustness robustness) {
        List<String> sentences = new ArrayList<>();
        ConditionRow worst = null;
        double lowest = 0;
        for (ConditionRow row : robustness.rows()) {
            ConditionScore score = row.score();
            if (score != null && score.difference().estimate() < lowest) {
                worst = row;
                lowest = score.difference().estimate();
            }
        }
        if (worst != null && worst.score() != null) {
            sentences.add("Unweighted accuracy falls most under \"" + worst.name() + "\": "
                    + signed(worst.score().difference()) + ".");
        }
        for (ConditionRow row : robustness.rows()) {
            if (row.lost() > 0) {
                sentences.add(Count.of(row.lost(), "utterance") + " could not be scored under \"" + row.name() + "\""
                        + (row.score() == null ? ": none is left." : "."));
            }
        }
        return sentences;
    }

    private static Figure figure(Robustness robustness) {
        List<IntervalPlot.Bar> bars = new ArrayList<>();
        for (ConditionRow row : robustness.rows()) {
            if (row.score() != null && !row.isClean()) {
                bars.add(ColumnSection.bar(row.name(), row.score().difference()));
            }
        }
        return Figure.of(
                "robustness",
                "How far unweighted accuracy rises or falls under each condition, against the same utterances as they"
                        + " are, with 95 % intervals of the paired difference.",
                COLUMNS,
                robustness.rows().stream().map(RobustnessSection::cells).toList(),
                () -> IntervalPlot.of(
                        "Under other conditions",
                        "unweighted accuracy less that of the same utterances as they are",
                        bars,
                        Map.of("as they are", 0.0)));
    }

    private static List<String> cells(ConditionRow row) {
        List<String> cells = new ArrayList<>(
                List.of(row.name(), row.what(), Integer.toString(row.utterances()), Integer.toString(row.lost())));
        ConditionScore score = row.score();
        if (score == null) {
            cells.addAll(Collections.nCopies(COLUMNS.size() - cells.size(), ""));
            return cells;
        }
        for (Interval interval : List.of(score.unweightedAccuracy(), score.weightedAccuracy(), score.difference())) {
            cells.addAll(ColumnSection.numbers(interval));
        }
        cells.add(Double.toString(score.selective().operatingPoint().coverage()));
        cells.add(
                score.selective().sure() == 0
                        ? ""
                        : Double.toString(score.selective().accuracyOfSure()));
        cells.add(Double.toString(score.selective().doubtfulShare()));
        return cells;
    }

    private static Html scores(Robustness robustness) {
        Table table = new Table(
                "Scores of the decision under each condition",
                List.of(
                        "condition",
                        "utterances",
                        "unweighted accuracy (mean recall)",
                        "difference to clean",
                        "weighted accuracy (plain)",
                        "sure",
                        "right of the sure",
                        "doubtful"));
        for (ConditionRow row : robustness.rows()) {
            ConditionScore score = row.score();
            List<Html.Element> cells = new ArrayList<>(List.of(Table.name(row.name()), Table.count(row.utterances())));
            if (score == null) {
                cells.addAll(Collections.nCopies(6, Table.none()));
            } else {
                cells.add(ColumnSection.cell(score.unweightedAccuracy()));
                cells.add(
                        row.isClean()
                                ? Table.none()
                                : Table.number(score.difference().estimate(), signed(score.difference())));
                cells.add(ColumnSection.cell(score.weightedAccuracy()));
                cells.add(Table.number(score.selective().operatingPoint().coverage()));
                cells.add(Table.number(score.selective().accuracyOfSure()));
                cells.add(Table.number(score.selective().doubtfulShare()));
            }
            table.row(cells);
        }
        return table.note(
                        "In brackets: 95 % intervals. The bootstrap draws speakers; it draws utterances where a speaker is"
                                + " not known or where there are fewer than 8, and the interval then says nothing of other"
                                + " speakers. Intervals of differences draw the same ones for both.")
                .note("Sure: the share of the answers that is called sure. Doubtful: the share that rests on something"
                        + " unlike the training data; these are never sure.")
                .html();
    }

    private static Html what(Robustness robustness) {
        Table table = new Table("What is done under each condition", List.of("condition", "what is done"));
        robustness.rows().stream()
                .filter(row -> !row.isClean())
                .forEach(row -> table.row(List.of(Table.name(row.name()), Table.cell(row.what()))));
        return table.note(
                        "White noise: its spectrum is level, so it spares no band of speech, and it needs no recordings of"
                                + " noise.")
                .html();
    }

    private static String signed(Interval interval) {
        return String.format(Locale.ROOT, "%+.3f [%+.3f, %+.3f]", interval.estimate(), interval.low(), interval.high());
    }
}
