package dev.parallax.audio.features;

import dev.parallax.BadInputException;
import java.util.Arrays;

/// How features change over time: slopes of the line (or curvatures of the parabola) that fits `width` frames best.
///
/// @param order  0 none, 1 slopes, 2 slopes and second derivatives
/// @param width  frames per fit, odd, at least 3
/// @param method how second derivatives and the ends are done
public record Deltas(int order, int width, Method method) {

    /// How second derivatives and the ends are computed. With K = (width - 1) / 2 and k = -K..K:
    /// slope\[t\] = Σ_k k x\[t+k\] / Σ_k k².
    public enum Method {
        /// Second derivative = slope of the slopes; beyond the ends the first and last frame are repeated (HTK,
        /// python_speech_features).
        REGRESSION,
        /// Second derivative = that of a parabola; near the ends the outermost whole fit is used
        /// (Savitzky-Golay, librosa's mode "interp"). With fewer frames than `width`, one fit over the largest
        /// odd number of them.
        SAVITZKY_GOLAY
    }

    /// No deltas.
    public static final Deltas NONE = new Deltas(0, 9, Method.SAVITZKY_GOLAY);

    private static final int WIDEST = 999; // rows

    public Deltas {
        if (order < 0 || order > 2 || width < 3 || width > WIDEST || width % 2 == 0) {
            throw new BadInputException("deltas: order " + order + " must be 0, 1 or 2 and width " + width
                    + " odd and in [3, " + WIDEST + "]");
        }
    }

    /// Puts the derivatives beside the features.
    ///
    /// @param x [frames, size], not modified
    /// @return [frames, size · (1 + order)]: x, then slopes, then second derivatives; x itself where order is 0
    public float[] append(float[] x, int frames, int size) {
        if (order == 0) {
            return x;
        }
        float[] slopes = derivative(x, frames, size, 1);
        float[][] parts = {x, slopes, {}};
        if (order == 2) {
            parts[2] =
                    method == Method.REGRESSION ? derivative(slopes, frames, size, 1) : derivative(x, frames, size, 2);
        }
        int wide = size * (1 + order);
        float[] out = new float[Math.multiplyExact(frames, wide)];
        for (int t = 0; t < frames; t++) {
            for (int part = 0; part <= order; part++) {
                System.arraycopy(parts[part], t * size, out, t * wide + part * size, size);
            }
        }
        return out;
    }

    private float[] derivative(float[] x, int frames, int size, int degree) {
        boolean regression = method == Method.REGRESSION;
        int half = regression ? width / 2 : Math.min(width / 2, (frames - 1) / 2);
        double[] weights = degree == 1 ? slopeWeights(half) : curvatureWeights(half);
        float[] out = new float[x.length];
        double[] sums = new double[size];
        for (int t = 0; t < frames; t++) {
            int centre = regression ? t : Math.clamp(t, half, frames - 1 - half);
            Arrays.fill(sums, 0);
            for (int k = -half; k <= half; k++) { // outside, so that the loop over a row becomes vectors
                int row = Math.clamp(centre + k, 0, frames - 1) * size;
                double weight = weights[k + half];
                for (int i = 0; i < size; i++) {
                    sums[i] += weight * x[row + i];
                }
            }
            for (int i = 0; i < size; i++) {
                out[t * size + i] = (float) sums[i];
            }
        }
        return out;
    }

    /// k / Σ k² for k = -half..half; zero for a single frame.
    private static double[] slopeWeights(int half) {
        double[] weights = new double[2 * half + 1];
        double squares = 0;
        for (int k = 1; k <= half; k++) {
            squares += 2.0 * k * k;
        }
        for (int k = -half; half > 0 && k <= half; k++) {
            weights[k + half] = k / squares;
        }
        return weights;
    }

    /// Twice the leading coefficient of the best parabola: 2 (k² - m) / Σ (k² - m)², m the mean of k².
    private static double[] curvatureWeights(int half) {
        double[] weights = new double[2 * half + 1];
        double mean = half * (half + 1.0) / 3;
        double sum = 0;
        for (int k = -half; k <= half; k++) {
            sum += (k * k - mean) * (k * k - mean);
        }
        for (int k = -half; half > 0 && k <= half; k++) {
            weights[k + half] = 2 * (k * k - mean) / sum;
        }
        return weights;
    }
}
