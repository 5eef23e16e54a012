package dev.parallax.eval;

import java.util.Arrays;

/// The mean norm of a perspective's logits: the mean over utterances of |z - mean(z)|, the Euclidean norm of the
/// logits less their mean. A constant in all logits changes no probability, so it does not count; 0 where no class
/// is preferred.
public final class LogitNorm {

    private LogitNorm() {}

    /// The mean norm.
    ///
    /// @param logits `[utterances][classes]`, not modified
    /// @return at least 0; NaN where there are no utterances
    public static double of(double[][] logits) {
        return Arrays.stream(logits).mapToDouble(LogitNorm::ofRow).average().orElse(Double.NaN);
    }

    private static double ofRow(double[] z) {
        double mean = Arrays.stream(z).average().orElse(0);
        return Math.sqrt(Arrays.stream(z).map(x -> (x - mean) * (x - mean)).sum());
    }
}
