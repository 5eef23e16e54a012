package dev.parallax.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SelectiveScoresTest {

    private static final int[] TOLD = {0, 1, 1, 0};
    private static final int[] TRUTH = {0, 1, 0, 1};
    private static final double[] PROBABILITIES = {0.6, 0.7, 0.8, 0.99};

    @Test
    void of_doubtfulAnswer_comesLastHoweverProbable() {
        SelectiveScores scores = SelectiveScores.of(
                TOLD,
                PROBABILITIES,
                new boolean[] {false, true, true, false},
                new boolean[] {false, false, false, true},
                TRUTH);
        assertEquals(new RiskCoverage.Point(0.5, 0.5), scores.operatingPoint());
        assertEquals(0.25, scores.sureAndWrongShare());
        assertEquals(0.5, scores.accuracyOfSure());
        assertEquals(0.25, scores.doubtfulShare());
        assertEquals(1 / 3.0, scores.curve().risk(0.75), 1e-12);
        assertEquals(scores.operatingPoint(), scores.curve().point(2), "one threshold: on the curve");
    }

    @Test
    void of_noneSure_hasNoAccuracy() {
        SelectiveScores scores = SelectiveScores.of(TOLD, PROBABILITIES, new boolean[4], new boolean[4], TRUTH);
        assertEquals(0, scores.operatingPoint().coverage());
        assertTrue(Double.isNaN(scores.accuracyOfSure()));
        assertEquals(0, scores.sureAndWrongShare());
    }

    @Test
    void plain_probabilities_areSureOfAll() {
        SelectiveScores scores =
                SelectiveScores.plain(new double[][] {{0.6, 0.4}, {0.3, 0.7}, {0.1, 0.9}}, new int[] {0, 0, 1});
        assertEquals(new RiskCoverage.Point(1, 1 / 3.0), scores.operatingPoint());
        assertEquals(0, scores.curve().risk(0.3));
    }
}
