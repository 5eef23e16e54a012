package dev.parallax.report;

import dev.parallax.data.Labels;
import dev.parallax.eval.Calibration;
import dev.parallax.eval.Metrics;
import dev.parallax.report.page.Fact;
import dev.parallax.report.page.Html;
import dev.parallax.report.page.Page;
import dev.parallax.report.page.Table;
import dev.parallax.report.plot.Figures;
import dev.parallax.report.plot.ViewScores;
import java.util.ArrayList;
import java.util.List;

/// The pieces that several pages share.
public final class Sections {

    public static final String SYNTHETIC =
            "The embedded corpus is not speech: its sounds come from a synthesiser and its"
                    + " sentences from templates. No number on this page says how well Parallax recognises emotion in recordings"
                    + " of people, and none may stand beside a number that does.";

    /// What Parallax can tell, and what it must not be used for, a sentence or two each.
    public static final List<String> LIMITS = List.of(
            "Parallax estimates the emotion that is expressed: as an actor played it, or as listeners labelled it."
                    + " It cannot know what anyone feels.",
            "It is not for deciding about people: not in hiring, education, policing, migration, insurance or credit,"
                    + " not to find lies, not to diagnose.",
            "In the European Union, inferring emotion from the voice at work and in education is prohibited, except"
                    + " for medical or safety reasons (AI Act, Art. 5(1)(f)). Elsewhere it counts as high-risk (Annex"
                    + " III 1(c)), and the people exposed to it must be told (Art. 50(3)).",
            "Recordings of people are personal data. Parallax keeps no copy of a recording.");

    private Sections() {}

    /// What was run and on what.
    public static Html facts(RunFacts run) {
        List<Fact> all = new ArrayList<>();
        all.add(new Fact("seed", Long.toString(run.seed())));
        all.add(new Fact("corpus", run.corpus()));
        all.add(new Fact("JDK", run.jdk()));
        all.add(new Fact("backend", run.backend()));
        all.addAll(run.more());
        return facts(run.command(), all);
    }

    /// A list of a run's command and these facts.
    public static Html facts(String command, List<Fact> facts) {
        List<Html> lines = new ArrayList<>();
        lines.add(Html.of("dt", "command"));
        lines.add(Html.of("dd", Html.of("code", command)));
        lines.addAll(lines(facts));
        return Html.of("dl", lines);
    }

    /// A list of facts.
    public static Html facts(List<Fact> facts) {
        return Html.of("dl", lines(facts));
    }

    private static List<Html> lines(List<Fact> facts) {
        List<Html> lines = new ArrayList<>();
        for (Fact fact : facts) {
            lines.add(Html.of("dt", fact.name()));
            lines.add(Html.of("dd", fact.value()));
        }
        return lines;
    }

    /// The parts of a split: their sizes, speakers and classes.
    static List<Html> split(SplitFacts split, Labels labels) {
        List<String> header = new ArrayList<>(List.of("part", "utterances"));
        header.addAll(labels.names());
        header.add("speakers");
        Table table = new Table("Utterances of each part, in all and by class", header);
        for (SplitFacts.PartFacts part : split.parts()) {
            List<Html.Element> cells =
                    new ArrayList<>(List.of(Table.name(part.name()), Table.count(part.utterances())));
            part.perClass().forEach(count -> cells.add(Table.count(count)));
            cells.add(Table.cell(String.join(", ", part.speakers())));
            table.row(cells);
        }
        return List.of(Html.paragraph(split.how()), table.html());
    }

    /// The calibration of the probabilities.
    static List<Html> calibration(Page page, String figure, List<ViewScores> scores, ViewScores shown) {
        Table table = new Table(
                "How far the probabilities can be trusted; lower is better. The expected calibration error (ECE) is the mean"
                        + " difference between confidence and share right, over " + Calibration.BINS
                        + " bins of equal mass; fewer than " + Calibration.LEAST_ANSWERS + " answers have none",
                List.of("answer", "negative log-likelihood [nats]", "Brier score", "ECE"));
        for (ViewScores score : scores) {
            Calibration calibration = score.calibration();
            table.row(List.of(
                    Table.name(score.view().word()),
                    Table.number(calibration.negativeLogLikelihood()),
                    Table.number(calibration.brier()),
                    calibration.hasEnoughAnswers()
                            ? Table.number(calibration.expectedCalibrationError())
                            : Table.none()));
        }
        return List.of(
                table.html(),
                shown.calibration().hasEnoughAnswers()
                        ? page.figure(Figures.reliability(figure, shown))
                        : Html.paragraph(Figures.tooFew(
                                        shown.metrics().confusion().total()))
                                .with("class", "note"));
    }

    /// Precision, recall and F1 of each class; dashes for those that do not occur, which have no recall.
    static Html perClass(String caption, Labels labels, Metrics metrics) {
        Table table = new Table(caption, List.of("class", "precision", "recall", "F1", "utterances"));
        for (int c = 0; c < labels.size(); c++) {
            Metrics.ClassScore score = metrics.perClass().get(c);
            boolean occurs = score.support() > 0;
            table.row(List.of(
                    Table.name(labels.names().get(c)),
                    occurs ? Table.number(score.precision()) : Table.none(),
                    occurs ? Table.number(score.recall()) : Table.none(),
                    occurs ? Table.number(score.f1()) : Table.none(),
                    Table.count(score.support())));
        }
        List<String> absent = metrics.absent(labels.names());
        if (!absent.isEmpty()) {
            table.note("No utterance is " + String.join(" or ", absent)
                    + ": the unweighted accuracy and the macro F1 are means over the other classes, and say nothing about "
                    + (absent.size() == 1 ? "it." : "these."));
        }
        return table.html();
    }

    /// A list of sentences.
    public static Html list(List<String> sentences) {
        return Html.of("ul", sentences.stream().map(text -> Html.of("li", text)).toList());
    }

    /// The note about Parallax on every page.
    public static Html about() {
        return list(LIMITS);
    }
}
