package dev.parallax.report.study;

import dev.parallax.io.Count;
import dev.parallax.report.Sections;
import dev.parallax.report.page.Html;
import dev.parallax.report.page.Page;
import dev.parallax.report.page.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Lays out a [StudyReport]: its sections in their order. The tables are made by [StudyTables] and
/// [StudyInsights], the figures by [StudyFigures], the closer look at each strategy by [StudyDetails].
final class StudyPage {

    private final StudyReport report;
    private final StudyTables tables;
    private final StudyInsights insights;

    StudyPage(StudyReport report) {
        this.report = report;
        this.tables = new StudyTables(report);
        this.insights = new StudyInsights(report, tables);
    }

    Page page() {
        Page page = new Page(title(), report.run().corpus());
        report.run().dishonesty().forEach(page::notice);
        if (report.synthetic()) {
            page.notice(Sections.SYNTHETIC);
        }
        report.notes().forEach(page::notice);
        report.headlines().forEach(page::notice);
        StudyFigures figures = new StudyFigures(report, page);
        page.section("Result", result(figures));
        if (!report.findings().tried().isEmpty()) {
            page.section("What was tried", tables.tried());
        }
        if (!report.ceilings().isEmpty()) {
            page.section("Against the ceilings", tables.ceilings());
        }
        if (!report.findings().effects().isEmpty()) {
            page.section("What another loss than the single one adds", tables.effects());
        }
        if (report.findings().fuses()) {
            List<Html> deciders = new ArrayList<>(List.of(insights.deciders()));
            deciders.addAll(figures.confusions());
            page.section("Who decides", deciders);
        } else {
            page.section("What is taken for what", figures.confusions());
        }
        if (!report.findings().speakers().isEmpty()) {
            page.section("Speaker by speaker", figures.speakers(), insights.speakers(), insights.allSpeakers(page));
        }
        if (!report.findings().groups().isEmpty()) {
            page.section("Group by group", new GroupSection(report).all(page));
        }
        if (!report.findings().curves().isEmpty()) {
            page.section("Does one perspective starve the other?", starving(figures));
        }
        List<Html> trust = new ArrayList<>(List.of(insights.calibration()));
        trust.addAll(figures.reliabilities());
        page.section("How far the probabilities can be trusted", trust);
        page.section("What the encoders see", figures.planes());
        page.section("Every strategy, every run", new StudyDetails(report).all());
        page.section("How to read this page", reading());
        page.section("What was run", run());
        page.section("What Parallax says about itself", Sections.about());
        return page;
    }

    private String title() {
        return report.findings().fuses()
                ? "Parallax: how to fuse audio and text"
                : "Parallax: what one perspective tells";
    }

    private List<Html> result(StudyFigures figures) {
        Table levels = new Table("Accuracies to compare with", List.of("what", "accuracy"));
        report.levels().forEach((what, accuracy) -> levels.row(List.of(Table.name(what), Table.number(accuracy))));
        List<Html> inside = new ArrayList<>();
        report.verdict().forEach(sentence -> inside.add(Html.paragraph(sentence)));
        inside.addAll(List.of(
                figures.intervals(),
                tables.result(),
                Html.paragraph(intervals()),
                Html.paragraph(report.sizes()),
                levels.html()));
        return inside;
    }

    private List<Html> starving(StudyFigures figures) {
        List<Html> inside = new ArrayList<>();
        String scored = report.scored();
        inside.add(Html.paragraph(
                scored == null
                        ? "The gradient that reaches a perspective's parameters. A perspective whose gradient fades while that"
                                + " of the other does not is no longer taught. Where no loss trains its head and it has no"
                                + " encoder of its own, there is no gradient. That is a dash: not measured, not starved. How"
                                + " loudly a perspective speaks is not measured either, since no part was scored after"
                                + " each epoch."
                        : "The gradient that reaches a perspective's parameters, and how loudly it speaks: the Euclidean norm"
                                + " of its logits less their mean, on the " + scored
                                + " part. A perspective whose gradient"
                                + " fades while the other speaks is no longer taught. Where no loss trains its head, as under"
                                + " the single loss of a fusion of states, its logits mean nothing. Without an encoder of its"
                                + " own it then has no gradient either. Both are a dash: not measured, not starved."));
        inside.addAll(figures.curves());
        inside.add(insights.norms());
        return inside;
    }

    private String intervals() {
        List<StudyRow> rows = report.findings().rows();
        boolean within = rows.stream().anyMatch(row -> row.interval().withinTheseSpeakers());
        int clusters = rows.getFirst().interval().clusters();
        return within
                ? "Intervals hold within " + (clusters == 1 ? "this " : "these ")
                        + Count.of(clusters, "speaker or dialogue", "speakers or dialogues")
                        + ": too few to say anything of others."
                : "Intervals are by bootstrap over the "
                        + Count.of(clusters, "speaker or dialogue", "speakers or dialogues")
                        + (report.seeds() > 1 ? ", their utterances, and the seeds." : " and their utterances.")
                        + " Those of differences draw speakers or dialogues whole.";
    }

    private List<Html> run() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("results.json", "all tables");
        files.put("results.csv", "one row a training run");
        files.put("timing.json", "seconds of each");
        List<Html> links = new ArrayList<>();
        files.forEach((file, what) ->
                links.add(Html.of("li", Html.of("a", file).with("href", file), Html.text(": " + what))));
        return List.of(Sections.facts(report.run()), Sections.list(report.folds()), Html.of("ul", links));
    }

    private String pooled() {
        return report.severalFolds() ? "Predictions of all folds are pooled before a score is taken. " : "";
    }

    /// What chose the epochs, a sentence.
    private String chosen() {
        String scored = report.scored();
        if (scored == null) {
            return "Nothing chose an epoch: the last is kept, and the validation part is trained on." + linear();
        }
        String own =
                report.severalFolds() ? "Each fold's epoch was chosen on its own " : "The epoch was chosen on the ";
        return own + scored + " part"
                + (report.validated()
                        ? "."
                        : ", so the scores are too good; the validation part is trained on." + linear());
    }

    /// What linear models do with a validation part that the networks are trained on, a sentence after a blank.
    private String linear() {
        return report.findings().rows().stream().anyMatch(StudyRow::isLinear)
                ? " Linear models are not trained on it: it chooses their penalty."
                : "";
    }

    private List<Html> reading() {
        long compared = report.findings().rows().stream()
                .filter(row -> row.versus() != null)
                .count();
        List<String> sentences = new ArrayList<>(List.of(
                "Unweighted accuracy is the mean recall of the classes; the paper's released code calls that WA. Plain"
                        + " accuracy is the share of utterances answered right.",
                "Single loss (fused): the cross-entropy of the fused answer alone. Perspective loss: one term for"
                        + " each perspective too. Formulas of all losses: docs/perspective-loss.md.",
                report.seeds() > 1
                        ? "One model: what one training gives, mean over the seeds; users train one model, so differences,"
                                + " intervals and p are of it. Seeds averaged: one answer from the models of all seeds,"
                                + " which is another system, and mostly a better one."
                        : "One model: what one training gives. Another seed would give somewhat different scores; how"
                                + " different, one seed cannot tell.",
                pooled() + chosen()));
        if (compared > 0) {
            sentences.add(String.format(
                    Locale.ROOT,
                    "p: how often chance alone, swapping the answers of whole speakers or dialogues, would part two"
                            + " ways to decide as far; corrected after Holm for the %s with %s. Below"
                            + " 0.05 a difference counts as shown. What is not shown may still be there: the least p"
                            + " that so many clusters allow stands beside it.",
                    Count.of(compared, "comparison"),
                    report.reference()));
        }
        if (report.findings().fuses()) {
            sentences.addAll(fusing());
        }
        return List.of(Sections.list(sentences));
    }

    /// How to read what is there where strategies are studied.
    private List<String> fusing() {
        return List.of(
                "Audio and text alone and the decision-* rows are trained once: where one perspective is trained by"
                        + " itself, the single loss and the perspective loss are the same. They are compared with "
                        + report.reference() + " under the perspective loss, where that was studied.",
                "decision-*: the models of audio alone and text alone, trained apart; mean of their probabilities,"
                        + (report.validated()
                                ? " product of them divided by the prior, and logistic regression on their validation logits."
                                : " and product of them divided by the prior."),
                "early-*: the perspectives are linear layers on the inputs, which help to train and do not answer.",
                "late-product multiplies logits: adding a constant to one perspective's logits changes the answer, and"
                        + " two rejections become support.",
                tuning());
    }

    /// What chose the settings, a sentence.
    private String tuning() {
        boolean rotated = !report.findings().tried().isEmpty();
        if (!rotated && report.cells().stream().allMatch(cell -> cell.variant().isEmpty())) {
            return "No settings were tried: all strategies have those that were given.";
        }
        return "Every strategy has the same tuning budget: the settings that were tried are the same for all, and "
                + (rotated ? "the inner rotation" : "the " + report.scored() + " part") + " alone chose among them.";
    }
}
