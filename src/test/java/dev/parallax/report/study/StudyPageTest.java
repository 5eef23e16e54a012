package dev.parallax.report.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.eval.Calibration;
import dev.parallax.eval.Comparison;
import dev.parallax.eval.Interval;
import dev.parallax.eval.Spread;
import dev.parallax.eval.TextOverlap;
import dev.parallax.fusion.Loss;
import dev.parallax.io.Csv;
import dev.parallax.report.RunReport;
import dev.parallax.report.Samples;
import dev.parallax.report.study.StudyFindings.Curve;
import dev.parallax.report.study.StudyFindings.Reliability;
import dev.parallax.report.study.StudyFindings.SpeakerScore;
import dev.parallax.report.study.StudyRow.Versus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The page of a study whose findings are made up: audio alone, two speakers.
class StudyPageTest {

    private static final CalibrationSummary TRUST = new CalibrationSummary(0.5, 0.2, 0.1);

    @TempDir
    Path folder;

    private static StudyReport report(int utterances) {
        return report(utterances, List.of(), List.of(), null);
    }

    private static StudyReport report(
            int utterances, List<Curve> curves, List<StudyCell> cells, @Nullable Versus versus) {
        RunReport run = Samples.run(false, true, "");
        Calibration calibration = run.test().getFirst().calibration();
        Spread spread = Spread.of(0.6);
        Interval interval = new Interval(0.6, 0.5, 0.7, 0.95, 2, false);
        StudyRow row = new StudyRow(
                "audio",
                LossChoice.NONE,
                1,
                null,
                utterances,
                spread,
                spread,
                interval,
                null,
                0.6,
                TRUST,
                TRUST,
                null,
                null,
                null,
                versus);
        StudyFindings findings = new StudyFindings(
                List.of(row),
                List.of(),
                null,
                new TextOverlap(0, 0),
                null,
                List.of(),
                List.of(
                        new SpeakerScore("audio", LossChoice.NONE, "bert", 30, 2, 0.65, 0.7),
                        new SpeakerScore("audio", LossChoice.NONE, "anna", 20, 2, 0.55, 0.5)),
                List.of(),
                curves,
                List.of(new Reliability("audio", LossChoice.NONE, calibration, calibration)),
                List.of(),
                List.of());
        return new StudyReport(
                run.run(),
                false,
                run.labels(),
                findings,
                "late-add",
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                1,
                "",
                List.of(),
                List.of(),
                List.of(),
                cells);
    }

    private static StudyCell cell(@Nullable Integer bestEpoch, double validation) {
        return new StudyCell("audio.0", "audio", Loss.FUSED, 1, 1, "", 1, 2, bestEpoch, 0.6, validation, "", "");
    }

    /// What is said of epochs, temperatures and loudness is that of the part that was scored.
    @Test
    void write_partThatChose_isNamedOrNone() throws IOException {
        Curve measured = new Curve("late-add", LossChoice.PERSPECTIVE, List.of(new Curve.Epoch(1, 1, 2, 3, 4)));
        Curve gradients = new Curve(
                "late-add", LossChoice.PERSPECTIVE, List.of(new Curve.Epoch(1, 1, 2, Double.NaN, Double.NaN)));
        String usual = page(List.of(measured), cell(2, 0.7));
        assertTrue(usual.contains("The epoch was chosen on the validation part."), usual);
        assertTrue(usual.contains("How loudly each perspective speaks on the validation part."), usual);
        assertTrue(usual.contains("then after temperature scaling on the validation part"), usual);
        assertTrue(usual.contains("logistic regression on their validation logits"), usual);
        assertTrue(usual.contains("loudness, first"), usual);
        String nothing = page(List.of(gradients), cell(null, Double.NaN));
        assertTrue(
                nothing.contains("Nothing chose an epoch: the last is kept, and the validation part is trained on."));
        assertTrue(nothing.contains("How loudly a perspective speaks is not measured either"), nothing);
        assertTrue(nothing.contains("without a validation part no temperature is fitted"), nothing);
        for (String untrue :
                List.of("temperature scaling", "logistic regression", "loudness, ", ">scaled<", ",after,")) {
            assertFalse(nothing.contains(untrue), untrue);
        }
        String test = page(List.of(measured), cell(2, Double.NaN));
        assertTrue(test.contains("chosen on the test part, so the scores are too good"), test);
        assertTrue(test.contains("How loudly each perspective speaks on the test part."), test);
        assertTrue(test.contains("without a validation part no temperature is fitted"), test);
    }

    private String page(List<Curve> curves, StudyCell cell) throws IOException {
        return Files.readString(report(50, curves, List.of(cell), null).write(folder));
    }

    /// Equal only where the answers are: a standard error of 0 alone says that it cannot be estimated.
    @ParameterizedTest
    @CsvSource({"true, same right answers", "false, not estimable"})
    void write_comparisonWithoutPower_saysWhy(boolean same, String cell) throws IOException {
        double difference = same ? 0 : -0.1;
        Versus versus = new Versus(
                "late-add",
                new Comparison(0.6 + difference, 0.6, difference, 1, 0.5, 2, 2, 4, true),
                1,
                new Interval(difference, difference, difference, 0.95, 2, true),
                null,
                same);
        String page = Files.readString(report(50, List.of(), List.of(), versus).write(folder));
        for (String word : List.of("same right answers", "not estimable")) {
            assertEquals(word.equals(cell), page.contains(">" + word + "<"), word);
        }
    }

    /// Of so few answers a diagram shows chance; its numbers stay.
    @ParameterizedTest
    @CsvSource({"49, false", "50, true"})
    void write_fewAnswers_haveNoReliabilityDiagram(int utterances, boolean drawn) throws IOException {
        String page = Files.readString(report(utterances).write(folder));
        assertEquals(!drawn, page.contains("No reliability diagram: 49 answers are too few, it takes 50."));
        assertEquals(drawn, Files.exists(folder.resolve("figures/reliability-audio.png")));
        assertTrue(Csv.read(folder.resolve("figures/reliability.csv")).rows().size() > 1);
    }

    /// One seed has no deviation, and no text speaks of columns that are not there.
    @Test
    void write_oneSeed_saysNothingOfDeviationsOrSeedsAveraged() throws IOException {
        String page = Files.readString(report(50).write(folder));
        assertTrue(page.contains(">0.600<") && !page.contains("0.600 ±"), "a score without a deviation");
        assertFalse(page.toLowerCase(Locale.ROOT).contains("seeds averaged"));
        assertTrue(page.contains("One model: of a single seed, so that it has no deviation."));
        assertTrue(page.contains("with 95 % intervals over speakers or dialogues; dashed"));
    }

    @Test
    void write_speakers_haveAPlot() {
        report(50).write(folder);
        List<Csv.Row> rows =
                Csv.read(folder.resolve("figures/speakers-audio.csv")).rows();
        assertEquals(
                List.of("anna 20 0.5", "bert 30 0.7"),
                rows.stream()
                        .map(row -> row.get("speaker") + " " + row.get("utterances") + " " + row.get("accuracy"))
                        .toList());
        assertTrue(Files.exists(folder.resolve("figures/speakers-audio.png")));
    }
}
