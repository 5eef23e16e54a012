package dev.parallax.report.study;

import dev.parallax.eval.Agreement;
import dev.parallax.report.page.Html;
import dev.parallax.report.page.Page;
import dev.parallax.report.page.Table;
import dev.parallax.report.study.StudyFindings.Curve;
import dev.parallax.report.study.StudyFindings.SpeakerScore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/// The tables of a study's page beyond the scores: which perspective decides, speakers, gradients, probabilities.
final class StudyInsights {

    private final StudyReport report;
    private final StudyFindings findings;
    private final StudyTables tables;

    StudyInsights(StudyReport report, StudyTables tables) {
        this.report = report;
        this.findings = report.findings();
        this.tables = tables;
    }

    Html deciders() {
        Table table = new Table(
                "Share of test utterances by which perspective alone is right, and in brackets how many of them the"
                        + " fused answer gets right; then what it makes of utterances on which they disagree."
                        + report.countedSeeds() + " Perspectives that their loss"
                        + " trains to answer by themselves, and the two models behind decision-*",
                List.of(
                        "strategy",
                        "loss",
                        "both right",
                        "audio alone",
                        "text alone",
                        "neither",
                        "they disagree",
                        "then fused is right",
                        "says as audio",
                        "says as text"));
        for (StudyRow row : findings.rows()) {
            Agreement agreement = row.agreement();
            if (agreement != null) {
                Agreement.Disagreement apart = agreement.disagreement();
                table.row(List.of(
                        Table.name(row.strategy()),
                        Table.cell(row.loss().onPages()),
                        some(agreement.both(), agreement.total()),
                        some(agreement.audio(), agreement.total()),
                        some(agreement.text(), agreement.total()),
                        some(agreement.neither(), agreement.total()),
                        Table.number(
                                apart.count(), percent(apart.count(), agreement.total()) + " (" + apart.count() + ")"),
                        share(apart.fusedRight(), apart.count()),
                        share(apart.asAudio(), apart.count()),
                        share(apart.asText(), apart.count())));
            }
        }
        return tables.carrying(table).html();
    }

    /// Each speaker, by the perspectives alone and the reference.
    Html speakers() {
        Map<String, Map<String, SpeakerScore>> bySpeaker = new LinkedHashMap<>();
        List<String> columns = new ArrayList<>();
        for (SpeakerScore score : findings.speakers()) {
            String title = score.loss().title(score.strategy());
            boolean shown = score.loss() == LossChoice.NONE || score.strategy().equals(report.reference());
            if (shown) {
                bySpeaker
                        .computeIfAbsent(score.speaker(), _ -> new LinkedHashMap<>())
                        .put(title, score);
                if (!columns.contains(title)) {
                    columns.add(title);
                }
            }
        }
        List<String> header = new ArrayList<>(List.of("speaker or dialogue", "utterances", "classes that occur"));
        header.addAll(columns);
        Table table = new Table(
                "Unweighted accuracy of one model over the classes that occur among a speaker's utterances, "
                        + report.overSeeds(),
                header);
        for (String speaker : new TreeSet<>(bySpeaker.keySet())) {
            Map<String, SpeakerScore> scores = bySpeaker.getOrDefault(speaker, Map.of());
            SpeakerScore any = scores.values().iterator().next();
            List<Html.Element> cells = new ArrayList<>(
                    List.of(Table.name(speaker), Table.count(any.utterances()), Table.count(any.classes())));
            for (String column : columns) {
                SpeakerScore score = scores.get(column);
                cells.add(score == null ? Table.none() : Table.number(score.unweightedAccuracy()));
            }
            table.row(cells);
        }
        return tables.carrying(table).html();
    }

    /// A link to the scores of all speakers by all strategies.
    Html allSpeakers(Page page) {
        List<List<String>> rows = findings.speakers().stream()
                .map(score -> List.of(
                        score.strategy(),
                        score.loss().word(),
                        score.speaker(),
                        Integer.toString(score.utterances()),
                        Integer.toString(score.classes()),
                        Double.toString(score.unweightedAccuracy()),
                        Double.toString(score.weightedAccuracy())))
                .toList();
        return page.data(
                "speakers",
                "All strategies, speaker by speaker (CSV)",
                List.of(
                        "strategy",
                        "loss",
                        "speaker",
                        "utterances",
                        "classes",
                        "unweightedAccuracy",
                        "weightedAccuracy"),
                rows);
    }

    /// Gradients of each perspective at the start and at the end of training, and logits where a part was scored.
    Html norms() {
        boolean scored = report.scored() != null;
        List<String> header = new ArrayList<>(List.of("strategy", "loss", "gradient, first", "gradient, last"));
        if (scored) {
            header.addAll(List.of("loudness, first", "loudness, last"));
        }
        header.add("epochs");
        Table table = new Table(
                "Gradient of audio's parameters over that of text's, "
                        + (scored ? "and loudness of audio over that of text, " : "")
                        + "in the first epoch and in the last; " + report.overRuns(),
                header);
        for (Curve curve : findings.curves()) {
            Curve.Epoch first = curve.epochs().getFirst();
            Curve.Epoch last = curve.epochs().getLast();
            List<Html.Element> cells = new ArrayList<>(List.of(
                    Table.name(curve.strategy()),
                    Table.cell(curve.loss().onPages()),
                    ratio(first.audioGradient(), first.textGradient()),
                    ratio(last.audioGradient(), last.textGradient())));
            if (scored) {
                cells.add(ratio(first.audioLogits(), first.textLogits()));
                cells.add(ratio(last.audioLogits(), last.textLogits()));
            }
            cells.add(Table.count(curve.epochs().size()));
            table.row(cells);
        }
        return tables.carrying(table).html();
    }

    private static Html.Element ratio(double a, double b) {
        return Table.number(a / b);
    }

    /// How far the probabilities can be trusted, as they are; and scaled, where a validation part fitted temperatures.
    Html calibration() {
        boolean scaled = report.validated();
        List<String> header = new ArrayList<>(List.of("strategy", "loss"));
        for (String measure : List.of("NLL [nats]", "Brier score", "calibration error")) {
            header.add(measure);
            if (scaled) {
                header.add("scaled");
            }
        }
        Table table = new Table(
                "As the model gives its probabilities"
                        + (scaled
                                ? ", then after temperature scaling on the validation part; "
                                : ": without a validation part no temperature is fitted; ")
                        + report.overSeeds() + ", lower is better. The calibration error has 15 bins of equal mass",
                header);
        for (StudyRow row : findings.rows()) {
            List<Html.Element> cells = new ArrayList<>(
                    List.of(Table.name(row.strategy()), Table.cell(row.loss().onPages())));
            addTo(cells, row, scaled, CalibrationSummary::negativeLogLikelihood);
            addTo(cells, row, scaled, CalibrationSummary::brier);
            addTo(cells, row, scaled, CalibrationSummary::expectedCalibrationError);
            table.row(cells);
        }
        return tables.carrying(table).html();
    }

    private static void addTo(
            List<Html.Element> cells, StudyRow row, boolean scaled, ToDoubleFunction<CalibrationSummary> measure) {
        cells.add(Table.number(measure.applyAsDouble(row.before())));
        CalibrationSummary after = row.after();
        if (scaled) {
            cells.add(after == null ? Table.none() : Table.number(measure.applyAsDouble(after)));
        }
    }

    private static Html.Element some(Agreement.Case some, int total) {
        return Table.number(
                some.count(), percent(some.count(), total) + " (" + some.fusedRight() + " of " + some.count() + ")");
    }

    private static Html.Element share(int part, int whole) {
        return whole == 0 ? Table.none() : Table.number(part / (double) whole, percent(part, whole));
    }

    private static String percent(int part, int whole) {
        return String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
    }
}
