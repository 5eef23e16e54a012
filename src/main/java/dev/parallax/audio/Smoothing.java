package dev.parallax.audio;

import dev.parallax.BadInputException;

/// A moving average over time, column by column: y\[t\] = (1/w) Σ_k x\[t + k\], k = -(w-1)/2..(w-1)/2. Beyond the ends
/// the first and last frame are repeated.
///
/// @param width w, frames per average, odd; 1 for none
public record Smoothing(int width) {

    /// No smoothing.
    public static final Smoothing NONE = new Smoothing(1);

    private static final int WIDEST = 99_999; // rows

    public Smoothing {
        if (width < 1 || width > WIDEST || width % 2 == 0) {
            throw new BadInputException("smoothing: width " + width + " must be odd and in [1, " + WIDEST + "]");
        }
    }

    /// Smooths.
    ///
    /// @param x [frames, size], not modified
    /// @return [frames, size]; x itself where the width is 1
    public float[] apply(float[] x, int frames, int size) {
        if (width == 1) {
            return x;
        }
        int half = width / 2;
        float[] out = new float[x.length];
        for (int t = 0; t < frames; t++) {
            for (int i = 0; i < size; i++) {
                double sum = 0;
                for (int k = -half; k <= half; k++) {
                    sum += x[Math.clamp(t + k, 0, frames - 1) * size + i];
                }
                out[t * size + i] = (float) (sum / width);
            }
        }
        return out;
    }
}
