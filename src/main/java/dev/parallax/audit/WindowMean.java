package dev.parallax.audit;

import dev.parallax.trace.Source;
import dev.parallax.trace.Trace;
import java.util.List;

/// The mean over the windows of a recording, number by number.
final class WindowMean {

    private WindowMean() {}

    /// In the order in which the program takes it, so to the same bits.
    ///
    /// @param windows at least one, each of as many numbers
    static double[] of(Trace trace, List<Source> windows) {
        double[] mean = new double[windows.getFirst().count()];
        for (int i = 0; i < windows.size(); i++) {
            double[] window = trace.values(windows.get(i));
            for (int c = 0; c < mean.length; c++) {
                mean[c] += (window[c] - mean[c]) / (i + 1);
            }
        }
        return mean;
    }

    /// By its formula.
    static double[] byFormula(double[]... windows) {
        double[] mean = new double[windows[0].length];
        for (double[] window : windows) {
            for (int c = 0; c < mean.length; c++) {
                mean[c] += window[c] / windows.length;
            }
        }
        return mean;
    }
}
