package dev.parallax.audio.features;

import java.util.Arrays;

/// What the functionals of one column have in common, computed once: moments about the mean, extremes, line, order.
final class ColumnSummary {

    /// A deviation of less than this share of the largest value is rounding.
    private static final double ROUNDING = 1e-7;

    private final double[] x;
    private final double rowSeconds;
    private final double mean;
    private final double variance;
    private final double third;
    private final double fourth;
    private final double slopePerRow;
    private int least;
    private int most;
    private float[] sorted = {};

    /// @param x at least one value, not modified while this is in use
    ColumnSummary(double[] x, double rowSeconds) {
        this.x = x;
        this.rowSeconds = rowSeconds;
        int count = x.length;
        double sum = 0;
        for (int t = 0; t < count; t++) {
            sum += x[t];
            least = x[t] < x[least] ? t : least;
            most = x[t] > x[most] ? t : most;
        }
        this.mean = sum / count;
        double squares = 0;
        double cubes = 0;
        double fourths = 0;
        double product = 0;
        double times = 0;
        for (int t = 0; t < count; t++) {
            double difference = x[t] - mean;
            double time = t - (count - 1) / 2.0;
            squares += difference * difference;
            cubes += difference * difference * difference;
            fourths += difference * difference * difference * difference;
            product += time * difference;
            times += time * time;
        }
        boolean moves = Math.sqrt(squares / count) > ROUNDING * Math.max(Math.abs(x[least]), Math.abs(x[most]));
        this.variance = squares / count;
        this.third = moves ? cubes / count / Math.pow(variance, 1.5) : 0;
        this.fourth = moves ? fourths / count / (variance * variance) : 0;
        this.slopePerRow = count == 1 ? 0 : product / times;
    }

    double of(Functional functional) {
        return switch (functional) {
            case MEAN -> mean;
            case DEVIATION -> Math.sqrt(variance);
            case SKEWNESS -> third;
            case KURTOSIS -> fourth;
            case MIN -> x[least];
            case MAX -> x[most];
            case RANGE -> x[most] - x[least];
            case MIN_POSITION -> position(least);
            case MAX_POSITION -> position(most);
            case OFFSET -> line(0);
            case SLOPE -> slopePerRow / rowSeconds;
            case LINE_ERROR -> lineError();
            case QUARTILE_1 -> quantile(0.25);
            case MEDIAN -> quantile(0.5);
            case QUARTILE_3 -> quantile(0.75);
        };
    }

    private double position(int row) {
        return x.length == 1 ? 0 : (double) row / (x.length - 1);
    }

    private double line(int t) {
        return mean + slopePerRow * (t - (x.length - 1) / 2.0);
    }

    private double lineError() {
        double sum = 0;
        for (int t = 0; t < x.length; t++) {
            double error = x[t] - line(t);
            sum += error * error;
        }
        return sum / x.length;
    }

    private double quantile(double part) {
        if (sorted.length == 0) {
            sorted = new float[x.length];
            for (int t = 0; t < sorted.length; t++) {
                sorted[t] = (float) x[t];
            }
            Arrays.sort(sorted);
        }
        double place = part * (x.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, x.length - 1);
        return sorted[below] + (place - below) * ((double) sorted[above] - sorted[below]);
    }
}
