package dev.parallax.eval;

/// An estimate and the interval that [Bootstrap] found for it.
///
/// @param estimate            the statistic of the utterances as they are
/// @param low                 lower end
/// @param high                upper end
/// @param level               nominal coverage, in (0, 1)
/// @param clusters            how many speakers or dialogues there were
/// @param withinTheseSpeakers true if only utterances were resampled, since the clusters were too few: the
///     interval is then that of the estimate for these speakers, and not for others
public record Interval(
        double estimate, double low, double high, double level, int clusters, boolean withinTheseSpeakers) {

    private static final double Z = 1.959964; // of level 0.95

    /// The 95 % interval of a share of independent utterances, which stays within [0, 1] also for few of them.
    ///
    /// Source: Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", Journal of the
    /// American Statistical Association 22 (1927).
    ///
    /// @param right how many of them, 0 to n; a mean over models need not be whole   @param n at least 1
    public static Interval ofShare(double right, int n) {
        double share = right / n;
        double scale = 1 + Z * Z / n;
        double centre = (share + Z * Z / (2 * n)) / scale;
        double half = Z / scale * Math.sqrt(share * (1 - share) / n + Z * Z / (4.0 * n * n));
        return new Interval(
                share, Math.clamp(centre - half, 0.0, 1.0), Math.clamp(centre + half, 0.0, 1.0), 0.95, n, true);
    }
}
