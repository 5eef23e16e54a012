package dev.parallax.report.study;

import dev.parallax.eval.Calibration;
import dev.parallax.report.SpeakerAccuracy;
import dev.parallax.report.page.Figure;
import dev.parallax.report.page.Html;
import dev.parallax.report.page.Page;
import dev.parallax.report.plot.Figures;
import dev.parallax.report.plot.IntervalPlot;
import dev.parallax.report.plot.Plots;
import dev.parallax.report.plot.Point;
import dev.parallax.report.study.StudyFindings.Confused;
import dev.parallax.report.study.StudyFindings.Curve;
import dev.parallax.report.study.StudyFindings.Plane;
import dev.parallax.report.study.StudyFindings.Reliability;
import dev.parallax.report.study.StudyFindings.SpeakerScore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The figures of a study's page: drawn for the reference strategy, with the data of all strategies beside the
/// page.
final class StudyFigures {

    private static final String ALL = "The same for all strategies (CSV)";

    private final StudyReport report;
    private final StudyFindings findings;
    private final Page page;

    StudyFigures(StudyReport report, Page page) {
        this.report = report;
        this.findings = report.findings();
        this.page = page;
    }

    /// Every score with its interval.
    Html intervals() {
        List<IntervalPlot.Bar> bars = findings.rows().stream()
                .map(row -> new IntervalPlot.Bar(
                        row.title(),
                        row.interval().estimate(),
                        row.interval().low(),
                        row.interval().high()))
                .toList();
        List<List<String>> rows = findings.rows().stream()
                .map(row -> List.of(
                        row.strategy(),
                        row.loss().word(),
                        number(row.interval().estimate()),
                        number(row.interval().low()),
                        number(row.interval().high())))
                .toList();
        return page.figure(Figure.of(
                "intervals",
                "Unweighted accuracy of one model"
                        + (report.seeds() > 1
                                ? ", mean over the seeds, with 95 % intervals over speakers or dialogues and over seeds"
                                : ", with 95 % intervals over speakers or dialogues")
                        + "; dashed: "
                        + levels() + ".",
                List.of("strategy", "loss", "estimate", "low", "high"),
                rows,
                () -> IntervalPlot.of("Every way to decide", "unweighted accuracy", bars, report.levels())));
    }

    /// The reference's accuracy speaker by speaker, a figure for each loss.
    Html speakers() {
        Map<String, List<SpeakerScore>> byTitle = findings.speakers().stream()
                .filter(score -> isReference(score.strategy()))
                .sorted(Comparator.comparing(SpeakerScore::speaker))
                .collect(Collectors.groupingBy(
                        score -> score.loss().title(score.strategy()), LinkedHashMap::new, Collectors.toList()));
        List<Html> figures = new ArrayList<>();
        byTitle.forEach((title, scores) -> {
            SpeakerScore any = scores.getFirst();
            figures.add(SpeakerAccuracy.figure(
                    page,
                    file("speakers", any.loss(), any.strategy()),
                    title,
                    "of " + title + (report.seeds() > 1 ? ", one model, mean over the seeds" : ""),
                    scores.stream()
                            .map(score -> new SpeakerAccuracy(
                                    score.speaker(), score.utterances(), score.weightedAccuracy() * score.utterances()))
                            .toList()));
        });
        return Html.of("div", figures).with("class", "figures");
    }

    private String levels() {
        return report.levels().entrySet().stream()
                .map(level -> String.format(Locale.ROOT, "%s %.3f", level.getKey(), level.getValue()))
                .collect(Collectors.joining(", "));
    }

    private boolean isReference(String strategy) {
        return strategy.equals(report.reference()) || !report.findings().fuses();
    }

    private static String file(String what, LossChoice loss, String more) {
        return what + "-" + (loss == LossChoice.NONE ? "" : loss.onPages() + "-") + more;
    }

    /// The confusions of the reference and its perspectives.
    List<Html> confusions() {
        List<Figure> figures = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        List<String> names = report.labels().names();
        for (Confused confused : findings.confusions()) {
            if (isReference(confused.strategy())) {
                String answer = confused.answer().word();
                String title = confused.loss().title(confused.strategy());
                figures.add(Figures.confusion(
                        file("confusion", confused.loss(), answer),
                        findings.fuses() ? title + ": " + answer : title,
                        findings.fuses() ? title + ", " + answer + " answer" : title + " alone",
                        report.labels(),
                        confused.confusion()));
            }
            for (int truth = 0; truth < names.size(); truth++) {
                for (int answer = 0; answer < names.size(); answer++) {
                    rows.add(List.of(
                            confused.strategy(),
                            confused.loss().word(),
                            confused.answer().word(),
                            names.get(truth),
                            names.get(answer),
                            Integer.toString(confused.confusion().count(truth, answer))));
                }
            }
        }
        return List.of(
                page.figures(figures),
                page.data("confusions", ALL, List.of("strategy", "loss", "answer", "true", "answered", "count"), rows));
    }

    /// Norms of the gradients and logits of the reference's perspectives over training.
    List<Html> curves() {
        List<Figure> figures = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        for (Curve curve : findings.curves()) {
            if (isReference(curve.strategy())) {
                String title = curve.loss().title(curve.strategy());
                Figures.lines(
                                file("gradients", curve.loss(), "norm"),
                                title,
                                "norm of the gradient",
                                "Gradient of each perspective's parameters before clipping, mean over the steps; "
                                        + report.overRuns() + ".",
                                List.of(
                                        line("audio", curve, Curve.Epoch::audioGradient),
                                        line("text", curve, Curve.Epoch::textGradient)),
                                List.of())
                        .ifPresent(figures::add);
                Figures.lines(
                                file("logits", curve.loss(), "norm"),
                                title,
                                "norm of the logits",
                                "How loudly each perspective speaks on the " + report.scored() + " part.",
                                List.of(
                                        line("audio", curve, Curve.Epoch::audioLogits),
                                        line("text", curve, Curve.Epoch::textLogits)),
                                List.of())
                        .ifPresent(figures::add);
            }
            for (Curve.Epoch epoch : curve.epochs()) {
                rows.add(List.of(
                        curve.strategy(),
                        curve.loss().word(),
                        Integer.toString(epoch.epoch()),
                        number(epoch.audioGradient()),
                        number(epoch.textGradient()),
                        number(epoch.audioLogits()),
                        number(epoch.textLogits())));
            }
        }
        return List.of(
                page.figures(figures),
                page.data(
                        "curves",
                        ALL,
                        List.of(
                                "strategy",
                                "loss",
                                "epoch",
                                "audioGradient",
                                "textGradient",
                                "audioLogits",
                                "textLogits"),
                        rows));
    }

    private static Plots.Line line(String name, Curve curve, ToDoubleFunction<Curve.Epoch> value) {
        List<Curve.Epoch> measured = curve.epochs().stream()
                .filter(epoch -> Double.isFinite(value.applyAsDouble(epoch)))
                .toList();
        return new Plots.Line(
                name,
                measured.stream().map(Curve.Epoch::epoch).toList(),
                measured.stream().map(value::applyAsDouble).toList());
    }

    /// The reference's reliability before temperature scaling, and after it where a validation part fitted it.
    List<Html> reliabilities() {
        List<Figure> figures = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        int answers = findings.rows().getFirst().utterances();
        for (Reliability one : findings.reliabilities()) {
            if (isReference(one.strategy()) && answers >= Calibration.LEAST_ANSWERS) {
                String title = one.loss().title(one.strategy());
                List<List<String>> own = new ArrayList<>();
                addBins(own, List.of(), one);
                figures.add(Figure.of(
                        file("reliability", one.loss(), findings.fuses() ? "fused" : one.strategy()),
                        "Of the answers given with a confidence, the share that was right: above the diagonal too"
                                + " modest, below it too sure." + report.countedSeeds(),
                        List.of("scaling", "confidence", "accuracy", "count"),
                        own,
                        () -> report.validated()
                                ? Plots.reliability(title, one.before(), one.after())
                                : Plots.reliability(title, one.before())));
            }
            addBins(rows, List.of(one.strategy(), one.loss().word()), one);
        }
        return List.of(
                answers < Calibration.LEAST_ANSWERS
                        ? Html.paragraph(Figures.tooFew(answers)).with("class", "note")
                        : page.figures(figures),
                page.data(
                        "reliability",
                        ALL,
                        List.of("strategy", "loss", "scaling", "confidence", "accuracy", "count"),
                        rows));
    }

    private void addBins(List<List<String>> rows, List<String> start, Reliability one) {
        addBins(rows, start, "before", one.before());
        if (report.validated()) {
            addBins(rows, start, "after", one.after());
        }
    }

    private static void addBins(List<List<String>> rows, List<String> start, String scaling, Calibration calibration) {
        for (Calibration.Bin bin : calibration.bins()) {
            List<String> row = new ArrayList<>(start);
            row.addAll(
                    List.of(scaling, number(bin.confidence()), number(bin.accuracy()), Integer.toString(bin.count())));
            rows.add(row);
        }
    }

    /// The projected vectors of the reference's encoders.
    List<Html> planes() {
        List<Figure> figures = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        for (Plane plane : findings.planes()) {
            if (isReference(plane.strategy())) {
                figures.add(figure(plane));
            }
            for (int i = 0; i < plane.points().size(); i++) {
                List<String> row = new ArrayList<>(List.of(
                        plane.strategy(),
                        plane.loss().word(),
                        plane.modality().word(),
                        Integer.toString(plane.fold())));
                row.addAll(point(plane, i));
                rows.add(row);
            }
        }
        return List.of(
                Html.paragraph(
                        "The pooled vectors of test utterances along the two directions in which they differ most"
                                + " (principal components, fitted without labels): where classes lie apart, a linear layer can"
                                + " part them."
                                + (report.severalFolds() || report.seeds() > 1 ? " First fold, first seed." : "")),
                page.figures(figures),
                page.data("planes", ALL, List.of("strategy", "loss", "modality", "fold", "x", "y", "class"), rows));
    }

    private Figure figure(Plane plane) {
        List<Plots.Group> groups = new ArrayList<>();
        for (int c = 0; c < report.labels().size(); c++) {
            int label = c;
            List<Point> points = IntStream.range(0, plane.points().size())
                    .filter(i -> plane.truth().get(i) == label)
                    .mapToObj(plane.points()::get)
                    .toList();
            if (!points.isEmpty()) {
                groups.add(new Plots.Group(report.labels().names().get(c), points));
            }
        }
        String whole = plane.loss().title(plane.strategy());
        String title = findings.fuses() ? whole + ": " + plane.modality().word() : whole;
        return Figure.of(
                file("plane", plane.loss(), plane.modality().word()),
                String.format(
                        Locale.ROOT,
                        "What the %s encoder makes of test utterances; the two components hold %.0f %% and %.0f %% of the"
                                + " variance.",
                        plane.modality().word(),
                        100 * plane.first(),
                        100 * plane.second()),
                List.of("x", "y", "class"),
                IntStream.range(0, plane.points().size())
                        .mapToObj(i -> point(plane, i))
                        .toList(),
                () -> Plots.scatter(title, "first component", "second component", groups));
    }

    private List<String> point(Plane plane, int i) {
        Point point = plane.points().get(i);
        return List.of(
                number(point.x()),
                number(point.y()),
                report.labels().names().get(plane.truth().get(i)));
    }

    private static String number(double value) {
        return Double.isFinite(value) ? Double.toString(value) : "";
    }
}
