package dev.parallax.report;

import dev.parallax.data.Labels;
import dev.parallax.eval.Interval;
import dev.parallax.eval.Metrics;
import dev.parallax.eval.RiskCoverage;
import dev.parallax.eval.SelectiveScores;
import dev.parallax.fusion.View;
import dev.parallax.report.page.Html;
import dev.parallax.report.page.Page;
import dev.parallax.report.page.Table;
import dev.parallax.report.plot.Figures;
import dev.parallax.report.plot.ViewScores;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A model's scores on one part of a corpus, for a page: accuracies, classes, confusion, calibration, and the gain
/// from keeping only the sure answers.
final class PartSection {

    private PartSection() {}

    /// The content of a section.
    ///
    /// @param name   of the part, for its tables and figures
    /// @param note   a sentence at the top
    /// @param scores of each answer, at least one
    static List<Html> of(Page page, String name, String note, Labels labels, List<ViewScores> scores) {
        ViewScores shown = decision(scores);
        List<Html> inside = new ArrayList<>();
        inside.add(Html.paragraph(note));
        inside.add(table(name, scores));
        inside.add(Sections.perClass("Classes, by the " + shown.view().word() + " answer", labels, shown.metrics()));
        inside.add(page.figures(distinct(scores).stream()
                .map(score ->
                        Figures.confusion(name + "-confusion-" + score.view().word(), labels, score))
                .toList()));
        inside.addAll(Sections.calibration(page, name + "-reliability", scores, shown));
        inside.add(selectiveTable(scores));
        inside.add(page.figure(Figures.riskCoverage(name + "-risk-coverage", distinct(scores))));
        return inside;
    }

    /// The answer to go by.
    private static ViewScores decision(List<ViewScores> scores) {
        return scores.stream()
                .filter(score -> score.view() == View.DECISION)
                .findFirst()
                .orElseGet(scores::getFirst);
    }

    /// Leaves the decision out where it always equals another answer.
    private static List<ViewScores> distinct(List<ViewScores> scores) {
        return scores.stream()
                .filter(score -> score.view() != View.DECISION
                        || scores.stream().noneMatch(other -> other.view() != View.DECISION && same(other, score)))
                .toList();
    }

    private static boolean same(ViewScores a, ViewScores b) {
        return a.metrics().perClass().equals(b.metrics().perClass())
                && a.selective().sure() == b.selective().sure()
                && a.selective().doubtful() == b.selective().doubtful();
    }

    private static Html table(String name, List<ViewScores> scores) {
        Table table = new Table(
                "Scores of each answer on the " + name
                        + " part. The 95 % interval (Wilson) takes utterances as independent: those of a speaker are alike,"
                        + " so for other speakers it is wider. The unweighted accuracy and the macro F1 are means over the"
                        + " classes that occur",
                List.of(
                        "answer",
                        "utterances",
                        "weighted accuracy (plain)",
                        "95 % interval",
                        "unweighted accuracy (mean recall)",
                        "macro F1",
                        "weighted F1"));
        for (ViewScores score : scores) {
            Metrics metrics = score.metrics();
            int utterances = metrics.confusion().total();
            Interval interval = Interval.ofShare(metrics.confusion().correct(), utterances);
            table.row(List.of(
                    name(score),
                    Table.count(utterances),
                    Table.number(score.accuracy()),
                    Table.number(
                            interval.low(),
                            String.format(Locale.ROOT, "%.3f to %.3f", interval.low(), interval.high())),
                    Table.number(metrics.unweightedAccuracy()),
                    Table.number(metrics.macroF1()),
                    Table.number(metrics.weightedF1())));
        }
        return table.html();
    }

    private static Html.Element name(ViewScores score) {
        return Table.name(score.view().word() + (score.taught() ? "" : " (not taught)"));
    }

    private static Html selectiveTable(List<ViewScores> scores) {
        Table table = new Table(
                "Sure answers, and the share of wrong answers among the most confident ones; AURC is the area under that"
                        + " curve, E-AURC its excess over the best order of the same answers, lower is better",
                List.of(
                        "answer",
                        "sure",
                        "sure and wrong",
                        "right of the sure",
                        "with doubts",
                        "AURC",
                        "E-AURC",
                        "wrong in the surest 20 %",
                        "40 %",
                        "60 %",
                        "80 %",
                        "all"));
        for (ViewScores score : scores) {
            SelectiveScores selective = score.selective();
            RiskCoverage curve = selective.curve();
            table.row(List.of(
                    name(score),
                    Table.number(selective.operatingPoint().coverage()),
                    Table.number(selective.sureAndWrongShare()),
                    selective.sure() == 0 ? Table.none() : Table.number(selective.accuracyOfSure()),
                    Table.number(selective.doubtfulShare()),
                    Table.number(curve.area()),
                    Table.number(curve.excessArea()),
                    Table.number(curve.risk(0.2)),
                    Table.number(curve.risk(0.4)),
                    Table.number(curve.risk(0.6)),
                    Table.number(curve.risk(0.8)),
                    Table.number(curve.risk(1))));
        }
        return table.html();
    }
}
