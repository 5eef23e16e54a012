package dev.parallax.report.study;

import dev.parallax.eval.Comparison;
import dev.parallax.report.page.Html;
import dev.parallax.report.page.Table;
import dev.parallax.report.study.StudyRow.Versus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The tables of a study's page with scores and comparisons. Below each are the facts that qualify every score.
final class StudyTables {

    private final StudyReport report;
    private final StudyFindings findings;

    StudyTables(StudyReport report) {
        this.report = report;
        this.findings = report.findings();
    }

    /// Adds below a table: the most frequent class, linear models, transcripts that also occur in training,
    /// utterances left out.
    Table carrying(Table table) {
        String baselines = findings.rows().stream()
                .filter(row -> row.versus() == null && isBaseline(row))
                .map(row -> row.strategy() + " "
                        + String.format(Locale.ROOT, "%.3f", row.ua().mean()))
                .collect(Collectors.joining(", "));
        String scores = baselines.isEmpty() ? "" : "Unweighted accuracy without a network: " + baselines + ". ";
        return table.note(scores + String.join(" ", report.shares()));
    }

    private static boolean isBaseline(StudyRow row) {
        return row.strategy().startsWith("linear") || row.strategy().startsWith("most frequent");
    }

    Html result() {
        Table table = new Table(
                "Unweighted accuracy on the test parts of all folds together, mean ± deviation over " + report.seeds()
                        + " seeds",
                List.of(
                        "strategy",
                        "loss",
                        "unweighted accuracy",
                        "95 % interval",
                        "against " + report.reference(),
                        "p, corrected",
                        "least p possible",
                        "difference shown",
                        "plain accuracy",
                        "audio alone says",
                        "text alone says",
                        "parameters"));
        for (StudyRow row : findings.rows()) {
            Versus versus = row.versus();
            table.row(List.of(
                    Table.name(row.strategy()),
                    Table.cell(row.loss().onPages()),
                    Table.number(
                            row.ua().mean(), spread(row.ua().mean(), row.ua().deviation())),
                    Table.number(
                            row.interval().estimate(),
                            String.format(
                                    Locale.ROOT,
                                    "%.3f to %.3f",
                                    row.interval().low(),
                                    row.interval().high())),
                    versus == null ? Table.none() : difference(versus.comparison()),
                    versus == null ? Table.none() : Table.number(versus.adjusted()),
                    versus == null ? Table.none() : least(versus.comparison()),
                    versus == null ? Table.cell("–") : yesOrNo(versus.shown()),
                    Table.number(
                            row.wa().mean(), spread(row.wa().mean(), row.wa().deviation())),
                    orNone(row.audio()),
                    orNone(row.text()),
                    Table.count(row.parameters())));
        }
        return carrying(table).html();
    }

    Html tried() {
        Table table = new Table(
                "Unweighted accuracy of the inner rotation over each fold's training and validation parts, mean over the"
                        + " folds, for each of the settings tried. What is tested takes no part; the best in a fold is"
                        + " trained again and tested",
                List.of("settings", "strategy", "loss", "unweighted accuracy", "chosen in folds"));
        for (StudyFindings.TriedOverall one : findings.triedOverall()) {
            table.row(List.of(
                    Table.name(one.variant()),
                    Table.cell(one.strategy()),
                    Table.cell(one.loss().word()),
                    Table.number(one.unweightedAccuracy()),
                    Table.number(one.chosen(), one.chosen() + " of " + one.folds())));
        }
        return table.html();
    }

    Html ceilings() {
        CeilingCheck first = report.ceilings().getFirst();
        boolean told = first.additive() != null;
        List<String> header =
                new ArrayList<>(List.of("strategy", "loss", "plain accuracy", "passes what one perspective can reach"));
        if (told) {
            header.addAll(List.of("only adds", "passes what adding can reach"));
        }
        header.add("above what it can reach");
        Table table = new Table(
                String.format(
                        Locale.ROOT,
                        "Plain accuracy, mean over the seeds. What one perspective can reach is passed above %.3f%s: 2.33"
                                + " standard errors of one run",
                        first.alone(),
                        told ? String.format(Locale.ROOT, ", what adding can reach above %.3f", first.additive()) : ""),
                header);
        for (CeilingCheck check : report.ceilings()) {
            List<Html.Element> cells = new ArrayList<>(List.of(
                    Table.name(check.strategy()),
                    Table.cell(check.loss().onPages()),
                    Table.number(check.accuracy()),
                    yesOrNo(check.passesAlone())));
            if (told) {
                cells.addAll(List.of(yesOrNo(check.adds()), yesOrNo(check.passesAdditive())));
            }
            cells.add(Table.cell(check.leaks() ? "YES: something leaks" : "no"));
            table.row(cells);
        }
        return carrying(table).html();
    }

    private static Html.Element yesOrNo(boolean yes) {
        return Table.cell(yes ? "yes" : "no");
    }

    Html effects() {
        Table table = new Table(
                "Unweighted accuracy with the perspective loss, or another that is named, less that with the single"
                        + " loss, of probabilities"
                        + " averaged over the seeds; p corrected after Holm for these "
                        + findings.effects().size()
                        + " comparisons",
                List.of(
                        "strategy",
                        "this loss",
                        "single loss",
                        "difference",
                        "p, corrected",
                        "least p possible",
                        "difference shown"));
        for (Map.Entry<String, Versus> effect : findings.effects().entrySet()) {
            Comparison comparison = effect.getValue().comparison();
            table.row(List.of(
                    Table.name(effect.getKey()),
                    Table.number(comparison.first()),
                    Table.number(comparison.second()),
                    difference(comparison),
                    Table.number(effect.getValue().adjusted()),
                    least(comparison),
                    yesOrNo(effect.getValue().shown())));
        }
        return carrying(table).html();
    }

    private static Html.Element orNone(@Nullable Double value) {
        return value == null ? Table.none() : Table.number(value);
    }

    private static Html.Element difference(Comparison comparison) {
        return Table.number(comparison.difference(), signed(comparison.difference()));
    }

    private static Html.Element least(Comparison comparison) {
        return Table.number(comparison.smallestP(), String.format(Locale.ROOT, "%.4f", comparison.smallestP()));
    }

    private static String spread(double mean, double deviation) {
        return String.format(Locale.ROOT, "%.3f ± %.3f", mean, deviation);
    }

    static String signed(double value) {
        return String.format(Locale.ROOT, "%+.3f", value);
    }
}
