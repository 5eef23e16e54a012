package dev.parallax.report.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How often values fall into bins of equal width that begin at zero. The few largest may lie beyond the last bin:
/// one recording of five minutes would press all others into the first.
///
/// @param width  of a bin, 1, 2 or 5 times a power of ten
/// @param counts of each bin
/// @param beyond how many values are larger than the last bin's
public record Histogram(double width, List<Integer> counts, int beyond) {

    private static final int MOST_BINS = 40;

    /// The least share of the values inside the bins.
    private static final double WITHIN = 0.995;

    /// Counts values.
    ///
    /// @param sorted rising, at least one, none below 0
    /// @param least  width of a bin
    public static Histogram of(List<Double> sorted, double least) {
        int n = sorted.size();
        double last = sorted.get(Math.min(n - 1, (int) Math.ceil(WITHIN * n)));
        double width = width(last, least);
        int bins = (int) Math.floor(last / width) + 1;
        int[] counts = new int[bins];
        int beyond = 0;
        for (double value : sorted) {
            int bin = (int) Math.floor(value / width);
            if (bin < bins) {
                counts[bin]++;
            } else {
                beyond++;
            }
        }
        List<Integer> boxed = new ArrayList<>();
        for (int count : counts) {
            boxed.add(count);
        }
        return new Histogram(width, boxed, beyond);
    }

    /// The least of 1, 2, 5, 10, ... times `least` that makes no more than [#MOST_BINS] bins.
    private static double width(double last, double least) {
        int[] steps = {1, 2, 5};
        for (double power = least; ; power *= 10) {
            for (int step : steps) {
                if (last / (step * power) < MOST_BINS) {
                    return step * power;
                }
            }
        }
    }

    /// Where a bin begins.
    double from(int bin) {
        return bin * width;
    }

    /// A line for each bin: from, to, count.
    public List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        for (int bin = 0; bin < counts.size(); bin++) {
            rows.add(List.of(number(from(bin)), number(from(bin + 1)), Integer.toString(counts.get(bin))));
        }
        return rows;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value).replaceFirst("\\.?0+$", "");
    }
}
