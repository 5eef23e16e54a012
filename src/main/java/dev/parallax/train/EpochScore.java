package dev.parallax.train;

/// What an epoch is chosen by: how well one view of the model did on the part that chooses.
///
/// @param accuracy unweighted accuracy, in [0, 1]; NaN where that part has no labelled utterance of the view
/// @param loss     negative log-likelihood [nats], at least 0; NaN where `accuracy` is
public record EpochScore(double accuracy, double loss) {

    /// Whether there was anything to measure.
    boolean isMeasured() {
        return !Double.isNaN(accuracy);
    }

    /// Whether the accuracy is higher, or exactly equal and the loss lower. The loss only breaks ties, which are
    /// frequent on small parts: it has no upper bound of use, so in a weighted sum it would outvote the accuracy.
    /// NaN is neither higher nor lower nor equal, so nothing is better than what was not measured, nor is that
    /// better than anything.
    public boolean isBetterThan(EpochScore other) {
        return accuracy > other.accuracy || (accuracy == other.accuracy && loss < other.loss);
    }
}
