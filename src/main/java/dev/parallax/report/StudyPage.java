package dev.parallax.report;

import dev.parallax.eval.Agreement;
import dev.parallax.eval.Comparison;
import dev.parallax.report.StudyRow.Versus;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Lays out a [StudyReport].
final class StudyPage {

    private final StudyReport report;

    StudyPage(StudyReport report) {
        this.report = report;
    }

    Page page() {
        Page page =
                new Page("Parallax: how to fuse audio and text", report.run().corpus());
        report.run().dishonesty().forEach(page::notice);
        if (report.synthetic()) {
            page.notice(Sections.SYNTHETIC);
        }
        report.notes().forEach(page::notice);
        page.section("Result", result());
        if (!report.effects().isEmpty()) {
            page.section("What the perspective loss adds", effects());
        }
        page.section("Who decides", deciders());
        page.section("How far the probabilities can be trusted", calibration());
        page.section("How to read this page", reading());
        page.section("What was run", Sections.facts(report.run()), Sections.list(report.folds()));
        page.section("What Parallax says about itself", Sections.about());
        return page;
    }

    private List<Html> result() {
        Table table = new Table(
                "Unweighted accuracy (mean recall of the classes) on the test parts of all folds together, mean ±"
                        + " deviation over " + report.seeds() + " seeds",
                List.of(
                        "strategy",
                        "loss",
                        "unweighted accuracy",
                        "95 % interval",
                        "against late-add",
                        "p, corrected",
                        "plain accuracy",
                        "audio alone says",
                        "text alone says",
                        "parameters"));
        for (StudyRow row : report.rows()) {
            table.row(List.of(
                    Table.name(row.strategy()),
                    Table.cell(row.loss()),
                    Table.number(
                            row.ua().mean(), spread(row.ua().mean(), row.ua().deviation())),
                    Table.number(
                            row.interval().estimate(),
                            String.format(
                                    Locale.ROOT,
                                    "%.3f to %.3f",
                                    row.interval().low(),
                                    row.interval().high())),
                    difference(row.versus()),
                    p(row.versus()),
                    Table.number(
                            row.wa().mean(), spread(row.wa().mean(), row.wa().deviation())),
                    orNone(row.audio()),
                    orNone(row.text()),
                    Table.count(row.parameters())));
        }
        Table levels = new Table("Beside them", List.of("what", "accuracy"));
        report.baselines().forEach((what, accuracy) -> levels.row(List.of(Table.name(what), Table.number(accuracy))));
        return List.of(Html.paragraph(verdict()), table.html(), Html.paragraph(intervals()), levels.html());
    }

    private String verdict() {
        List<String> better = report.rows().stream()
                .filter(row -> row.versus() != null && row.versus().shown())
                .map(row -> row.strategy() + " (" + row.loss() + " loss, "
                        + signed(row.versus().comparison().difference()) + ")")
                .toList();
        return better.isEmpty()
                ? "No difference between any strategy and late-add is shown."
                : "A difference from late-add is shown for: " + String.join(", ", better)
                        + ". For all others no difference is shown.";
    }

    private String intervals() {
        boolean within = report.rows().stream().anyMatch(row -> row.interval().withinTheseSpeakers());
        int clusters = report.rows().getFirst().interval().clusters();
        return within
                ? "Intervals hold within these " + clusters
                        + " speakers or dialogues: too few to say anything of others."
                : "Intervals are by bootstrap over the " + clusters + " speakers or dialogues, then their utterances.";
    }

    private List<Html> effects() {
        Table table = new Table(
                "Unweighted accuracy with the perspective loss less that with the single loss, of probabilities"
                        + " averaged over the seeds",
                List.of("strategy", "perspective loss", "single loss", "difference", "p, corrected", "shown"));
        for (Map.Entry<String, Versus> effect : report.effects().entrySet()) {
            Comparison comparison = effect.getValue().comparison();
            table.row(List.of(
                    Table.name(effect.getKey()),
                    Table.number(comparison.first()),
                    Table.number(comparison.second()),
                    Table.number(comparison.difference(), signed(comparison.difference())),
                    Table.number(effect.getValue().adjusted()),
                    Table.cell(effect.getValue().shown() ? "yes" : "no difference shown")));
        }
        return List.of(
                table.html(),
                Html.paragraph("Audio alone, text alone and the decision-* rows have no choice of loss: where one"
                        + " perspective is trained alone, the two losses are the same."));
    }

    private List<Html> deciders() {
        Table table = new Table(
                "Test utterances by which perspective alone is right, and how many of them the fused answer gets right;"
                        + " probabilities averaged over the seeds, perspective loss",
                List.of(
                        "strategy",
                        "both right",
                        "audio alone",
                        "text alone",
                        "neither",
                        "they disagree",
                        "then fused says as audio",
                        "as text"));
        for (StudyRow row : report.rows()) {
            Agreement agreement = row.agreement();
            if (agreement != null) {
                table.row(List.of(
                        Table.name(row.strategy()),
                        some(agreement.both()),
                        some(agreement.audio()),
                        some(agreement.text()),
                        some(agreement.neither()),
                        Table.count(agreement.disagreement().count()),
                        Table.count(agreement.disagreement().asAudio()),
                        Table.count(agreement.disagreement().asText())));
            }
        }
        return List.of(table.html());
    }

    private List<Html> calibration() {
        Table table = new Table(
                "After temperature scaling on the validation part, mean over the seeds; lower is better",
                List.of("strategy", "loss", "negative log-likelihood [nats]", "expected calibration error"));
        for (StudyRow row : report.rows()) {
            table.row(List.of(
                    Table.name(row.strategy()),
                    Table.cell(row.loss()),
                    Table.number(row.nll()),
                    Table.number(row.ece())));
        }
        return List.of(table.html());
    }

    private static List<Html> reading() {
        return List.of(Sections.list(List.of(
                "Predictions of all folds are pooled before a score is taken; each fold's epoch was chosen on its own"
                        + " validation part, and its test part was scored once.",
                "p: how often chance alone, swapping the answers of whole speakers or dialogues, would part two"
                        + " strategies as far; corrected after Holm for the strategies compared. Below 0.05 a"
                        + " difference counts as shown. What is not shown may still be there.",
                "early-*: what one perspective says alone comes from a linear head on its inputs, made for training.",
                "late-product multiplies logits: adding a constant to one perspective's logits changes the answer, and"
                        + " two rejections become support.",
                "decision-*: two models trained apart; stack is a logistic regression on their validation logits.")));
    }

    private static Html.Element orNone(@Nullable Double value) {
        return value == null ? Table.none() : Table.number(value);
    }

    private static Html.Element difference(@Nullable Versus versus) {
        return versus == null
                ? Table.none()
                : Table.number(
                        versus.comparison().difference(),
                        signed(versus.comparison().difference()));
    }

    private static Html.Element p(@Nullable Versus versus) {
        return versus == null ? Table.none() : Table.number(versus.adjusted());
    }

    private static Html.Element some(Agreement.Case some) {
        return Table.number(some.count(), some.fusedRight() + " of " + some.count());
    }

    private static String spread(double mean, double deviation) {
        return String.format(Locale.ROOT, "%.3f ± %.3f", mean, deviation);
    }

    private static String signed(double value) {
        return String.format(Locale.ROOT, "%+.3f", value);
    }
}
