package dev.parallax.audio;

/// The impulse response of an ideal low-pass filter under Kaiser's window: sinc(c t) w(t / W), 1 at t = 0, 0 from
/// |t| = W on. The window is w(u) = I0(beta sqrt(1 - u²)) / I0(beta), with I0(x) = Σ_k ((x/2)^k / k!)², a power series
/// in 1 - u².
///
/// For an attenuation of A dB over a transition of Δ (as a share of the sample rate), Kaiser gives
/// beta = 0.1102 (A - 8.7) and 2 W = (A - 7.95) / (14.36 Δ). The ripple of the pass band equals that of the stop band.
///
/// Source: J. F. Kaiser, Nonrecursive digital filter design using the I0-sinh window function, ISCAS 1974.
public final class KaiserSinc {

    private final double cutoff;
    private final double halfWidth;
    private final double[] series; // of the window, from the highest power of 1 - u² to the constant

    /// A low-pass filter.
    ///
    /// @param cutoff    c, the middle of the transition, as a share of half the sample rate
    /// @param halfWidth W, in samples
    /// @param beta      the shape of the window
    public KaiserSinc(double cutoff, double halfWidth, double beta) {
        this.cutoff = cutoff;
        this.halfWidth = halfWidth;
        this.series = window(beta);
    }

    private static double[] window(double beta) {
        double[] terms = new double[8 + (int) (2 * beta)]; // those left out are below 1e-17 of the sum
        double sum = 0;
        double term = 1;
        for (int k = 0; k < terms.length; k++) {
            terms[terms.length - 1 - k] = term;
            sum += term;
            double factor = beta / (2 * (k + 1));
            term *= factor * factor;
        }
        for (int k = 0; k < terms.length; k++) {
            terms[k] /= sum;
        }
        return terms;
    }

    /// The beta of an attenuation of so many dB, above 50.
    public static double betaOf(double attenuationDb) {
        return 0.1102 * (attenuationDb - 8.7);
    }

    /// The response at a time.
    ///
    /// @param t in samples
    public double at(double t) {
        double edge = t / halfWidth;
        if (Math.abs(edge) >= 1) {
            return 0;
        }
        double power = 1 - edge * edge;
        double window = 0;
        for (double coefficient : series) {
            window = window * power + coefficient;
        }
        double x = Math.PI * cutoff * t;
        return Math.abs(x) < 1e-9 ? window : Math.sin(x) / x * window;
    }
}
