package dev.parallax.audio;

import dev.parallax.BadInputException;

/// Changes the sample rate by band-limited interpolation: y(m) = Σ_k x\[k\] h(m·from/to - k). h is a windowed sinc
/// whose table is made once. An instance is immutable and may be shared by threads.
///
/// - zero phase: sample 0 maps to sample 0; outside of the signal is zero; length is ceil(n · to / from)
/// - pass band 0 to 0.92 of the lower Nyquist frequency, ripple below 0.01 dB
/// - stop band from the lower Nyquist frequency on, at most -90 dB: that bounds aliases and images alike
///
/// ```
/// How the numbers come about. h(t) = c sinc(c t) w(t / W), times in samples of the lower rate, c = 0.96 in the
/// middle of the transition band [0.92, 1], w Kaiser's window. For an attenuation of A dB over a transition of
/// dw = 0.08 pi, Kaiser [1] gives beta = 0.1102 (A - 8.7) and a length of (A - 7.95) / (2.285 dw) taps. With
/// A = 97: beta = 9.73, 155 taps, W = 78. Pass and stop band ripple are equal for a window design, so the pass band
/// is far better than required. For from/to in lowest terms M/L the phases (m M mod L) / L repeat, so one row of taps
/// for each of L phases is all there is (polyphase [2]). Ratios with L > 1024 interpolate linearly between 1024 rows:
/// the error is (pi / 1024)^2 / 8 of full scale, -118 dB. Each row is scaled to sum to 1: gain at 0 Hz is exact.
/// [1] J. F. Kaiser, Nonrecursive digital filter design using the I0-sinh window function, ISCAS 1974.
/// [2] R. E. Crochiere, L. R. Rabiner, Multirate Digital Signal Processing, 1983.
/// ```
public final class Resampler {

    private static final double CUTOFF = 0.96;
    private static final double HALF_WIDTH = 78;
    private static final double BETA = 0.1102 * (97 - 8.7);
    private static final int MAX_PHASES = 1024;
    private static final int MAX_RATIO = 1000;

    private final int from;
    private final int to;
    private final int up;
    private final int down;
    private final int phases;
    private final int before;
    private final float[][] taps;

    /// @param from sample rate of what is given [Hz]
    /// @param to   sample rate of what is wanted [Hz]; neither more than 1000 times the other
    public Resampler(int from, int to) {
        if (from < 1 || to < 1 || from / to >= MAX_RATIO || to / from >= MAX_RATIO) {
            throw new BadInputException("resampling from " + from + " Hz to " + to
                    + " Hz: both must be at least 1 and within a factor of " + MAX_RATIO + "; check the file's rate");
        }
        this.from = from;
        this.to = to;
        int divisor = gcd(from, to);
        this.up = to / divisor;
        this.down = from / divisor;
        this.phases = Math.min(up, MAX_PHASES);
        // the filter is as wide in input samples as the lower of the two rates makes it
        double scale = Math.min(1.0, (double) to / from);
        this.before = (int) Math.ceil(HALF_WIDTH / scale);
        this.taps = new float[phases + 1][];
        for (int p = 0; p <= phases; p++) {
            taps[p] = row((double) p / phases, scale);
        }
    }

    /// Resamples once; for many signals of the same two rates keep a `Resampler`.
    public static float[] resample(float[] x, int from, int to) {
        return from == to ? x.clone() : new Resampler(from, to).resample(x);
    }

    /// Resamples a whole signal.
    ///
    /// @param x signal at the first rate, not modified
    /// @return the signal at the second rate, ceil(n · to / from) samples
    public float[] resample(float[] x) {
        if (from == to) {
            return x.clone();
        }
        long length = ((long) x.length * up + down - 1) / down;
        if (length > Integer.MAX_VALUE - 8) {
            throw new BadInputException("resampling " + x.length + " samples from " + from + " Hz to " + to
                    + " Hz: the result does not fit into one array; use windows");
        }
        float[] out = new float[(int) length];
        for (int m = 0; m < out.length; m++) {
            long position = (long) m * down;
            int first = (int) (position / up) - before;
            double phase = (double) (position % up) * phases / up;
            int p = (int) phase;
            double fraction = phase - p;
            double y = dot(x, first, taps[p]);
            if (fraction > 0) {
                y += fraction * (dot(x, first, taps[p + 1]) - y);
            }
            out[m] = (float) y;
        }
        return out;
    }

    /// Σ_k x\[first + k\] row\[k\] in double, x zero outside of its range.
    private static double dot(float[] x, int first, float[] row) {
        int begin = Math.max(0, -first);
        int end = Math.min(row.length, x.length - first);
        double even = 0;
        double odd = 0;
        int k = begin;
        for (; k + 1 < end; k += 2) {
            even += (double) x[first + k] * row[k];
            odd += (double) x[first + k + 1] * row[k + 1];
        }
        return k < end ? even + odd + (double) x[first + k] * row[k] : even + odd;
    }

    /// The taps for outputs that lie `phase` (0 to 1) input samples after input sample `before`.
    private float[] row(double phase, double scale) {
        double[] exact = new double[2 * before + 2];
        double sum = 0;
        for (int k = 0; k < exact.length; k++) {
            exact[k] = kernel((before + phase - k) * scale);
            sum += exact[k];
        }
        float[] row = new float[exact.length];
        for (int k = 0; k < row.length; k++) {
            row[k] = (float) (exact[k] / sum);
        }
        return row;
    }

    /// sinc(c t) times Kaiser's window, t in samples of the lower rate.
    private static double kernel(double t) {
        double edge = t / HALF_WIDTH;
        if (Math.abs(edge) >= 1) {
            return 0;
        }
        double x = Math.PI * CUTOFF * t;
        double sinc = Math.abs(x) < 1e-9 ? 1 : Math.sin(x) / x;
        return sinc * besselI0(BETA * Math.sqrt(1 - edge * edge)) / besselI0(BETA);
    }

    /// I0(x) = Σ_k ((x/2)^k / k!)², summed until it does not change.
    private static double besselI0(double x) {
        double sum = 1;
        double term = 1;
        for (int k = 1; term > 1e-17 * sum; k++) {
            double factor = x / (2 * k);
            term *= factor * factor;
            sum += term;
        }
        return sum;
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
