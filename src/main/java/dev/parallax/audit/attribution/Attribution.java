package dev.parallax.audit.attribution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What each number of some rows is worth, see [IntegratedGradients].
///
/// A row is a frame of a window, or a token of a text.
public final class Attribution {

    private final int rows;
    private final double[] gradient;
    private final double[] worth;

    private Attribution(int rows, double[] gradient, double[] worth) {
        this.rows = rows;
        this.gradient = gradient;
        this.worth = worth;
    }

    int rows() {
        return rows;
    }

    int columns() {
        return worth.length / rows;
    }

    /// The gradient of the logit, the mean along the line [rows, columns]; not a copy.
    double[] gradient() {
        return gradient;
    }

    /// a: x - b times that [rows, columns]; not a copy.
    double[] worth() {
        return worth;
    }

    static Attribution of(int rows, float[] x, float[] b, double[] gradient) {
        double[] worth = new double[x.length];
        for (int i = 0; i < worth.length; i++) {
            worth[i] = ((double) x[i] - b[i]) * gradient[i];
        }
        return new Attribution(rows, gradient, worth);
    }

    /// Parts of these rows, one after the other.
    ///
    /// @param counts rows of each part; their sum is that of all
    List<Attribution> split(int... counts) {
        List<Attribution> parts = new ArrayList<>();
        int at = 0;
        for (int count : counts) {
            int to = at + count * columns();
            parts.add(new Attribution(count, Arrays.copyOfRange(gradient, at, to), Arrays.copyOfRange(worth, at, to)));
            at = to;
        }
        return parts;
    }

    /// All numbers together.
    double sum() {
        double sum = 0;
        for (double value : worth) {
            sum += value;
        }
        return sum;
    }

    /// All numbers together, without their signs.
    double size() {
        double sum = 0;
        for (double value : worth) {
            sum += Math.abs(value);
        }
        return sum;
    }

    /// What each row is worth: the sum over its columns.
    double[] ofRows() {
        double[] sums = new double[rows];
        for (int i = 0; i < worth.length; i++) {
            sums[i / columns()] += worth[i];
        }
        return sums;
    }

    Attribution times(double factor) {
        return new Attribution(rows, scaled(gradient, factor), scaled(worth, factor));
    }

    private static double[] scaled(double[] values, double factor) {
        double[] out = new double[values.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = factor * values[i];
        }
        return out;
    }

    /// The sum with that of the same rows.
    Attribution plus(Attribution other) {
        double[] gradients = gradient.clone();
        double[] worths = worth.clone();
        for (int i = 0; i < worths.length; i++) {
            gradients[i] += other.gradient[i];
            worths[i] += other.worth[i];
        }
        return new Attribution(rows, gradients, worths);
    }
}
