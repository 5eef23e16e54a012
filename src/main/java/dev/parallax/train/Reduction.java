package dev.parallax.train;

import dev.parallax.io.Choice;

/// How the losses of a batch's labelled utterances become one number.
public enum Reduction implements Choice {
    /// Their mean.
    MEAN,
    /// Their sum.
    SUM;

    /// What each utterance's loss is multiplied by before the losses of a batch are added up.
    ///
    /// @param labelled utterances of the batch that have a class
    float scale(int labelled) {
        return switch (this) {
            case MEAN -> 1f / labelled;
            case SUM -> 1;
        };
    }

    /// What the reduced loss of a batch is multiplied by to be the sum over its utterances.
    ///
    /// @param labelled utterances of the batch that have a class
    double terms(int labelled) {
        return switch (this) {
            case MEAN -> labelled;
            case SUM -> 1;
        };
    }
}
