package dev.parallax.train;

import dev.parallax.io.Choice;

/// Which of two epochs is the better one. The second number of each only breaks ties: the loss has no upper
/// bound of use, so in a weighted sum it would outvote the accuracy.
public enum EpochCriterion implements Choice {
    /// That of the higher unweighted accuracy; of exactly equal ones, that of the lower loss.
    ACCURACY,
    /// That of the lower loss; of exactly equal ones, that of the higher unweighted accuracy.
    LOSS;

    /// Accuracies that differ by no more are equal. A mean of recalls is rounded in the order of its sum: 31 of 60
    /// right are .5166666666666667 or .5166666666666666, by the classes that they are of.
    private static final double ROUNDING = 1e-12;

    /// Whether one score is better than another. NaN is neither higher nor lower nor equal, so nothing is better
    /// than what was not measured, nor is that better than anything.
    boolean isBetter(EpochScore score, EpochScore than) {
        double more = score.accuracy() - than.accuracy();
        boolean higher = more > ROUNDING;
        boolean lower = score.loss() < than.loss();
        return switch (this) {
            case ACCURACY -> higher || (Math.abs(more) <= ROUNDING && lower);
            case LOSS -> lower || (score.loss() == than.loss() && higher);
        };
    }
}
