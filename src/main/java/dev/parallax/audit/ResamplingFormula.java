package dev.parallax.audit;

import java.util.HashMap;
import java.util.Map;

/// Another sample rate by its formula, output by output. With r the rate of the input over the lower of both rates,
///
///     y[m] = Σ_k x[k] h(m from/to - k) / Σ_k h(m from/to - k),    x zero outside of the signal
///     h(t) = sinc(c t/r) w(t / (r W)),    w(u) = I0(β √(1 - u²)) / I0(β),    I0(v) = Σ_n ((v/2)^n / n!)²
///
/// with c = 0.96, W = 78 and Kaiser's β = 0.1102 (97 - 8.7); sinc(v) = sin(πv) / (πv). Outputs that lie in the same
/// place between two samples have the same h. Source: J. F. Kaiser, Nonrecursive digital filter design using the
/// I0-sinh window function, ISCAS 1974.
final class ResamplingFormula {

    private static final double CUTOFF = 0.96; // c
    private static final double HALF_WIDTH = 78; // W
    private static final double BETA = 0.1102 * (97 - 8.7);
    private static final int TERMS = 60; // of I0: those left out are below rounding

    private final long up; // to / from in lowest terms is up / down
    private final long down;
    private final double ratio; // r
    private final int reach; // of h on each side [samples of the input]

    /// @param from sample rate of the input [Hz]
    /// @param to   of the output [Hz]
    ResamplingFormula(int from, int to) {
        long divisor = gcd(from, to);
        this.up = to / divisor;
        this.down = from / divisor;
        this.ratio = Math.max(1, (double) from / to);
        this.reach = (int) Math.ceil(HALF_WIDTH * ratio);
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    /// The signal at the other rate, ceil(n · to / from) samples.
    double[] of(double[] x) {
        double[] out = new double[(int) Math.ceilDiv(x.length * up, down)];
        Map<Long, double[]> known = new HashMap<>();
        for (int m = 0; m < out.length; m++) {
            double[] h = known.computeIfAbsent(m * down % up, place -> response((double) place / up));
            int before = (int) (m * down / up); // the sample at or before the output
            for (int i = 0; i < h.length; i++) {
                int k = before - reach + i;
                out[m] += k < 0 || k >= x.length ? 0 : x[k] * h[i];
            }
        }
        return out;
    }

    /// h for the samples from `reach` before an output to as many behind it, scaled to sum to 1.
    ///
    /// @param place of the output behind a sample, in [0, 1)
    private double[] response(double place) {
        double[] h = new double[2 * reach + 2];
        double sum = 0;
        for (int i = 0; i < h.length; i++) {
            h[i] = h(place + reach - i);
            sum += h[i];
        }
        for (int i = 0; i < h.length; i++) {
            h[i] /= sum;
        }
        return h;
    }

    private double h(double t) {
        double u = t / (ratio * HALF_WIDTH);
        double angle = Math.PI * CUTOFF * t / ratio;
        double sinc = angle == 0 ? 1 : Math.sin(angle) / angle;
        return Math.abs(u) >= 1 ? 0 : sinc * bessel(BETA * Math.sqrt(1 - u * u)) / bessel(BETA);
    }

    /// I0, the modified Bessel function of the first kind of order 0.
    private static double bessel(double v) {
        double sum = 0;
        double term = 1;
        for (int n = 1; n <= TERMS; n++) {
            sum += term * term;
            term *= v / 2 / n;
        }
        return sum;
    }
}
