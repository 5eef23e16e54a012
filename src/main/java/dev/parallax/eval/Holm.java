package dev.parallax.eval;

import dev.parallax.BadInputException;
import java.util.Comparator;
import java.util.stream.IntStream;

/// Several comparisons at once: the more are made, the likelier one of them looks significant by chance. With the m
/// p-values of the family in rising order,
///
///     adjusted p_(i) = max over j <= i of min(1, (m - j + 1) p_(j))     j = 1..m
///
/// Calling a difference shown where its adjusted p is at most 0.05 keeps the chance of even one
/// false call at 5 %.
///
/// Source: Holm, "A Simple Sequentially Rejective Multiple Test Procedure", Scandinavian Journal of
/// Statistics 6, 1979.
public final class Holm {

    private Holm() {}

    /// The adjusted p-values.
    ///
    /// @param p the p-values of the family, each in `[0, 1]`, in any order, not modified
    /// @return in the same order, each at least as large as before
    public static double[] adjust(double... p) {
        for (int i = 0; i < p.length; i++) {
            if (!(p[i] >= 0 && p[i] <= 1)) {
                throw new BadInputException("holm: p-value " + i + " is " + p[i] + ", expected 0 to 1");
            }
        }
        int[] rising = IntStream.range(0, p.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> p[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] adjusted = new double[p.length];
        double largest = 0;
        for (int j = 0; j < rising.length; j++) {
            largest = Math.max(largest, Math.min(1, (p.length - j) * p[rising[j]]));
            adjusted[rising[j]] = largest;
        }
        return adjusted;
    }
}
