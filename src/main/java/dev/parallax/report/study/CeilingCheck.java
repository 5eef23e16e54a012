package dev.parallax.report.study;

import org.jspecify.annotations.Nullable;

/// A strategy against the known ceilings of a synthetic corpus. Each bound lies some standard errors of one run
/// above its ceiling, so that chance alone hardly passes it.
///
/// @param strategy its name
/// @param loss     its loss
/// @param accuracy weighted accuracy, mean over the seeds
/// @param adds     whether it can only add the scores of the two perspectives
/// @param alone    2.33 standard errors above what one perspective can reach
/// @param additive as far above what adding can reach; null where adding can reach what anything can
/// @param own      3 standard errors above what this strategy can reach; a higher accuracy means a leak of test data
public record CeilingCheck(
        String strategy,
        LossChoice loss,
        double accuracy,
        boolean adds,
        double alone,
        @Nullable Double additive,
        double own) {

    /// Whether it is better than one perspective can be.
    public boolean passesAlone() {
        return accuracy > alone;
    }

    /// Whether it is better than adding can be.
    public boolean passesAdditive() {
        return additive != null && accuracy > additive;
    }

    /// Whether it is better than it can be.
    public boolean leaks() {
        return accuracy > own;
    }

    /// Its name with its loss, where it has one.
    public String title() {
        return loss.title(strategy);
    }
}
