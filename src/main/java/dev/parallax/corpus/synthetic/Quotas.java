package dev.parallax.corpus.synthetic;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// Whole numbers near given amounts.
public final class Quotas {

    private static final double ROUNDING = 1e-9; // of an amount that is whole but for rounding

    private Quotas() {}

    /// By the method of largest remainders: each amount is rounded down, and what is left over goes to the largest
    /// remainders, of equal ones to the first. The numbers add up to the sum of the amounts.
    ///
    /// @param amounts not negative; they add up to a whole number
    public static int[] rounded(double[] amounts) {
        int[] quotas = new int[amounts.length];
        double[] remainders = new double[amounts.length];
        for (int i = 0; i < amounts.length; i++) {
            quotas[i] = (int) Math.floor(amounts[i] + ROUNDING);
            remainders[i] = amounts[i] - quotas[i];
        }
        long left =
                Math.round(Arrays.stream(amounts).sum()) - Arrays.stream(quotas).sum();
        IntStream.range(0, amounts.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> remainders[i]).reversed())
                .limit(left)
                .forEach(i -> quotas[i]++);
        return quotas;
    }
}
