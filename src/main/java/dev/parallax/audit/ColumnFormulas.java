package dev.parallax.audit;

import dev.parallax.audio.features.Functional;
import java.util.Arrays;

/// The functionals of a column x[0..T-1], as [Functional] defines them, each computed by itself.
final class ColumnFormulas {

    private static final double ROUNDING = 1e-7; // of the largest value

    private final double[] x;
    private final double rowSeconds;

    /// @param rowSeconds from one row to the next
    ColumnFormulas(double[] x, double rowSeconds) {
        this.x = x.clone();
        this.rowSeconds = rowSeconds;
    }

    double of(Functional functional) {
        return switch (functional) {
            case MEAN -> mean();
            case DEVIATION -> Math.sqrt(moment(2));
            case SKEWNESS -> moves() ? moment(3) / Math.pow(moment(2), 1.5) : 0;
            case KURTOSIS -> moves() ? moment(4) / Math.pow(moment(2), 2) : 0;
            case MIN -> Arrays.stream(x).min().orElse(0);
            case MAX -> Arrays.stream(x).max().orElse(0);
            case RANGE -> of(Functional.MAX) - of(Functional.MIN);
            case MIN_POSITION -> position(of(Functional.MIN));
            case MAX_POSITION -> position(of(Functional.MAX));
            case SLOPE -> slope();
            case OFFSET -> mean() - slope() * (x.length - 1) / 2 * rowSeconds;
            case LINE_ERROR -> lineError();
            case QUARTILE_1 -> quantile(0.25);
            case MEDIAN -> quantile(0.5);
            case QUARTILE_3 -> quantile(0.75);
        };
    }

    private double mean() {
        return Arrays.stream(x).sum() / x.length;
    }

    private double moment(int power) {
        double mean = mean();
        return Arrays.stream(x).map(value -> Math.pow(value - mean, power)).sum() / x.length;
    }

    /// Whether it differs from a constant by more than rounding.
    private boolean moves() {
        double largest = Math.max(Math.abs(of(Functional.MIN)), Math.abs(of(Functional.MAX)));
        return Math.sqrt(moment(2)) > ROUNDING * largest;
    }

    private double position(double value) {
        int at = 0;
        while (x[at] != value) {
            at++;
        }
        return x.length == 1 ? 0 : (double) at / (x.length - 1);
    }

    /// Σ (t - t̄)(x - x̄) / Σ (t - t̄)².
    private double slope() {
        double centre = (x.length - 1) / 2.0;
        double mean = mean();
        double sum = 0;
        double squares = 0;
        for (int t = 0; t < x.length; t++) {
            sum += (t - centre) * (x[t] - mean);
            squares += (t - centre) * (t - centre);
        }
        return squares == 0 ? 0 : sum / squares / rowSeconds;
    }

    private double lineError() {
        double offset = of(Functional.OFFSET);
        double slope = slope();
        double sum = 0;
        for (int t = 0; t < x.length; t++) {
            sum += Math.pow(x[t] - offset - slope * t * rowSeconds, 2);
        }
        return sum / x.length;
    }

    private double quantile(double share) {
        double[] sorted = x.clone();
        Arrays.sort(sorted);
        double at = share * (x.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, x.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
