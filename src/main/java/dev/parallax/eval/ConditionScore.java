package dev.parallax.eval;

import java.util.List;

/// How well utterances are recognised when they are recorded, or written down, in another way.
///
/// @param unweightedAccuracy with its interval
/// @param weightedAccuracy   with its interval
/// @param difference         UA less that of the same utterances as they are, with its interval
/// @param selective          how many answers are sure, and how many of these are right
public record ConditionScore(
        Interval unweightedAccuracy, Interval weightedAccuracy, Interval difference, SelectiveScores selective) {

    /// Scores the answers under a condition.
    ///
    /// @param truth      the true class of each utterance, in 0..classes-1, not modified, as are all of these
    /// @param predicted  its predicted class under the condition
    /// @param clean      its predicted class as it is
    /// @param selective  of the answers under the condition
    /// @param clusters   the speakers of the utterances
    /// @param seed       of the intervals
    public static ConditionScore of(
            int[] truth,
            int[] predicted,
            int[] clean,
            SelectiveScores selective,
            int classes,
            Clusters clusters,
            long seed) {
        Bootstrap bootstrap = Bootstrap.standard(seed);
        PairedDifference difference = PairedDifference.of(
                RepeatedPredictions.of(truth, List.of(predicted), classes),
                RepeatedPredictions.of(truth, List.of(clean), classes),
                clusters);
        return new ConditionScore(
                bootstrap.of(Statistic.unweightedAccuracy(truth, predicted, classes), clusters),
                bootstrap.of(Statistic.weightedAccuracy(truth, predicted), clusters),
                bootstrap.of(difference),
                selective);
    }

    /// How many utterances were scored.
    public int utterances() {
        return selective.answers();
    }
}
