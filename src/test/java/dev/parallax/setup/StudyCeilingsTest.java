package dev.parallax.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.corpus.synthetic.SyntheticCeilings;
import dev.parallax.corpus.synthetic.SyntheticSettings;
import dev.parallax.eval.Interval;
import dev.parallax.eval.Spread;
import dev.parallax.report.study.CalibrationSummary;
import dev.parallax.report.study.CeilingCheck;
import dev.parallax.report.study.LossChoice;
import dev.parallax.report.study.StudyRow;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Strategies against what can be reached, on 400 utterances of a corpus half of which is synergy.
class StudyCeilingsTest {

    private static final SyntheticCeilings HALF =
            SyntheticCeilings.of(SyntheticSettings.defaults(7).withSynergy(0.5));
    private static final CalibrationSummary TRUST = new CalibrationSummary(0.5, 0.2, 0.1);

    private static StudyRow row(String strategy, double accuracy) {
        Spread spread = Spread.of(accuracy);
        Interval interval = new Interval(accuracy, accuracy, accuracy, 0.95, 5, true);
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
                null);
    }

    @Test
    void lines_someWhichPassAdding_namesThem() {
        StudyCeilings ceilings = StudyCeilings.of(
                HALF, List.of(row("late-add", 0.84), row("middle-product", 0.93), row("late-gated", 0.86)));
        List<String> lines = ceilings.lines();
        assertEquals(2, lines.size(), lines.toString());
        assertTrue(lines.get(0).endsWith("all 3"), lines.get(0));
        assertTrue(lines.get(0).startsWith("Above 0.518 (2.33 standard errors"), lines.get(0));
        assertTrue(lines.get(1).startsWith("Above 0.892 "), lines.get(1));
        assertTrue(
                lines.get(1)
                        .endsWith(
                                "of those that only add none of 1; of the others 1 of 2 (middle-product, single loss)"),
                lines.get(1));
    }

    /// 3 standard errors are 0.054 here: a strategy that only adds cannot reach 0.91, one that uses both together
    /// can.
    @Test
    void leaks_aStrategyThatOnlyAdds_isHeldAgainstItsOwnCeiling() {
        List<CeilingCheck> checks = StudyCeilings.of(HALF, List.of(row("late-add", 0.91), row("late-product", 0.91)))
                .checks();
        assertTrue(checks.get(0).leaks());
        assertFalse(checks.get(1).leaks());
    }

    @Test
    void checks_noSynergy_haveNoCeilingOfAdding() {
        SyntheticCeilings none = SyntheticCeilings.of(SyntheticSettings.defaults(7));
        StudyCeilings ceilings = StudyCeilings.of(none, List.of(row("late-add", 0.94)));
        assertNull(ceilings.checks().getFirst().additive());
        assertEquals(1, ceilings.lines().size(), ceilings.lines().toString());
    }
}
