package dev.parallax.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.fusion.View;
import org.junit.jupiter.api.Test;

/// Which of two epochs is better.
class EpochScoreTest {

    private static final double NONE = Double.NaN;

    private static boolean better(double accuracy, double loss, double otherAccuracy, double otherLoss) {
        return new EpochScore(accuracy, loss).isBetterThan(new EpochScore(otherAccuracy, otherLoss));
    }

    @Test
    void isBetterThan_accuracyHigher_noLossOutvotesIt() {
        assertTrue(better(0.501, 27.6, 0.5, 0.01));
        assertFalse(better(0.5, 0.01, 0.501, 27.6));
    }

    @Test
    void isBetterThan_accuracyExactlyEqual_lowerLossDecides() {
        assertTrue(better(0.5, 0.69, 0.5, 0.7));
        assertFalse(better(0.5, 0.7, 0.5, 0.69));
        assertFalse(better(0.5, 0.7, 0.5, 0.7), "of fully equal epochs none is better, so the earlier one stays");
        assertFalse(better(0.5, 0.01, 0.5 + 1e-9, 0.7), "nearly equal is not equal");
    }

    /// 31 of 60 right, in four classes of 15 (one has none): the sum of the recalls is rounded in the order of the
    /// classes.
    @Test
    void isBetterThan_equalButForTheRoundingOfASum_isEqual() {
        double one = (1 / 15.0 + 15 / 15.0 + 15 / 15.0) / 4;
        double other = (15 / 15.0 + 15 / 15.0 + 1 / 15.0) / 4;
        assertTrue(one != other);
        assertTrue(better(one, 0.69, other, 0.7) && better(other, 0.69, one, 0.7));
        assertFalse(better(one, 0.7, other, 0.69) || better(other, 0.7, one, 0.69));
    }

    @Test
    void isBetterThan_nothingMeasured_isNeverBetterNorWorse() {
        assertFalse(better(NONE, NONE, 0.5, 0.7));
        assertFalse(better(0.5, 0.7, NONE, NONE));
        assertFalse(better(NONE, NONE, NONE, NONE));
        assertFalse(better(0.5, NONE, 0.5, 0.7), "a loss that is no number breaks no tie");
        assertTrue(better(0.6, NONE, 0.5, 0.7));
    }

    @Test
    void isBetter_byLoss_accuracyOnlyBreaksTies() {
        EpochCriterion loss = EpochCriterion.LOSS;
        assertTrue(loss.isBetter(new EpochScore(0.2, 0.69), new EpochScore(0.9, 0.7)));
        assertTrue(loss.isBetter(new EpochScore(0.9, 0.7), new EpochScore(0.2, 0.7)));
        assertFalse(loss.isBetter(new EpochScore(0.9, 0.7), new EpochScore(0.9, 0.7)));
        assertFalse(loss.isBetter(new EpochScore(NONE, NONE), new EpochScore(0.9, 0.7)));
    }

    @Test
    void score_eachView_isOfItsOwnColumns() {
        EpochResult epoch = new EpochResult(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, "");
        assertEquals(new EpochScore(9, 8), epoch.score(View.DECISION));
        assertEquals(new EpochScore(11, 13), epoch.score(View.AUDIO));
        assertEquals(new EpochScore(12, 14), epoch.score(View.TEXT));
        assertThrows(IllegalArgumentException.class, () -> epoch.score(View.FUSED));
    }
}
