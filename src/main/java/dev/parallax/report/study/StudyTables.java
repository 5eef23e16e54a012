package dev.parallax.report.study;

import dev.parallax.eval.Comparison;
import dev.parallax.eval.Interval;
import dev.parallax.eval.Power;
import dev.parallax.io.Count;
import dev.parallax.report.page.Html;
import dev.parallax.report.page.Table;
import dev.parallax.report.study.StudyFindings.LossEffect;
import dev.parallax.report.study.StudyRow.Versus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The tables of a study's page with scores and comparisons. Below each are the facts that qualify every score.
final class StudyTables {

    private static final double MANY = 100_000; // clusters: no corpus has more

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
                .filter(StudyRow::isBaseline)
                .map(this::baseline)
                .collect(Collectors.joining(", "));
        String scores = baselines.isEmpty() ? "" : "Unweighted accuracy without a network: " + baselines + ". ";
        return table.note(scores + String.join(" ", report.shares()));
    }

    /// With the mean of the folds where there are several: the most frequent class of training may be another
    /// one in each fold, and rare where it is tested, so that pooled folds give it less than always one class
    /// would have.
    private String baseline(StudyRow row) {
        String pooled =
                String.format(Locale.ROOT, "%s %.3f", row.strategy(), row.ua().mean());
        return report.severalFolds()
                ? String.format(Locale.ROOT, "%s (mean of folds %.3f)", pooled, row.folds())
                : pooled;
    }

    private boolean severalSeeds() {
        return report.seeds() > 1;
    }

    /// The scores of all strategies. Columns of what does not vary or is not compared are not there.
    Html result() {
        boolean compared = findings.rows().stream().anyMatch(row -> row.versus() != null);
        Table table = new Table(resultCaption(compared), resultHeader(compared));
        findings.rows().forEach(row -> table.row(resultCells(row, compared)));
        return carrying(table).html();
    }

    private String resultCaption(boolean compared) {
        return "Unweighted accuracy on the test part" + (report.severalFolds() ? "s of all folds together" : "")
                + ". One model: "
                + (severalSeeds()
                        ? "mean ± deviation over " + report.seeds() + " seeds"
                                + (compared ? ", and the difference of two such means" : "")
                                + ". Seeds averaged: one answer of all seeds' models, by the mean of their"
                                + " probabilities."
                        : "of a single seed, so that it has no deviation.")
                + (compared ? " Detectable: with a power of 80 %, as one of all these comparisons" : "");
    }

    private List<String> resultHeader(boolean compared) {
        List<String> header =
                new ArrayList<>(List.of("strategy", "loss", "one model: unweighted accuracy", "95 % interval"));
        if (compared) {
            header.addAll(List.of(
                    "less " + report.reference() + ", same loss",
                    "95 % interval of that",
                    "p, corrected",
                    "least p possible",
                    "difference shown",
                    "detectable difference"));
        }
        if (severalSeeds()) {
            header.add("seeds averaged: unweighted accuracy");
        }
        if (report.severalFolds()) {
            header.add("one model: mean of folds");
        }
        header.add("plain accuracy");
        if (findings.fuses()) {
            header.addAll(List.of("audio alone says", "text alone says"));
        }
        header.add("parameters");
        if (findings.fuses()) {
            header.add("size less " + report.reference());
        }
        return header;
    }

    private List<Html.Element> resultCells(StudyRow row, boolean compared) {
        List<Html.Element> cells = new ArrayList<>(List.of(
                Table.name(row.strategy()),
                Table.cell(row.loss().onPages()),
                Table.number(row.ua().mean(), row.ua().toString()),
                Table.number(row.interval().estimate(), range(row.interval()))));
        if (compared) {
            Versus versus = row.versus();
            cells.addAll(versus == null ? notCompared() : comparison(versus));
        }
        if (severalSeeds()) {
            cells.add(averaged(row.averaged()));
        }
        if (report.severalFolds()) {
            cells.add(Table.number(row.folds()));
        }
        cells.add(Table.number(row.wa().mean(), row.wa().toString()));
        if (findings.fuses()) {
            cells.addAll(List.of(orNone(row.audio()), orNone(row.text())));
        }
        cells.add(Table.count(row.parameters()));
        if (findings.fuses()) {
            cells.add(excess(row));
        }
        return cells;
    }

    private static Html.Element excess(StudyRow row) {
        Double excess = row.excess();
        String shown = row.excessShown();
        return excess == null || shown == null ? Table.none() : Table.number(excess, shown);
    }

    private static Html.Element averaged(@Nullable Interval averaged) {
        return averaged == null
                ? Table.none()
                : Table.number(
                        averaged.estimate(),
                        String.format(Locale.ROOT, "%.3f (%s)", averaged.estimate(), range(averaged)));
    }

    /// As many cells as [#comparison] has.
    private static List<Html.Element> notCompared() {
        return List.of(Table.none(), Table.none(), Table.none(), Table.none(), Table.cell("–"), Table.none());
    }

    /// Difference, its interval, p, least p, whether it is shown, and what could have been.
    private static List<Html.Element> comparison(Versus versus) {
        return List.of(
                Table.number(
                        versus.comparison().difference(),
                        signed(versus.comparison().difference())),
                Table.number(
                        versus.interval().low(),
                        signed(versus.interval().low()) + " to "
                                + signed(versus.interval().high())),
                Table.number(versus.adjusted(), versus.adjustedShown()),
                Table.number(
                        versus.comparison().smallestP(),
                        String.format(Locale.ROOT, "%.4f", versus.comparison().smallestP())),
                yesOrNo(versus.shown()),
                detectable(versus));
    }

    private static Html.Element detectable(Versus versus) {
        Power power = versus.power();
        if (power == null && versus.comparison().clusters() > 1) {
            return Table.cell(versus.sameRightAnswers() ? "same right answers" : "not estimable");
        }
        return power == null || !Double.isFinite(power.detectable())
                ? Table.number(Double.POSITIVE_INFINITY, "none")
                : Table.number(power.detectable());
    }

    /// Clusters for the difference that was found.
    private static Html.Element needed(Versus versus) {
        Power power = versus.power();
        if (power == null) {
            return Table.none();
        }
        double needed = power.needed(versus.comparison().difference());
        return needed < MANY
                ? Table.number(needed, String.format(Locale.ROOT, "%.0f", needed))
                : Table.number(MANY, "> " + (int) MANY);
    }

    private static String range(Interval interval) {
        return String.format(Locale.ROOT, "%.3f to %.3f", interval.low(), interval.high());
    }

    Html tried() {
        Table table = new Table(
                "Unweighted accuracy of the inner rotation over each fold's training "
                        + (report.validated() ? "and validation parts" : "part") + ", mean over the"
                        + " folds, for each of the settings tried. What is tested takes no part; the best in a fold is"
                        + " trained again and tested",
                List.of("settings", "strategy", "loss", "unweighted accuracy", "chosen in folds"));
        for (StudyFindings.TriedOverall one : findings.triedOverall()) {
            table.row(List.of(
                    Table.name(one.variant()),
                    Table.cell(one.strategy()),
                    Table.cell(one.loss().onPages()),
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
                        "Plain accuracy, %s. What one perspective can reach is passed above %.3f%s: 2.33"
                                + " standard errors of one run",
                        report.overSeeds(),
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
                "Unweighted accuracy of one model, " + report.overSeeds()
                        + ", with each loss and with the single loss of the"
                        + " same strategy; p corrected after Holm for "
                        + Count.of(findings.effects().size(), "comparison"),
                List.of(
                        "strategy",
                        "loss",
                        "with this loss",
                        "with the single loss",
                        "less the single loss",
                        "95 % interval of that",
                        "p, corrected",
                        "least p possible",
                        "difference shown",
                        "detectable difference",
                        "clusters for this difference"));
        for (LossEffect effect : findings.effects()) {
            Comparison comparison = effect.versus().comparison();
            List<Html.Element> cells = new ArrayList<>(List.of(
                    Table.name(effect.strategy()),
                    Table.cell(effect.loss().onPages()),
                    Table.number(comparison.first()),
                    Table.number(comparison.second())));
            cells.addAll(comparison(effect.versus()));
            cells.add(needed(effect.versus()));
            table.row(cells);
        }
        return carrying(table).html();
    }

    private static Html.Element orNone(@Nullable Double value) {
        return value == null ? Table.none() : Table.number(value);
    }

    static String signed(double value) {
        return String.format(Locale.ROOT, "%+.3f", value);
    }
}
