package dev.parallax.train;

import dev.parallax.io.Choice;

/// Which of two epochs is the better one. The second number of each only breaks ties: the loss has no upper
/// bound of use, so in a weighted sum it would outvote the accuracy.
public enum EpochCriterion implements Choice {
    /// That of the higher unweighted accuracy; of exactly equal ones, that of the lower loss.
    ACCURACY,
    /// That of the lower loss; of exactly equal ones, that of the higher unweighted accuracy.
    LOSS;

    /// Whether one score is better than another. NaN is neither higher nor lower nor equal, so nothing is better
    /// than what was not measured, nor is that better than anything.
    boolean isBetter(EpochScore score, EpochScore than) {
        boolean higher = score.accuracy() > than.accuracy();
        boolean lower = score.loss() < than.loss();
        return switch (this) {
            case ACCURACY -> higher || (score.accuracy() == than.accuracy() && lower);
            case LOSS -> lower || (score.loss() == than.loss() && higher);
        };
    }
}
