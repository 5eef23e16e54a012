package dev.parallax.eval;

import java.util.List;

/// A number computed from some of the utterances, for which an interval is estimated.
@FunctionalInterface
public interface Statistic {

    /// The statistic of these utterances.
    ///
    /// @param utterances their numbers, at least one; one that occurs twice counts twice; not to be modified
    /// @return a finite number
    double of(int[] utterances);

    /// Unweighted accuracy: the mean recall of the classes that occur among the utterances.
    ///
    /// @param truth     the true class of each utterance, in 0..classes-1
    /// @param predicted the predicted class of each utterance, in 0..classes-1
    static Statistic unweightedAccuracy(int[] truth, int[] predicted, int classes) {
        RepeatedPredictions once = RepeatedPredictions.of(truth, List.of(predicted), classes);
        return utterances -> once.unweightedAccuracy(new int[1], utterances);
    }

    /// Weighted accuracy: the share of utterances predicted right.
    ///
    /// @param truth     the true class of each utterance
    /// @param predicted the predicted class of each utterance
    static Statistic weightedAccuracy(int[] truth, int[] predicted) {
        return utterances -> {
            int right = 0;
            for (int i : utterances) {
                right += truth[i] == predicted[i] ? 1 : 0;
            }
            return right / (double) utterances.length;
        };
    }

    /// This statistic less the other: for an interval of the difference of two systems on the same
    /// utterances.
    default Statistic minus(Statistic other) {
        return utterances -> of(utterances) - other.of(utterances);
    }
}
