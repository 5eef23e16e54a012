package dev.parallax.report;

import dev.parallax.io.Count;
import dev.parallax.report.page.Figure;
import dev.parallax.report.page.Html;
import dev.parallax.report.page.Page;
import dev.parallax.report.plot.Figures;
import dev.parallax.report.plot.History;
import dev.parallax.report.plot.ViewScores;
import java.util.ArrayList;
import java.util.List;

/// Lays out a [RunReport].
final class RunPage {

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
        if (!report.split().speakerIndependent()) {
            page.notice(NOT_INDEPENDENT);
        }
        report.notes().forEach(page::notice);
        boolean honest = report.run().dishonesty().isEmpty();
        String tested = honest ? "Scored once, at the end." : "It chose the epoch: these scores are too good.";
        part(page, "Test", "test", tested, report.test());
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

    private void part(Page page, String heading, String name, String note, List<ViewScores> scores) {
        if (!scores.isEmpty()) {
            page.section(heading, PartSection.of(page, name, note, report.labels(), scores));
        }
    }

    private List<Html> curves(Page page) {
        History history = report.history();
        List<Figure> figures = new ArrayList<>();
        Figures.lines(
                        "loss",
                        "Loss",
                        "loss [nats]",
                        "Training: the whole loss, all its terms together, with dropout. Validation: negative"
                                + " log-likelihood of the decision.",
                        List.of(
                                Figures.line("training", history, History.Epoch::trainLoss),
                                Figures.line("validation", history, History.Epoch::validationLoss)),
                        List.of())
                .ifPresent(figures::add);
        Figures.lines(
                        "validation-accuracy",
                        "Accuracy on the validation part",
                        "unweighted accuracy",
                        "Mean recall of the classes, by the decision.",
                        List.of(Figures.line("validation", history, History.Epoch::validationAccuracy)),
                        List.of())
                .ifPresent(figures::add);
        List<Html> inside = new ArrayList<>();
        String kept = history.best() > 0 ? "The weights of epoch " + history.best() + " were kept, of " : "";
        inside.add(Html.paragraph(kept + Count.of(history.epochs().size(), "epoch") + "."));
        inside.add(page.figures(figures));
        return inside;
    }
}
