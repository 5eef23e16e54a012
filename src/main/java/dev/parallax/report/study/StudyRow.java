package dev.parallax.report.study;

import dev.parallax.eval.Agreement;
import dev.parallax.eval.Comparison;
import dev.parallax.eval.Interval;
import dev.parallax.eval.Spread;
import org.jspecify.annotations.Nullable;

/// One way to decide, scored on the test parts of all folds together.
///
/// @param strategy   its name
/// @param loss       that it was trained with
/// @param parameters of one model, or of all that take part
/// @param utterances that were scored
/// @param ua         unweighted accuracy over the seeds
/// @param wa         weighted accuracy (plain accuracy) over the seeds
/// @param interval   of the unweighted accuracy, of probabilities averaged over the seeds
/// @param before     calibration of the model's probabilities
/// @param after      the same after temperature scaling; null where nothing was scaled
/// @param audio      unweighted accuracy of audio alone, or null where it had no loss term
/// @param text       that of text
/// @param agreement  which perspective decides, or null where the perspectives had no loss terms
/// @param versus     against the reference, or null
public record StudyRow(
        String strategy,
        LossChoice loss,
        int parameters,
        int utterances,
        Spread ua,
        Spread wa,
        Interval interval,
        CalibrationSummary before,
        @Nullable CalibrationSummary after,
        @Nullable Double audio,
        @Nullable Double text,
        @Nullable Agreement agreement,
        @Nullable Versus versus) {

    /// A comparison within a family of several.
    ///
    /// @param with       what it is compared with
    /// @param comparison the scores, their difference and p
    /// @param adjusted   p, corrected by Holm's method for the family
    public record Versus(String with, Comparison comparison, double adjusted) {

        /// Whether a difference is shown at the level 0.05.
        public boolean shown() {
            return adjusted < 0.05;
        }
    }

    /// This with a comparison.
    public StudyRow with(@Nullable Versus changed) {
        return new StudyRow(
                strategy,
                loss,
                parameters,
                utterances,
                ua,
                wa,
                interval,
                before,
                after,
                audio,
                text,
                agreement,
                changed);
    }

    /// Its name with its loss, where it has one.
    public String title() {
        return loss.title(strategy);
    }
}
