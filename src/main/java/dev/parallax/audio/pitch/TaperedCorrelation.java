package dev.parallax.audio.pitch;

import dev.parallax.audio.FourierTransform;

/// The autocorrelation of a tapered stretch, divided by that of its taper. With y = w x:
/// r_y\[k\] = Σ_i y\[i\] y\[i + k\], r\[k\] = (r_y\[k\] / r_y\[0\]) / (r_w\[k\] / r_w\[0\]).
/// Immutable; the arrays that a call works in are a [Scratch].
///
/// ```
/// The transform of |Y|^2 is the autocorrelation [1], a circular one: of N points it gives r[k] + r[N - k]. A real y
/// needs only half of the work. Take the polynomial y(z) where z^N = -1: its values at z_m = exp(-i pi (4m + 1) / N),
/// m = 0..N/2-1, are one complex transform of N/2 points,
///     Y[m] = Σ_{n < N/2} (y[n] - i y[n + N/2]) exp(-i pi n / N) exp(-2 pi i m n / (N/2)),
/// since z_m^(N/2) = -i. On the unit circle y(1/z) is the conjugate of y(z), so |Y[m]|^2 is the value of the
/// autocorrelation at z_m, with no sorting out of halves. It is real, and a real transform of N/2 points leads back:
///     r[k] - r[N - k] = Re exp(i pi k / N) (2/N) Σ_m |Y[m]|^2 exp(2 pi i m k / (N/2)).
/// N is the power of two that is large enough for r[N - k] to be 0, or half of it where few lags are left over. There
/// r[N - k] is the sum of few products, and is added.
/// [1] A. V. Oppenheim, R. W. Schafer, Discrete-Time Signal Processing.
/// ```
final class TaperedCorrelation {

    /// Lags are few up to this share of the stretch.
    private static final double FEW = 0.125;

    private final double[] window;
    private final int lags;
    private final int half; // N / 2
    private final double[] cos; // of pi n / N
    private final double[] sin;
    private final FourierTransform transform;
    private final double[] perTaper; // r_w[0] / r_w[k]

    /// @param window w, the taper
    /// @param lags   how many values of r, from r\[0\] on, are asked for, fewer than the taper has
    TaperedCorrelation(double[] window, int lags) {
        this.window = window;
        this.lags = lags;
        int points = Integer.highestOneBit(window.length + lags - 2) << 1;
        boolean fewLeftOver = window.length + lags - 1 - points / 2 <= FEW * window.length;
        this.half = fewLeftOver && points / 2 >= window.length && points / 4 >= lags ? points / 4 : points / 2;
        this.cos = new double[half];
        this.sin = new double[half];
        for (int n = 0; n < half; n++) {
            cos[n] = Math.cos(Math.PI * n / (2 * half));
            sin[n] = Math.sin(Math.PI * n / (2 * half));
        }
        this.transform = new FourierTransform(half);
        this.perTaper = new double[lags];
        Scratch scratch = new Scratch();
        System.arraycopy(window, 0, scratch.tapered, 0, window.length);
        correlate(scratch);
        for (int k = 0; k < lags; k++) {
            perTaper[k] = scratch.r[0] / scratch.r[k];
        }
    }

    /// What a call works in: one for each thread.
    final class Scratch {
        private final double[] tapered = new double[2 * half];
        private final double[] spectrum = new double[2 * half];
        private final double[] power = new double[half];
        private final double[] r = new double[lags];
    }

    /// r of a stretch less its mean; zeros where the mean is all there is.
    ///
    /// @param x       signal, not modified
    /// @param from    where the stretch begins in `x`
    /// @param skipped values of the stretch before `x` begins; its first value in `x` is x\[from + skipped\]
    /// @param end     values of the stretch before `x` ends, at least `skipped`
    /// @param mean    is taken away from what lies in `x`
    /// @return `lags` values of `scratch`, which the next call overwrites
    double[] of(float[] x, int from, int skipped, int end, double mean, Scratch scratch) {
        double[] tapered = scratch.tapered;
        for (int i = 0; i < skipped; i++) {
            tapered[i] = 0;
        }
        for (int i = skipped; i < end; i++) {
            tapered[i] = (x[from + i] - mean) * window[i];
        }
        for (int i = end; i < window.length; i++) {
            tapered[i] = 0;
        }
        correlate(scratch);
        double[] r = scratch.r;
        double scale = r[0] > 0 ? 1 / r[0] : 0;
        for (int k = 0; k < lags; k++) {
            r[k] *= scale * perTaper[k];
        }
        return r;
    }

    /// From `tapered` to r, neither scaled nor divided by the taper's.
    private void correlate(Scratch scratch) {
        fold(scratch.tapered, scratch.spectrum);
        transform.complexForward(scratch.spectrum);
        double[] power = scratch.power;
        for (int m = 0; m < half; m++) {
            double re = scratch.spectrum[2 * m];
            double im = scratch.spectrum[2 * m + 1];
            power[m] = re * re + im * im;
        }
        transform.realForward(power);
        unfold(power, scratch.r);
        for (int k = Math.max(0, 2 * half - window.length + 1); k < lags; k++) {
            scratch.r[k] += half * product(scratch.tapered, 2 * half - k);
        }
    }

    private void fold(double[] y, double[] out) {
        int both = Math.max(0, window.length - half);
        for (int n = 0; n < both; n++) {
            out[2 * n] = y[n] * cos[n] - y[n + half] * sin[n];
            out[2 * n + 1] = -y[n] * sin[n] - y[n + half] * cos[n];
        }
        for (int n = both; n < half; n++) {
            out[2 * n] = y[n] * cos[n];
            out[2 * n + 1] = -y[n] * sin[n];
        }
    }

    /// @param spectrum of a real sequence, as realForward lays it out: Re 0, Re half/2, Re 1, Im 1, Re 2, ...
    private void unfold(double[] spectrum, double[] r) {
        r[0] = spectrum[0];
        int middle = half / 2;
        for (int k = 1; k < Math.min(lags, middle); k++) {
            r[k] = cos[k] * spectrum[2 * k] + sin[k] * spectrum[2 * k + 1];
        }
        if (middle < lags) {
            r[middle] = cos[middle] * spectrum[1];
        }
        for (int k = middle + 1; k < lags; k++) {
            r[k] = cos[k] * spectrum[2 * (half - k)] - sin[k] * spectrum[2 * (half - k) + 1];
        }
    }

    /// Σ_i y\[i\] y\[i + lag\], in four independent sums.
    private double product(double[] y, int lag) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int count = window.length - lag;
        int i = 0;
        for (; i + 3 < count; i += 4) {
            a += y[i] * y[i + lag];
            b += y[i + 1] * y[i + 1 + lag];
            c += y[i + 2] * y[i + 2 + lag];
            d += y[i + 3] * y[i + 3 + lag];
        }
        for (; i < count; i++) {
            a += y[i] * y[i + lag];
        }
        return a + b + (c + d);
    }
}
