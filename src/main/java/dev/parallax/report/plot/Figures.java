package dev.parallax.report.plot;

import dev.parallax.data.Labels;
import dev.parallax.eval.Calibration;
import dev.parallax.eval.Confusion;
import dev.parallax.eval.RiskCoverage;
import dev.parallax.io.Count;
import dev.parallax.model.answer.Answer;
import dev.parallax.report.page.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// The figures of the pages, each with its picture and its data.
public final class Figures {

    private Figures() {}

    /// One value of each epoch that has it.
    public static Plots.Line line(String name, History history, ToDoubleFunction<History.Epoch> value) {
        List<History.Epoch> measured = history.epochs().stream()
                .filter(epoch -> Double.isFinite(value.applyAsDouble(epoch)))
                .toList();
        return new Plots.Line(
                name,
                measured.stream().map(History.Epoch::number).toList(),
                measured.stream().map(value::applyAsDouble).toList());
    }

    /// Lines over epochs; none if no line has a point.
    public static Optional<Figure> lines(
            String name,
            String title,
            String yTitle,
            String caption,
            List<Plots.Line> lines,
            List<Plots.Level> levels) {
        List<Plots.Line> drawn =
                lines.stream().filter(line -> !line.epochs().isEmpty()).toList();
        if (drawn.isEmpty()) {
            return Optional.empty();
        }
        List<List<String>> rows = new ArrayList<>();
        for (Plots.Line line : drawn) {
            for (int i = 0; i < line.epochs().size(); i++) {
                String epoch = line.epochs().get(i).toString();
                rows.add(List.of(line.name(), epoch, line.values().get(i).toString()));
            }
        }
        levels.forEach(level -> rows.add(List.of(level.name(), "", Double.toString(level.value()))));
        return Optional.of(Figure.of(
                name,
                caption,
                List.of("line", "epoch", "value"),
                rows,
                () -> Plots.lines(title, yTitle, drawn, levels)));
    }

    /// The confusion matrix of an answer.
    public static Figure confusion(String name, Labels labels, ViewScores scores) {
        String view = scores.view().word();
        return confusion(
                name,
                "Confusion, " + view,
                "Confusion of the " + view + " answer",
                labels,
                scores.metrics().confusion());
    }

    /// A confusion matrix.
    ///
    /// @param caption the subject, the start of a sentence
    public static Figure confusion(String name, String title, String caption, Labels labels, Confusion confusion) {
        List<List<String>> rows = new ArrayList<>();
        for (int truth = 0; truth < labels.size(); truth++) {
            for (int answer = 0; answer < labels.size(); answer++) {
                rows.add(List.of(
                        labels.names().get(truth),
                        labels.names().get(answer),
                        Integer.toString(confusion.count(truth, answer)),
                        Integer.toString(confusion.support(truth))));
            }
        }
        return Figure.of(
                name,
                caption + ": each cell gives the count, and its share of the row's true class.",
                List.of("true", "answered", "count", "support"),
                rows,
                () -> ConfusionPlot.of(title, labels, confusion));
    }

    /// In place of a reliability diagram, where there are too few answers for one.
    public static String tooFew(int answers) {
        return "No reliability diagram: " + Count.of(answers, "answer is", "answers are") + " too few, it takes "
                + Calibration.LEAST_ANSWERS + ".";
    }

    /// The reliability diagram of an answer.
    public static Figure reliability(String name, ViewScores scores) {
        List<Calibration.Bin> bins = scores.calibration().bins();
        return Figure.of(
                name,
                "Of the " + scores.view().word() + " answers given with a confidence, the share that was right. Above"
                        + " the diagonal the model is too modest, below it too sure.",
                List.of("confidence", "accuracy", "count"),
                bins.stream()
                        .map(bin -> List.of(
                                Double.toString(bin.confidence()),
                                Double.toString(bin.accuracy()),
                                Integer.toString(bin.count())))
                        .toList(),
                () -> Plots.reliability("Reliability, " + scores.view().word(), scores.calibration()));
    }

    /// Risk over coverage of some answers.
    ///
    /// @param scores at least one
    public static Figure riskCoverage(String name, List<ViewScores> scores) {
        List<List<String>> rows = new ArrayList<>();
        for (ViewScores score : scores) {
            String view = score.view().word();
            for (RiskCoverage.Point point : score.selective().curve().points(Plots.CURVE_POINTS)) {
                rows.add(row(view, "curve", point));
            }
            if (score.selective().sure() > 0) {
                rows.add(row(view, "sure", score.selective().operatingPoint()));
            }
        }
        return Figure.of(
                name,
                "The share of wrong answers among those kept, the most confident first; doubtful ones come last. A dot"
                        + " stands where the answers called sure are: its curve has one unless none is sure.",
                List.of("answer", "what", "coverage", "risk"),
                rows,
                () -> Plots.riskCoverage("Risk over coverage", scores));
    }

    private static List<String> row(String view, String what, RiskCoverage.Point point) {
        return List.of(view, what, Double.toString(point.coverage()), Double.toString(point.risk()));
    }

    /// The answers to one utterance.
    public static Figure story(String name, UtteranceCard story, List<Plots.Bars> answers) {
        List<String> labels = story.prediction().labels();
        List<List<String>> rows = new ArrayList<>();
        for (Plots.Bars bars : answers) {
            Answer answer = bars.answer();
            for (int c = 0; c < labels.size(); c++) {
                rows.add(List.of(
                        bars.view().word(),
                        labels.get(c),
                        answer.probabilities().get(c).toString()));
            }
        }
        return Figure.of(
                name,
                "What each perspective says of utterance " + story.id() + "; its true class is " + story.truth() + ".",
                List.of("answer", "class", "probability"),
                rows,
                () -> Plots.bars("One utterance, true class: " + story.truth(), labels, answers));
    }
}
