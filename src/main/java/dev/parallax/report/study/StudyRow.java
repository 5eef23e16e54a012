package dev.parallax.report.study;

import dev.parallax.eval.Agreement;
import dev.parallax.eval.Comparison;
import dev.parallax.eval.Interval;
import dev.parallax.eval.Power;
import dev.parallax.eval.Spread;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One way to decide, scored on the test parts of all folds together.
///
/// @param strategy   its name
/// @param loss       that it was trained with
/// @param parameters of one model, or of all that take part
/// @param excess     by which share of its size a model is larger than the reference, word vectors aside, below 0 where
///                   it is smaller; null where nothing is fused by a network
/// @param utterances that were scored
/// @param ua         unweighted accuracy of one model, over the seeds
/// @param wa         weighted accuracy (plain accuracy) of one model, over the seeds
/// @param interval   of the mean of `ua`: over the choice of speakers or dialogues, and of seeds
/// @param averaged   unweighted accuracy of all seeds' models together, by the mean of their probabilities,
///                   with its interval; null for a single seed
/// @param folds      unweighted accuracy fold by fold, over the classes that occur in each; mean over folds and
///                   seeds
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
        @Nullable Double excess,
        int utterances,
        Spread ua,
        Spread wa,
        Interval interval,
        @Nullable Interval averaged,
        double folds,
        CalibrationSummary before,
        @Nullable CalibrationSummary after,
        @Nullable Double audio,
        @Nullable Double text,
        @Nullable Agreement agreement,
        @Nullable Versus versus) {

    /// A comparison of two ways to decide within a family of several.
    ///
    /// @param with       what it is compared with
    /// @param comparison the scores of one model of each, their difference and p
    /// @param adjusted   p, corrected by Holm's method for the family
    /// @param interval   of the difference, over the choice of speakers or dialogues, and of seeds
    /// @param power      what difference could have been shown, at the strictest level of the correction; null
    ///                   for a single speaker or dialogue, and where no standard error can be estimated: both are
    ///                   right on the same utterances, or single speakers hold whole classes
    /// @param sameRightAnswers whether both are right on the same utterances
    public record Versus(
            String with,
            Comparison comparison,
            double adjusted,
            Interval interval,
            @Nullable Power power,
            boolean sameRightAnswers) {

        private static final double LEAST_SHOWN = 0.0005;

        /// Whether a difference is shown at the level 0.05: other speakers would hardly give one as large by
        /// chance, and other seeds would hardly turn it round.
        public boolean shown() {
            return adjusted < 0.05 && (interval.low() > 0 || interval.high() < 0);
        }

        /// The corrected p as people read it: three decimals, `<0.001` where these would be a zero.
        public String adjustedShown() {
            return adjusted < LEAST_SHOWN ? "<0.001" : String.format(Locale.ROOT, "%.3f", adjusted);
        }
    }

    /// Whether it is a model without a network.
    public boolean isBaseline() {
        return after == null;
    }

    /// Whether it is a linear model: the most frequent class has no trained numbers.
    public boolean isLinear() {
        return isBaseline() && parameters > 0;
    }

    /// This with a comparison.
    public StudyRow with(@Nullable Versus changed) {
        return new StudyRow(
                strategy,
                loss,
                parameters,
                excess,
                utterances,
                ua,
                wa,
                interval,
                averaged,
                folds,
                before,
                after,
                audio,
                text,
                agreement,
                changed);
    }

    /// Its excess in percent, such as `+6.2 %`; null where it has none.
    public @Nullable String excessShown() {
        return excess == null ? null : String.format(Locale.ROOT, "%+.1f %%", 100 * excess);
    }

    /// Its name with its loss, where it has one.
    public String title() {
        return loss.title(strategy);
    }
}
