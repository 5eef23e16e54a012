package dev.parallax.audio.features;

import java.util.Arrays;

/// Sums a spectrum into mel bands: out\[b\] = Σ_k weight\[b, k\] spectrum\[k\]. Only the bins where a triangle is not
/// zero are kept and visited. Immutable.
public final class MelFilterbank {

    private final int bins;
    private final int[] first;
    private final double[][] weights;

    /// @param bands      the settings
    /// @param nFft       length of the transform that the spectrum comes from
    /// @param sampleRate of the signal [Hz]
    public MelFilterbank(MelBands bands, int nFft, int sampleRate) {
        this.bins = nFft / 2 + 1;
        this.first = new int[bands.count()];
        this.weights = new double[bands.count()][];
        double[] corners = bands.corners();
        for (int b = 0; b < bands.count(); b++) {
            double[] dense = new double[bins];
            double norm = bands.areaNorm() ? 2 / (corners[b + 2] - corners[b]) : 1;
            double left = position(bands, corners[b], nFft, sampleRate);
            double centre = position(bands, corners[b + 1], nFft, sampleRate);
            double right = position(bands, corners[b + 2], nFft, sampleRate);
            for (int k = 0; k < bins; k++) {
                double at = bands.shape() == MelBands.Shape.WHOLE_BINS
                        ? k
                        : position(bands, (double) k * sampleRate / nFft, nFft, sampleRate);
                dense[k] = norm * triangle(at, left, centre, right);
            }
            keepNonZero(b, dense);
        }
    }

    /// Where a frequency lies on the axis on which the triangles are straight.
    private static double position(MelBands bands, double hz, int nFft, int sampleRate) {
        return switch (bands.shape()) {
            case LINEAR_IN_HZ -> hz;
            case LINEAR_IN_MEL -> bands.scale().mel(hz);
            case WHOLE_BINS -> Math.floor((nFft + 1) * hz / sampleRate);
        };
    }

    private static double triangle(double at, double left, double centre, double right) {
        if (at < left || at >= right) {
            return 0;
        }
        return at < centre ? (at - left) / (centre - left) : (right - at) / (right - centre);
    }

    private void keepNonZero(int band, double[] dense) {
        int from = 0;
        while (from < dense.length && dense[from] == 0) {
            from++;
        }
        int to = dense.length;
        while (to > from && dense[to - 1] == 0) {
            to--;
        }
        first[band] = from;
        weights[band] = Arrays.copyOfRange(dense, from, to);
    }

    /// Number of bands.
    public int count() {
        return first.length;
    }

    /// Sums one spectrum into bands.
    ///
    /// @param spectrum [nFft / 2 + 1], not modified
    /// @param out      [count]
    public void apply(double[] spectrum, double[] out) {
        for (int b = 0; b < first.length; b++) {
            double[] row = weights[b];
            double sum = 0;
            for (int k = 0; k < row.length; k++) {
                sum += row[k] * spectrum[first[b] + k];
            }
            out[b] = sum;
        }
    }

    /// The whole matrix, for inspection: [count, nFft / 2 + 1], row-major.
    public float[] matrix() {
        float[] matrix = new float[first.length * bins];
        for (int b = 0; b < first.length; b++) {
            for (int k = 0; k < weights[b].length; k++) {
                matrix[b * bins + first[b] + k] = (float) weights[b][k];
            }
        }
        return matrix;
    }
}
