package dev.parallax.audio;

/// The values of a band-limited signal between its samples, where nothing lies above half of its Nyquist
/// frequency: y(t) = Σ_n g\[n\] s(t - n), s a windowed sinc of 20 taps.
///
/// ```
/// With nothing above 0.25 of the sample rate, the images begin at 0.75: a transition of Δ = 0.5. Kaiser's
/// formula (see KaiserSinc) then gives -151 dB for 20 taps, the rounding error of 24 bits. Times that are
/// multiples of 1 / phases have rows of their own. More than 1024 phases are interpolated linearly between 1024
/// rows: the error of that is (pi / 2 / 1024)^2 / 8 of full scale, -131 dB. Each row is scaled to sum to 1, so a
/// constant stays one.
/// ```
final class SincInterpolator {

    /// Samples on each side that a value depends on.
    static final int REACH = 10;

    private static final int MAX_ROWS = 1024;
    private static final KaiserSinc KERNEL = new KaiserSinc(1, REACH, KaiserSinc.betaOf(151));

    private final double[][] rows;
    private final double rowsPerPhase;

    /// @param phases times between two samples are multiples of 1 / phases
    SincInterpolator(long phases) {
        int between = (int) Math.min(phases, MAX_ROWS);
        this.rows = new double[between + 1][];
        this.rowsPerPhase = (double) between / phases; // 1, or too many phases for a row each
        for (int row = 0; row < rows.length; row++) {
            rows[row] = row((double) row / (rows.length - 1));
        }
    }

    /// The value at `index + phase / phases`.
    ///
    /// @param x     the signal; REACH samples on each side of the index are there
    /// @param index of the sample before
    /// @param phase 0 to phases - 1
    double at(float[] x, int index, long phase) {
        if (phase == 0) {
            return x[index];
        }
        double place = phase * rowsPerPhase;
        int row = (int) place;
        double fraction = place - row;
        double y = dot(x, index, rows[row]);
        return fraction == 0 ? y : y + fraction * (dot(x, index, rows[row + 1]) - y);
    }

    private static double dot(float[] x, int index, double[] row) {
        double even = 0;
        double odd = 0;
        int i = index - (REACH - 1);
        for (int k = 0; k < 2 * REACH; k += 2) {
            even += x[i + k] * row[k];
            odd += x[i + k + 1] * row[k + 1];
        }
        return even + odd;
    }

    /// The taps for a time that lies 0 to 1 samples after the sample `REACH - 1`.
    private static double[] row(double time) {
        double[] row = new double[2 * REACH];
        double sum = 0;
        for (int k = 0; k < row.length; k++) {
            row[k] = KERNEL.at(time - (k - (REACH - 1)));
            sum += row[k];
        }
        for (int k = 0; k < row.length; k++) {
            row[k] /= sum;
        }
        return row;
    }
}
