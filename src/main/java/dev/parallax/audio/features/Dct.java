package dev.parallax.audio.features;

import dev.parallax.BadInputException;
import dev.parallax.audio.ParallelLoop;

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
    /// @param x       [frames, bands], not modified
    /// @param frames  number of rows
    /// @param threads how many share the work; the result does not depend on it
    /// @return [frames, count]
    float[] apply(float[] x, int frames, int threads) {
        float[] out = new float[frames * count];
        ParallelLoop.run(frames, ParallelLoop.FRAMES_AT_A_TIME, threads, () -> (from, to) -> rows(x, from, to, out));
        return out;
    }

    private void rows(float[] x, int from, int to, float[] out) {
        for (int t = from; t < to; t++) {
            int n = 0;
            for (; n + 3 < count; n += 4) {
                fourOf(x, t * bands, n, out, t * count + n);
            }
            for (; n < count; n++) {
                double sum = 0;
                for (int b = 0; b < bands; b++) {
                    sum += matrix[n * bands + b] * x[t * bands + b];
                }
                out[t * count + n] = (float) sum;
            }
        }
    }

    /// Coefficients n to n + 3 of a row: four independent sums, each in the order of the bands.
    private void fourOf(float[] x, int row, int n, float[] out, int to) {
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        int weights = n * bands;
        for (int b = 0; b < bands; b++) {
            double value = x[row + b];
            sum0 += matrix[weights + b] * value;
            sum1 += matrix[weights + bands + b] * value;
            sum2 += matrix[weights + 2 * bands + b] * value;
            sum3 += matrix[weights + 3 * bands + b] * value;
        }
        out[to] = (float) sum0;
        out[to + 1] = (float) sum1;
        out[to + 2] = (float) sum2;
        out[to + 3] = (float) sum3;
    }
}
