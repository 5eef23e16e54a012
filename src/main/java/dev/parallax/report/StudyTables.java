package dev.parallax.report;

import dev.parallax.eval.Agreement;
import dev.parallax.eval.Comparison;
import dev.parallax.report.StudyFindings.Curve;
import dev.parallax.report.StudyFindings.SpeakerScore;
import dev.parallax.report.StudyRow.Versus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The tables of a study's page. Each carries at its bottom what every score must be read beside.
final class StudyTables {

    private static final String NONE_SHOWN = "no difference shown";

    private final StudyReport report;
    private final StudyFindings findings;

    StudyTables(StudyReport report) {
        this.report = report;
        this.findings = report.findings();
    }

    /// The most frequent class, linear models, what is known from training, what was left out.
    private Table carrying(Table table) {
        String baselines = findings.rows().stream()
                .filter(row -> row.versus() == null && isBaseline(row))
                .map(row -> row.strategy() + " "
                        + String.format(Locale.ROOT, "%.3f", row.ua().mean()))
                .collect(Collectors.joining(", "));
        String scores = baselines.isEmpty() ? "" : "Unweighted accuracy without a network: " + baselines + ". ";
        return table.note(scores + String.join(" ", report.shares()));
    }

    private static boolean isBaseline(StudyRow row) {
        return row.strategy().startsWith("linear") || row.strategy().startsWith("most frequent");
    }

    Html result() {
        Table table = new Table(
                "Unweighted accuracy on the test parts of all folds together, mean ± deviation over " + report.seeds()
                        + " seeds",
                List.of(
                        "strategy",
                        "loss",
                        "unweighted accuracy",
                        "95 % interval",
                        "against " + report.reference(),
                        "p, corrected",
                        "least p possible",
                        "shown",
                        "plain accuracy",
                        "audio alone says",
                        "text alone says",
                        "parameters"));
        for (StudyRow row : findings.rows()) {
            Versus versus = row.versus();
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
                    versus == null ? Table.none() : difference(versus.comparison()),
                    versus == null ? Table.none() : Table.number(versus.adjusted()),
                    versus == null ? Table.none() : least(versus.comparison()),
                    Table.cell(versus == null ? "" : versus.shown() ? "yes" : NONE_SHOWN)
                            .with("class", "short"),
                    Table.number(
                            row.wa().mean(), spread(row.wa().mean(), row.wa().deviation())),
                    orNone(row.audio()),
                    orNone(row.text()),
                    Table.count(row.parameters())));
        }
        return carrying(table).html();
    }

    Html ceilings() {
        Table table = new Table(
                "Plain accuracy, mean over the seeds, against what is known of the made corpus: passed by 2.33 standard"
                        + " errors of one run",
                List.of(
                        "strategy",
                        "loss",
                        "plain accuracy",
                        "passes what one perspective can reach",
                        "passes what adding can reach",
                        "above what anything can reach"));
        for (CeilingCheck check : report.ceilings()) {
            table.row(List.of(
                    Table.name(check.strategy()),
                    Table.cell(check.loss()),
                    Table.number(check.accuracy()),
                    Table.cell(check.alone() ? "yes" : "no"),
                    Table.cell(check.additive() ? "yes" : "no"),
                    Table.cell(check.leaks() ? "YES: something leaks" : "no")));
        }
        return carrying(table).html();
    }

    Html effects() {
        Table table = new Table(
                "Unweighted accuracy with the perspective loss less that with the single loss, of probabilities"
                        + " averaged over the seeds; p corrected after Holm for these "
                        + findings.effects().size()
                        + " comparisons",
                List.of(
                        "strategy",
                        "perspective loss",
                        "single loss",
                        "difference",
                        "p, corrected",
                        "least p possible",
                        "shown"));
        for (Map.Entry<String, Versus> effect : findings.effects().entrySet()) {
            Comparison comparison = effect.getValue().comparison();
            table.row(List.of(
                    Table.name(effect.getKey()),
                    Table.number(comparison.first()),
                    Table.number(comparison.second()),
                    difference(comparison),
                    Table.number(effect.getValue().adjusted()),
                    least(comparison),
                    Table.cell(effect.getValue().shown() ? "yes" : NONE_SHOWN)));
        }
        return carrying(table).html();
    }

    Html deciders() {
        Table table = new Table(
                "Share of test utterances by which perspective alone is right, and in brackets how many of them the"
                        + " fused answer gets right; then what it makes of utterances on which they disagree."
                        + " Probabilities averaged over the seeds; perspectives that were taught by the perspective loss,"
                        + " and the two models behind decision-*",
                List.of(
                        "strategy",
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
        return carrying(table).html();
    }

    /// Each speaker, by the perspectives alone and the reference.
    Html speakers() {
        Map<String, Map<String, SpeakerScore>> bySpeaker = new LinkedHashMap<>();
        List<String> columns = new ArrayList<>();
        for (SpeakerScore score : findings.speakers()) {
            String title = StudyRow.title(score.strategy(), score.loss());
            boolean shown = score.loss().equals("-") || score.strategy().equals(report.reference());
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
                "Unweighted accuracy over the classes that occur among a speaker's utterances, of probabilities"
                        + " averaged over the seeds",
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
        return carrying(table).html();
    }

    /// A link to the scores of all speakers by all strategies.
    Html allSpeakers(Page page) {
        List<List<String>> rows = findings.speakers().stream()
                .map(score -> List.of(
                        score.strategy(),
                        score.loss(),
                        score.speaker(),
                        Integer.toString(score.utterances()),
                        Integer.toString(score.classes()),
                        Double.toString(score.unweightedAccuracy())))
                .toList();
        return page.data(
                "speakers",
                "All strategies, speaker by speaker (CSV)",
                List.of("strategy", "loss", "speaker", "utterances", "classes", "unweightedAccuracy"),
                rows);
    }

    /// Gradients and logits of each perspective at the start and at the end of training.
    Html norms() {
        Table table = new Table(
                "Gradient of audio's parameters over that of text's, and loudness of audio over that of text, in the"
                        + " first epoch and in the last; mean over folds and seeds",
                List.of(
                        "strategy",
                        "loss",
                        "gradient, first",
                        "gradient, last",
                        "loudness, first",
                        "loudness, last",
                        "epochs"));
        for (Curve curve : findings.curves()) {
            Curve.Epoch first = curve.epochs().getFirst();
            Curve.Epoch last = curve.epochs().getLast();
            table.row(List.of(
                    Table.name(curve.strategy()),
                    Table.cell(curve.loss()),
                    ratio(first.audioGradient(), first.textGradient()),
                    ratio(last.audioGradient(), last.textGradient()),
                    ratio(first.audioLogits(), first.textLogits()),
                    ratio(last.audioLogits(), last.textLogits()),
                    Table.count(curve.epochs().size())));
        }
        return carrying(table).html();
    }

    private static Html.Element ratio(double a, double b) {
        return Table.number(a / b);
    }

    Html calibration() {
        Table table = new Table(
                "Mean over the seeds, lower is better: as the model gives its probabilities, then after temperature"
                        + " scaling on the validation part. The calibration error has 15 bins of equal mass",
                List.of(
                        "strategy",
                        "loss",
                        "NLL [nats]",
                        "scaled",
                        "Brier score",
                        "scaled",
                        "calibration error",
                        "scaled"));
        for (StudyRow row : findings.rows()) {
            Trust before = row.before();
            Trust after = row.after();
            table.row(List.of(
                    Table.name(row.strategy()),
                    Table.cell(row.loss()),
                    Table.number(before.negativeLogLikelihood()),
                    after == null ? Table.none() : Table.number(after.negativeLogLikelihood()),
                    Table.number(before.brier()),
                    after == null ? Table.none() : Table.number(after.brier()),
                    Table.number(before.expectedCalibrationError()),
                    after == null ? Table.none() : Table.number(after.expectedCalibrationError())));
        }
        return carrying(table).html();
    }

    private static Html.Element orNone(@Nullable Double value) {
        return value == null ? Table.none() : Table.number(value);
    }

    private static Html.Element difference(Comparison comparison) {
        return Table.number(comparison.difference(), signed(comparison.difference()));
    }

    private static Html.Element least(Comparison comparison) {
        return Table.number(comparison.smallestP(), String.format(Locale.ROOT, "%.4f", comparison.smallestP()));
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

    private static String spread(double mean, double deviation) {
        return String.format(Locale.ROOT, "%.3f ± %.3f", mean, deviation);
    }

    static String signed(double value) {
        return String.format(Locale.ROOT, "%+.3f", value);
    }
}
