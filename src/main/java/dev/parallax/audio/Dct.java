package dev.parallax.audio;

import dev.parallax.BadInputException;

/// The orthonormal discrete cosine transform (type II) with a lifter:
/// y\[n\] = lifter\[n\] s_n Σ_b x\[b\] cos(π n (b + 1/2) / B), s_0 = √(1/B), s_n = √(2/B). Immutable.
public final class Dct {

    private final int bands;
    private final int count;
    private final double[] matrix;

    /// @param cepstra the settings
    /// @param bands   B, number of values that go in, at least `cepstra.first() + cepstra.count()`
    public Dct(Cepstra cepstra, int bands) {
        if (cepstra.count() > bands - cepstra.first()) {
            throw new BadInputException("cepstra: " + (cepstra.first() + (long) cepstra.count())
                    + " coefficients cannot come from " + bands
                    + " mel bands; take as many bands at least");
        }
        this.bands = bands;
        this.count = cepstra.count();
        this.matrix = new double[count * bands];
        for (int row = 0; row < count; row++) {
            int n = cepstra.first() + row;
            double scale = Math.sqrt((n == 0 ? 1.0 : 2.0) / bands) * cepstra.lifterWeight(n);
            for (int b = 0; b < bands; b++) {
                matrix[row * bands + b] = scale * Math.cos(Math.PI * n * (b + 0.5) / bands);
            }
        }
    }

    /// Transforms every row.
    ///
    /// @param x      [frames, bands], not modified
    /// @param frames number of rows
    /// @return [frames, count]
    public float[] apply(float[] x, int frames) {
        float[] out = new float[frames * count];
        for (int t = 0; t < frames; t++) {
            for (int n = 0; n < count; n++) {
                double sum = 0;
                for (int b = 0; b < bands; b++) {
                    sum += matrix[n * bands + b] * x[t * bands + b];
                }
                out[t * count + n] = (float) sum;
            }
        }
        return out;
    }
}
