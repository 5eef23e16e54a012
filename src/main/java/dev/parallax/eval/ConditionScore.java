package dev.parallax.eval;

import dev.parallax.ShapeException;
import java.util.List;

/// How well utterances are recognised when they are recorded, or written down, in another way.
///
/// @param name              of the condition
/// @param what              what was done to the utterances
/// @param utterances        that the condition applies to, at least 1
/// @param unweightedAccuracy with its interval
/// @param weightedAccuracy  with its interval
/// @param difference        UA less that of the same utterances as they are, with its interval
/// @param sure              share of the answers that is called sure, 0 to 1
/// @param accuracyOfSure    share of right ones among these; NaN where none is sure
public record ConditionScore(
        String name,
        String what,
        int utterances,
        Interval unweightedAccuracy,
        Interval weightedAccuracy,
        Interval difference,
        double sure,
        double accuracyOfSure) {

    /// Scores the answers under a condition.
    ///
    /// @param truth     the true class of each utterance, in 0..classes-1, not modified, as are all of these
    /// @param predicted the predicted class of each utterance under the condition
    /// @param clean     the predicted class of each utterance as it is
    /// @param isSure    whether the answer under the condition is sure
    /// @param clusters  the speakers of the utterances
    /// @param seed      of the intervals
    public static ConditionScore of(
            String name,
            String what,
            int[] truth,
            int[] predicted,
            int[] clean,
            boolean[] isSure,
            int classes,
            Clusters clusters,
            long seed) {
        if (isSure.length != truth.length) {
            throw new ShapeException(
                    "condition " + name + ": " + truth.length + " true classes, " + isSure.length + " flags");
        }
        int sure = 0;
        int right = 0;
        for (int i = 0; i < truth.length; i++) {
            sure += isSure[i] ? 1 : 0;
            right += isSure[i] && truth[i] == predicted[i] ? 1 : 0;
        }
        Bootstrap bootstrap = Bootstrap.standard(seed);
        PairedDifference difference = PairedDifference.of(
                RepeatedPredictions.of(truth, List.of(predicted), classes),
                RepeatedPredictions.of(truth, List.of(clean), classes),
                clusters);
        return new ConditionScore(
                name,
                what,
                truth.length,
                bootstrap.of(Statistic.unweightedAccuracy(truth, predicted, classes), clusters),
                bootstrap.of(Statistic.weightedAccuracy(truth, predicted), clusters),
                bootstrap.of(difference),
                (double) sure / truth.length,
                sure == 0 ? Double.NaN : (double) right / sure);
    }
}
