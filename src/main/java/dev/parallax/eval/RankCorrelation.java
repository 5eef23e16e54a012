package dev.parallax.eval;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// Spearman's rank correlation: the correlation of the ranks of two lists of numbers,
///
///     rho = Σ (r_i - m) (s_i - m) / √(Σ (r_i - m)² Σ (s_i - m)²),   m = (n + 1) / 2
///
/// It is 1 where both have the same order, -1 where one has the order of the other reversed. Equal
/// numbers share the mean of their ranks. Source: Spearman, "The Proof and Measurement of Association
/// between Two Things", 1904.
public final class RankCorrelation {

    private RankCorrelation() {}

    /// The correlation of numbers that stand in the same places.
    ///
    /// @return in [-1, 1]; NaN for fewer than two numbers, and where all numbers of a list are equal or
    ///         one is NaN
    public static double of(double[] a, double[] b) {
        if (a.length != b.length) {
            throw new IllegalArgumentException("rank correlation: " + a.length + " and " + b.length + " numbers");
        }
        if (Arrays.stream(a).anyMatch(Double::isNaN) || Arrays.stream(b).anyMatch(Double::isNaN)) {
            return Double.NaN;
        }
        double[] r = ranks(a);
        double[] s = ranks(b);
        double mean = (a.length + 1) / 2.0;
        double both = 0;
        double ofA = 0;
        double ofB = 0;
        for (int i = 0; i < a.length; i++) {
            both += (r[i] - mean) * (s[i] - mean);
            ofA += (r[i] - mean) * (r[i] - mean);
            ofB += (s[i] - mean) * (s[i] - mean);
        }
        return ofA == 0 || ofB == 0 ? Double.NaN : both / Math.sqrt(ofA * ofB);
    }

    /// The rank of each number, from 1.
    private static double[] ranks(double[] x) {
        int[] order = IntStream.range(0, x.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> x[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] ranks = new double[x.length];
        for (int from = 0, to; from < order.length; from = to) {
            to = from + 1;
            while (to < order.length && x[order[to]] == x[order[from]]) {
                to++;
            }
            for (int i = from; i < to; i++) {
                ranks[order[i]] = (from + 1 + to) / 2.0;
            }
        }
        return ranks;
    }
}
