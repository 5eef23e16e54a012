package dev.parallax.train;

/// What an epoch is chosen by: how well one view of the model did on the part that chooses.
///
/// @param accuracy unweighted accuracy, in [0, 1]; NaN where that part has no labelled utterance of the view
/// @param loss     negative log-likelihood `[nats]`, at least 0; NaN where `accuracy` is
public record EpochScore(double accuracy, double loss) {

    /// Whether there was anything to measure.
    boolean isMeasured() {
        return !Double.isNaN(accuracy);
    }

    /// Whether it is better by [EpochCriterion#ACCURACY].
    public boolean isBetterThan(EpochScore other) {
        return EpochCriterion.ACCURACY.isBetter(this, other);
    }
}
