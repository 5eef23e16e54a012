package dev.parallax.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/// How a time grows with a size.
///
/// @param sizes   rising
/// @param seconds of each
record Growth(int[] sizes, double[] seconds) {

    private static final int ROUNDS = 3;
    private static final double WARM_UP_SECONDS = 0.7;
    private static final double ROUND_SECONDS = 0.3;

    /// Times work of each size, in rounds over all sizes. The result per size is the least of the rounds' medians,
    /// which other processes disturb least.
    ///
    /// @param work makes the timed work of a size
    static Growth measure(String what, IntFunction<Runnable> work, int... sizes) {
        List<Runnable> all = new ArrayList<>();
        for (int size : sizes) {
            Runnable one = work.apply(size);
            times(one, WARM_UP_SECONDS);
            all.add(one);
        }
        double[] seconds = new double[sizes.length];
        Arrays.fill(seconds, Double.POSITIVE_INFINITY);
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < sizes.length; i++) {
                seconds[i] = Math.min(seconds[i], EpochTimes.median(times(all.get(i), ROUND_SECONDS)));
            }
        }
        Say.line(what + ": " + Arrays.toString(seconds) + " s");
        return new Growth(sizes, seconds);
    }

    private static List<Double> times(Runnable work, double least) {
        List<Double> times = new ArrayList<>();
        double sum = 0;
        while (sum < least) {
            long start = System.nanoTime();
            work.run();
            times.add((System.nanoTime() - start) * 1e-9);
            sum += times.getLast();
        }
        return times;
    }

    /// The p of seconds = c · size^p, by least squares of the logarithms over all sizes.
    double exponent() {
        double meanX = Arrays.stream(sizes).mapToDouble(Math::log).average().orElseThrow();
        double meanY = Arrays.stream(seconds).map(Math::log).average().orElseThrow();
        double xy = 0;
        double xx = 0;
        for (int i = 0; i < sizes.length; i++) {
            double x = Math.log(sizes[i]) - meanX;
            xy += x * (Math.log(seconds[i]) - meanY);
            xx += x * x;
        }
        return xy / xx;
    }

    /// The same between the last two sizes.
    double lastExponent() {
        int last = sizes.length - 1;
        return Math.log(seconds[last] / seconds[last - 1]) / Math.log((double) sizes[last] / sizes[last - 1]);
    }
}
