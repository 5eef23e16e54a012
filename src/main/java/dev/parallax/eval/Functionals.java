package dev.parallax.eval;

import dev.parallax.BadInputException;
import dev.parallax.ShapeException;
import java.util.Arrays;
import java.util.List;

/// Frames of any number become one vector: what a linear model can use of audio. For each column
/// x_0 .. x_(T-1): mean; standard deviation (by T); minimum; maximum; slope of the least-squares
/// line, per frame; and the three quartiles, interpolated at rank (T - 1) q counted from 0, as
/// NumPy does. The slope of a single frame is 0.
///
/// Source: the functionals of openSMILE's emotion sets (Schuller, Steidl, Batliner, "The
/// INTERSPEECH 2009 Emotion Challenge"), of which these are a few.
public final class Functionals {

    /// What becomes of each column, in this order.
    public static final List<String> NAMES =
            List.of("mean", "deviation", "minimum", "maximum", "slope", "quartile1", "median", "quartile3");

    private Functionals() {}

    /// The functionals of one utterance.
    ///
    /// @param frames  [T · columns], row-major, finite, T at least 1, not modified
    /// @param columns features a frame
    /// @return eight numbers a column: all of column 0, then all of column 1, ...
    public static double[] of(float[] frames, int columns) {
        if (columns < 1 || frames.length % columns != 0) {
            throw new ShapeException("functionals: " + frames.length + " values are no frames of " + columns);
        }
        if (frames.length == 0) {
            throw new BadInputException("functionals: the utterance has no frames; leave it out, or give it audio");
        }
        double[] out = new double[columns * NAMES.size()];
        for (int c = 0; c < columns; c++) {
            double[] x = new double[frames.length / columns];
            for (int t = 0; t < x.length; t++) {
                x[t] = frames[t * columns + c];
                if (!Double.isFinite(x[t])) {
                    throw new BadInputException(
                            "functionals: frame " + t + ", column " + c + " is " + x[t] + ", expected finite numbers");
                }
            }
            System.arraycopy(of(x), 0, out, c * NAMES.size(), NAMES.size());
        }
        return out;
    }

    private static double[] of(double[] x) {
        int n = x.length;
        double mean = Arrays.stream(x).sum() / n;
        double middle = (n - 1) / 2.0;
        double squares = 0;
        double rise = 0;
        double run = 0;
        for (int t = 0; t < n; t++) {
            squares += (x[t] - mean) * (x[t] - mean);
            rise += (t - middle) * (x[t] - mean);
            run += (t - middle) * (t - middle);
        }
        double[] sorted = x.clone();
        Arrays.sort(sorted);
        return new double[] {
            mean,
            Math.sqrt(squares / n),
            sorted[0],
            sorted[n - 1],
            n == 1 ? 0 : rise / run,
            quantile(sorted, 0.25),
            quantile(sorted, 0.5),
            quantile(sorted, 0.75)
        };
    }

    private static double quantile(double[] sorted, double q) {
        double rank = (sorted.length - 1) * q;
        int below = (int) rank;
        double above = sorted[Math.min(below + 1, sorted.length - 1)];
        return sorted[below] + (rank - below) * (above - sorted[below]);
    }
}
