package dev.parallax.report;

import dev.parallax.io.Count;
import dev.parallax.report.page.Figure;
import dev.parallax.report.page.Html;
import dev.parallax.report.page.Page;
import dev.parallax.report.plot.Figures;
import dev.parallax.report.plot.History;
import dev.parallax.report.plot.Plots;
import dev.parallax.report.plot.ViewScores;
import java.util.ArrayList;
import java.util.List;

/// Lays out a [RunReport].
final class RunPage {

    private static final String TEST = "test"; // the name of the part
    private static final String NOT_INDEPENDENT = "This split is not speaker-independent, or its speakers are"
            + " not known: the same voices may be in several parts. Expect worse scores for a voice that the model has"
            + " never heard.";

    private final RunReport report;

    RunPage(RunReport report) {
        this.report = report;
    }

    Page page() {
        Page page = new Page("Parallax: a training run", report.run().corpus());
        report.run().dishonesty().forEach(page::notice);
        if (report.synthetic()) {
            page.notice(Sections.SYNTHETIC);
        }
        if (report.split().mayShareSpeakers()) {
            page.notice(NOT_INDEPENDENT);
        }
        report.notes().forEach(page::notice);
        if (report.test().isEmpty()) {
            page.section("Test", Html.paragraph(untested()));
        }
        part(page, "Test", TEST, tested(), report.test());
        if (report.speakers().size() > 1) {
            page.section(
                    "Speaker by speaker",
                    SpeakerAccuracy.figure(
                            page, "test-speakers", "Speaker by speaker", "of the decision", report.speakers()));
        }
        part(
                page,
                "Validation",
                "validation",
                "This part chose the epoch, so its scores flatter.",
                report.validation());
        page.section("How the model learned", curves(page));
        page.section("Which utterances", Sections.split(report.split(), report.labels()));
        page.section("What was run", Sections.facts(report.run()));
        page.section("What Parallax says about itself", Sections.about());
        return page;
    }

    private String tested() {
        if (TEST.equals(report.history().scored())) {
            return "It chose the epoch: these scores are too good.";
        }
        return report.run().dishonesty().isEmpty()
                ? "Scored once, at the end."
                : "Scored once, at the end, but not new to the model: these scores are too good.";
    }

    private String untested() {
        String why = report.split().has(TEST) ? "No utterance of the test part has a label" : "There is no test part";
        return why + ", so there is no test score. This page does not say how well the model answers what took no part"
                + " in training.";
    }

    private void part(Page page, String heading, String name, String note, List<ViewScores> scores) {
        if (!scores.isEmpty()) {
            page.section(heading, PartSection.of(page, name, note, report.labels(), scores));
        }
    }

    private List<Html> curves(Page page) {
        History history = report.history();
        List<Plots.Line> losses = new ArrayList<>(List.of(Figures.line("training", history, History.Epoch::trainLoss)));
        String loss = "Training: the whole loss, all its terms together, with dropout.";
        List<Figure> figures = new ArrayList<>();
        String scored = history.scored();
        if (scored != null) {
            losses.add(Figures.line(scored, history, History.Epoch::scoredLoss));
            loss += " The " + scored + " part: negative log-likelihood of the decision.";
        }
        Figures.lines("loss", "Loss", "loss [nats]", loss, losses, List.of()).ifPresent(figures::add);
        if (scored != null) {
            Figures.lines(
                            scored + "-accuracy",
                            "Accuracy on the " + scored + " part",
                            "unweighted accuracy",
                            "Mean recall of the classes, by the decision.",
                            List.of(Figures.line(scored, history, History.Epoch::accuracy)),
                            List.of())
                    .ifPresent(figures::add);
        }
        return List.of(Html.paragraph(kept(history)), page.figures(figures));
    }

    /// Whose weights were kept, a sentence.
    private static String kept(History history) {
        String epochs = Count.of(history.epochs().size(), "epoch");
        return history.scored() == null
                ? "Nothing chose among the " + epochs + ": the weights of the last one were kept."
                : "The weights of epoch " + history.best() + " were kept, of " + epochs + ".";
    }
}
