package dev.parallax.eval;

import dev.parallax.BadInputException;

/// What difference a comparison over G clusters could have shown. The smallest difference that a two-sided test
/// at the level a shows with power 1 - b, and the number of clusters that a difference d needs for it:
///
///     detectable(G) = (z(1 - a/2) + z(1 - b)) s / sqrt(G - z(1 - a/2)² / 2)
///     needed(d)     = ((z(1 - a/2) + z(1 - b)) s / d)² + z(1 - a/2)² / 2
///
/// where s = SE sqrt(G) is the spread of the paired differences of single clusters ([PairedDifference]) and z the
/// quantile of the normal distribution. The last terms make up for s being estimated, as in a t test. Other
/// clusters are supposed to be as large and to differ as much as these, with as many seeds. The test swaps whole
/// clusters ([ApproximateRandomization]), so it has no p below 2^(1-G): it takes so many clusters that this is
/// below a, and fewer show nothing.
///
/// It plans the next study. It says nothing about this one that p and interval do not say: a power computed for
/// the difference that was observed is p in other words.
///
/// Sources: Guenther, "Sample Size Formulas for Normal Theory T Tests", The American Statistician 35 (1981);
/// Hoenig, Heisey, "The Abuse of Power", The American Statistician 55 (2001), against the power of observed
/// differences.
///
/// @param standardError SE of the difference, at least 0
/// @param clusters      G, at least 2
/// @param level         a, in (0, 1)
public record Power(double standardError, int clusters, double level) {

    /// The power 1 - b that differences and numbers of clusters are given for.
    public static final double POWER = 0.8;

    private static final double ROUNDING = 1e-9; // between two equal accuracies, averaged in another order

    // of the rational functions of z: numerators and denominators, lowest power first
    private static final double[] CENTRE = {3.3871327179, 50.434271938, 159.29113202, 59.109374720};
    private static final double[] CENTRE_BELOW = {1, 17.895169469, 78.757757664, 67.187563600};
    private static final double[] TAIL = {1.4234372777, 2.7568153900, 1.3067284816, 0.17023821103};
    private static final double[] TAIL_BELOW = {1, 0.73700164250, 0.12021132975};
    private static final double[] FAR = {6.6579051150, 3.0812263860, 0.42868294337, 0.017337203997};
    private static final double[] FAR_BELOW = {1, 0.24197894225, 0.012258202635};

    /// Checks the ranges.
    public Power {
        if (!(standardError >= 0) || clusters < 2 || !(level > 0 && level < 1)) {
            throw new BadInputException("power: standard error " + standardError + ", " + clusters + " clusters, level "
                    + level + "; expected at least 0, at least 2, and between 0 and 1");
        }
    }

    /// The smallest difference of accuracies that would be shown with power [#POWER]; infinite where so few
    /// clusters show none, not even one of 1.
    public double detectable() {
        double free = clusters - lost();
        if (clusters < leastClusters() || free <= 0) {
            return Double.POSITIVE_INFINITY;
        }
        double least = quantiles() * standardError * Math.sqrt(clusters / free);
        return least <= 1 ? least : Double.POSITIVE_INFINITY;
    }

    /// How many clusters show a difference with power [#POWER], a whole number; infinite for no difference.
    public double needed(double difference) {
        if (Math.abs(difference) < ROUNDING) {
            return Double.POSITIVE_INFINITY;
        }
        double ratio = quantiles() * standardError * Math.sqrt(clusters) / difference;
        return Math.max(leastClusters(), Math.ceil(ratio * ratio + lost()));
    }

    /// The smallest G for which 2^(1-G) is below the level.
    private double leastClusters() {
        return Math.floor(1 - Math.log(level) / Math.log(2)) + 1;
    }

    private double quantiles() {
        return normalQuantile(1 - level / 2) + normalQuantile(POWER);
    }

    /// The clusters that estimating s costs.
    private double lost() {
        double z = normalQuantile(1 - level / 2);
        return z * z / 2;
    }

    /// z(p), with a relative error below 1e-6.
    ///
    /// Source: Wichura, "Algorithm AS 241: The Percentage Points of the Normal Distribution", Applied
    /// Statistics 37 (1988), the version of seven digits.
    static double normalQuantile(double p) {
        double q = p - 0.5;
        if (Math.abs(q) <= 0.425) {
            double r = 0.180625 - q * q;
            return q * polynomial(CENTRE, r) / polynomial(CENTRE_BELOW, r);
        }
        double r = Math.sqrt(-Math.log(Math.min(p, 1 - p)));
        double size = r <= 5
                ? polynomial(TAIL, r - 1.6) / polynomial(TAIL_BELOW, r - 1.6)
                : polynomial(FAR, r - 5) / polynomial(FAR_BELOW, r - 5);
        return Math.copySign(size, q);
    }

    private static double polynomial(double[] coefficients, double x) {
        double sum = 0;
        for (int i = coefficients.length - 1; i >= 0; i--) {
            sum = sum * x + coefficients[i];
        }
        return sum;
    }
}
