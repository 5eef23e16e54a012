package dev.parallax.report;

import dev.parallax.eval.Confusion;
import dev.parallax.fusion.Perspectives;
import dev.parallax.fusion.View;
import dev.parallax.model.answer.Answer;
import dev.parallax.report.page.Figure;
import dev.parallax.report.page.Html;
import dev.parallax.report.page.Page;
import dev.parallax.report.page.Table;
import dev.parallax.report.plot.Figures;
import dev.parallax.report.plot.History;
import dev.parallax.report.plot.Plots;
import dev.parallax.report.plot.UtteranceCard;
import dev.parallax.report.plot.ViewScores;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// Lays out a [DemoReport].
final class DemoPage {

    private final DemoReport report;
    private final ModelResult main;

    DemoPage(DemoReport report) {
        this.report = report;
        this.main = report.models().getLast();
    }

    Page page() {
        Page page = new Page(
                "Parallax: one emotion, two perspectives",
                "The demo: " + report.models().size() + " models on the embedded corpus, whose best possible scores are"
                        + " known.");
        page.notice(Sections.SYNTHETIC);
        page.section("Result", Html.paragraph(verdict()), models(), bracketNote(), checks());
        page.section("One utterance, seen from its perspectives", story(page));
        page.section("How the models learned", curves(page));
        page.section("What is taken for what", confusions(page));
        page.section("How sure is sure", Sections.calibration(page, "reliability", answers(), decisive()));
        page.section("How to read this page", howToRead());
        page.section("What was run", run());
        page.section("What Parallax says about itself", Sections.about());
        return page;
    }

    private String verdict() {
        ViewScores score = decisive();
        long passed = report.checks().stream().filter(Check::passed).count();
        return String.format(
                Locale.ROOT,
                "The model \"%s\" answers %s of %d test utterances right; nothing could do better than %.3f on average."
                        + " Checks passed: %d of %d.",
                main.name(),
                estimate(score),
                score.metrics().confusion().total(),
                report.ceilings().fused(),
                passed,
                report.checks().size());
    }

    /// The answer that the page is about.
    private ViewScores decisive() {
        return main.of(View.FUSED).orElseThrow();
    }

    /// The scores of each answer of the last model.
    private List<ViewScores> answers() {
        return Perspectives.VIEWS.stream()
                .flatMap(view -> main.of(view).stream())
                .toList();
    }

    private Html models() {
        Table table = new Table(
                "Share of test utterances answered right, ± one standard error",
                List.of("model", "fused answer", "audio alone", "text alone"));
        for (ModelResult model : report.models()) {
            List<Html.Element> cells = new ArrayList<>(List.of(Table.name(model.name())));
            Perspectives.VIEWS.forEach(
                    view -> cells.add(model.of(view).map(DemoPage::scoreCell).orElseGet(Table::none)));
            table.row(cells);
        }
        Ceilings best = report.ceilings();
        table.footer(List.of(
                Table.name("ceiling: the best possible"),
                Table.number(best.fused()),
                Table.number(best.audio()),
                Table.number(best.text())));
        table.footer(List.of(
                Table.name("always the most frequent class"),
                Table.number(best.majority()),
                Table.number(best.majority()),
                Table.number(best.majority())));
        return table.html();
    }

    private static Html.Element scoreCell(ViewScores score) {
        return Table.number(score.accuracy(), score.taught() ? estimate(score) : "(" + estimate(score) + ")");
    }

    private static String estimate(ViewScores score) {
        return String.format(Locale.ROOT, "%.3f ± %.3f", score.accuracy(), score.standardError());
    }

    private Html bracketNote() {
        return Html.paragraph("In brackets: answers that were not taught. Under the single loss only the sum of both"
                        + " perspectives is trained; how it falls into parts is arbitrary.")
                .with("class", "note");
    }

    private Html checks() {
        Table table = new Table(
                "Checks from both sides: too low means a model has not learned, too high means that something leaks",
                List.of("check", "result", "measured", "at least", "at most"));
        for (Check check : report.checks()) {
            String result = check.passed() ? "passed" : "FAILED";
            table.row(List.of(
                    Table.cell(check.what()),
                    Table.cell(result).with("class", check.passed() ? "good" : "bad"),
                    Table.number(check.measured()),
                    Table.number(check.least()),
                    Table.number(check.most())));
        }
        return table.html();
    }

    private List<Html> story(Page page) {
        UtteranceCard story = report.story();
        List<Plots.Bars> answers = new ArrayList<>();
        for (View view : Perspectives.VIEWS) {
            Answer answer = story.prediction().answers().get(view);
            if (answer != null) {
                answers.add(new Plots.Bars(view, answer));
            }
        }
        List<Html> inside = new ArrayList<>();
        inside.add(Html.of("blockquote", story.sentence()).with("dir", "auto"));
        inside.add(Html.paragraph("Utterance " + story.id() + ", " + story.chosen() + ", answered by the model \""
                + story.model() + "\". Its true class is " + story.truth() + ". " + sayings(answers)
                + " The model is not told which perspective carries the emotion."));
        inside.add(page.figure(Figures.story("utterance", story, answers)));
        inside.add(probabilities(story, answers));
        if (!story.prediction().warnings().isEmpty()) {
            inside.add(Sections.list(story.prediction().warnings()));
        }
        return inside;
    }

    private static String sayings(List<Plots.Bars> answers) {
        List<String> said = new ArrayList<>();
        for (Plots.Bars bars : answers) {
            double most = bars.answer().probabilities().stream()
                    .mapToDouble(p -> p)
                    .max()
                    .orElse(0);
            String who = bars.view() == View.FUSED
                    ? "Both together say "
                    : "The " + bars.view().word() + " alone says ";
            said.add(who + bars.answer().label() + String.format(Locale.ROOT, " (%.2f).", most));
        }
        return String.join(" ", said);
    }

    private static Html probabilities(UtteranceCard story, List<Plots.Bars> answers) {
        List<String> header = new ArrayList<>(List.of("class"));
        answers.forEach(bars -> header.add(bars.view().word()));
        Table table = new Table("Probability of each class", header);
        List<String> labels = story.prediction().labels();
        for (int c = 0; c < labels.size(); c++) {
            String mark = labels.get(c).equals(story.truth()) ? " (true)" : "";
            List<Html.Element> cells = new ArrayList<>(List.of(Table.name(labels.get(c) + mark)));
            for (Plots.Bars bars : answers) {
                cells.add(Table.number(bars.answer().probabilities().get(c)));
            }
            table.row(cells);
        }
        return table.html();
    }

    private List<Html> curves(Page page) {
        List<Figure> figures = new ArrayList<>();
        Figures.lines(
                        "training-loss",
                        "Loss in training",
                        "loss [nats]",
                        "Mean loss of the training utterances. The perspective loss is a sum of three terms, so compare"
                                + " the shape of its line with the others, not its height.",
                        lines(History.Epoch::trainLoss),
                        List.of())
                .ifPresent(figures::add);
        Figures.lines(
                        "validation-accuracy",
                        "Accuracy on the validation part",
                        "unweighted accuracy",
                        "Mean recall of the classes on the validation part, which chooses the epoch that is kept. Dashed:"
                                + " the ceilings.",
                        lines(History.Epoch::accuracy),
                        levels())
                .ifPresent(figures::add);
        return List.of(page.figures(figures));
    }

    private List<Plots.Line> lines(ToDoubleFunction<History.Epoch> value) {
        return report.models().stream()
                .map(model -> Figures.line(model.name(), model.history(), value))
                .toList();
    }

    private List<Plots.Level> levels() {
        Ceilings best = report.ceilings();
        List<Plots.Level> levels = new ArrayList<>();
        levels.add(new Plots.Level("ceiling, fused", best.fused()));
        if (best.audio() == best.text()) {
            levels.add(new Plots.Level("ceiling, audio or text alone", best.audio()));
        } else {
            levels.add(new Plots.Level("ceiling, audio alone", best.audio()));
            levels.add(new Plots.Level("ceiling, text alone", best.text()));
        }
        return levels;
    }

    private List<Html> confusions(Page page) {
        List<Figure> figures = answers().stream()
                .map(score -> Figures.confusion("confusion-" + score.view().word(), report.labels(), score))
                .toList();
        Confusion confusion = decisive().metrics().confusion();
        String what = "Answers of the model \"" + main.name() + "\" to the " + confusion.total() + " test utterances.";
        return List.of(Html.paragraph(what), page.figures(figures));
    }

    private static Html howToRead() {
        return Sections.list(List.of(
                "In some utterances only the sound carries the emotion, in others only the words, in the rest both; now"
                        + " and then what they show is wrong. How often is known, so the best possible score of each"
                        + " perspective is known too: its ceiling.",
                "A model of one perspective cannot pass its ceiling. If it did, by more than chance allows, its data"
                        + " would be leaking the answer, and the check fails.",
                "A fused model has to rise above both single ceilings: only using both perspectives gets it there.",
                "The perspective loss adds a term for each perspective, loss = CE(fused) + α CE(audio) + β CE(text), so"
                        + " each one also learns to answer by itself. Then \"what the audio says\" means something.",
                "A perspective that carries nothing of an utterance's emotion should say so: its bars are nearly level.",
                "The test part was scored once, at the end, and chose nothing."));
    }

    private List<Html> run() {
        List<Html> inside = new ArrayList<>();
        inside.add(Sections.facts(report.run()));
        inside.addAll(Sections.split(report.split(), report.labels()));
        return inside;
    }
}
