package dev.parallax.report.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.eval.Comparison;
import dev.parallax.eval.Interval;
import dev.parallax.eval.Power;
import dev.parallax.eval.Spread;
import dev.parallax.eval.TextOverlap;
import dev.parallax.eval.ValidationGap;
import dev.parallax.report.study.StudyFindings.LinearLead;
import dev.parallax.report.study.StudyFindings.LossEffect;
import dev.parallax.report.study.StudyRow.Versus;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What a study concludes, from findings that are made up.
class StudyVerdictTest {

    private static final CalibrationSummary TRUST = new CalibrationSummary(0.5, 0.2, 0.1);
    private static final ValidationGap NO_GAP = new ValidationGap(0.8, 0.78, Double.NaN, 0.0001);

    /// @param p corrected
    private static Versus versus(double first, double second, double p) {
        double difference = first - second;
        Interval interval = new Interval(difference, difference - 0.01, difference + 0.01, 0.95, 24, false);
        return new Versus(
                "late-add",
                new Comparison(first, second, difference, p, 0.0001, 24, 20, 10_000, false),
                p,
                interval,
                new Power(0.02, 24, 0.01),
                false);
    }

    private static StudyRow row(String strategy, double accuracy, double p) {
        Spread spread = Spread.of(accuracy);
        Interval interval = new Interval(accuracy, accuracy, accuracy, 0.95, 24, false);
        return new StudyRow(
                strategy,
                LossChoice.FUSED,
                1,
                null,
                400,
                spread,
                spread,
                interval,
                null,
                accuracy,
                TRUST,
                TRUST,
                null,
                null,
                null,
                versus(accuracy, 0.6, p));
    }

    private static StudyFindings findings(
            @Nullable LinearLead lead, TextOverlap overlap, ValidationGap gap, LossEffect... effects) {
        return new StudyFindings(
                List.of(row("text", 0.55, 0.6), row("late-gated", 0.5, 0.01)),
                List.of(effects),
                lead,
                overlap,
                gap,
                List.of(),
                List.of(),
                List.of(),
                List.of(new StudyFindings.Curve("late-add", LossChoice.FUSED, List.of())),
                List.of(),
                List.of(),
                List.of());
    }

    private static StudyVerdict verdict(StudyFindings findings) {
        return new StudyVerdict(findings, "late-add", true);
    }

    /// Five speakers show nothing; more of those that were trained on would show nothing about others.
    @Test
    void sentences_speakersTrainedOn_doNotAskForMoreOfThem() {
        Interval interval = new Interval(-0.1, -0.2, 0.1, 0.95, 5, true);
        Versus few = new Versus(
                "late-add", new Comparison(0.5, 0.6, -0.1, 0.5, 0.0625, 5, 5, 32, true), 1, interval, null, false);
        StudyFindings findings = findings(null, new TextOverlap(0, 0), NO_GAP);
        StudyFindings small = new StudyFindings(
                findings.rows().stream().map(row -> row.with(few)).toList(),
                List.of(),
                null,
                findings.overlap(),
                null,
                List.of(),
                List.of(),
                List.of(),
                findings.curves(),
                List.of(),
                List.of(),
                List.of());
        String none =
                "No difference between late-add and any other way to decide is shown, and none could be: 5 speakers"
                        + " or dialogues allow no p below 0.0625, which counts 2 times for as many comparisons.";
        assertEquals(
                List.of(none + " Test more speakers (‹folds›)."),
                new StudyVerdict(small, "late-add", true).sentences());
        assertEquals(List.of(none), new StudyVerdict(small, "late-add", false).sentences());
    }

    @Test
    void headlines_linearModelAboveEveryNetwork_isTheFirst() {
        LinearLead lead = new LinearLead("linear, text", "late-add, single loss", versus(0.757, 0.604, 0.001));
        List<String> lines =
                verdict(findings(lead, new TextOverlap(100, 5), NO_GAP)).headlines();
        assertEquals(1, lines.size(), lines.toString());
        assertTrue(
                lines.getFirst()
                        .startsWith(
                                "NO NETWORK BEATS A LINEAR MODEL: linear, text has an unweighted accuracy of 0.757, the"
                                        + " best network (late-add, single loss) of 0.604; the difference of +0.153 is shown"),
                lines.getFirst());
    }

    @Test
    void headlines_sentencesTrainedOnAndPartsThatPart_areBoth() {
        LinearLead lead = new LinearLead("linear, text", "late-add, single loss", versus(0.5, 0.604, 0.2));
        List<String> lines = verdict(
                        findings(lead, new TextOverlap(100, 100), new ValidationGap(0.98, 0.77, 0.0001, 0.0001)))
                .headlines();
        assertEquals(2, lines.size(), lines.toString());
        assertTrue(lines.get(0).startsWith("THE TEST SENTENCES WERE TRAINED ON: 100 of 100"), lines.get(0));
        assertTrue(lines.get(1).contains("0.980 on the validation part"), lines.get(1));
    }

    /// Also a negative one.
    @Test
    void sentences_differenceOfALoss_isNamed() {
        LinearLead lead = new LinearLead("linear, text", "late-add, single loss", versus(0.59, 0.604, 0.2));
        StudyVerdict verdict = verdict(findings(
                lead,
                new TextOverlap(0, 0),
                NO_GAP,
                new LossEffect("late-add", LossChoice.PERSPECTIVE, versus(0.56, 0.6, 0.01)),
                new LossEffect("late-gated", LossChoice.MODULATED, versus(0.61, 0.6, 0.5))));
        assertEquals(List.of(), verdict.headlines());
        assertEquals(
                List.of(
                        "A difference from late-add is shown for: late-gated, single loss (-0.100). For all others no"
                                + " difference is shown.",
                        "Against the single loss, a difference is shown for: late-add, perspective loss (-0.040). For all"
                                + " others none is shown.",
                        "No network is shown to be better than linear, text (0.590 against 0.604 of late-add, single"
                                + " loss)."),
                verdict.sentences().subList(0, 3));
        assertTrue(
                verdict.sentences().getLast().startsWith("What could have been shown: with a power of 80 %, 24"),
                verdict.sentences().getLast());
    }

    /// Small enough for chance over speakers, but other seeds would turn it round.
    @Test
    void shown_intervalWithZero_isNot() {
        Versus versus = versus(0.605, 0.6, 0.001);
        assertTrue(!versus.shown() && versus(0.62, 0.6, 0.001).shown());
    }

    @Test
    void adjustedShown_pThatThreeDecimalsWouldMakeZero_isABound() {
        assertEquals("<0.001", versus(0.7, 0.6, 0.0004).adjustedShown());
        assertEquals("0.001", versus(0.7, 0.6, 0.0005).adjustedShown());
        assertEquals("0.049", versus(0.7, 0.6, 0.049).adjustedShown());
    }
}
