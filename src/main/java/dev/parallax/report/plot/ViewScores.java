package dev.parallax.report.plot;

import dev.parallax.eval.Calibration;
import dev.parallax.eval.Metrics;
import dev.parallax.eval.SelectiveScores;
import dev.parallax.fusion.View;

/// The scores of one answer of a model on one part of a corpus.
///
/// @param view        which answer
/// @param metrics     accuracies, F1, confusion
/// @param calibration of the probabilities
/// @param selective   how well the confidence separates right answers from wrong ones
/// @param taught      whether this answer had a loss term of its own; pages put the others in brackets, since under
///                    the single loss the split of the fused logits into parts is arbitrary
public record ViewScores(
        View view, Metrics metrics, Calibration calibration, SelectiveScores selective, boolean taught) {

    /// Share of utterances answered right, in [0, 1].
    public double accuracy() {
        return metrics.weightedAccuracy();
    }

    /// Standard error of [#accuracy]: sqrt(p (1 - p) / n), with p the accuracy and n the number of utterances.
    public double standardError() {
        double p = accuracy();
        return Math.sqrt(p * (1 - p) / metrics.confusion().total());
    }
}
