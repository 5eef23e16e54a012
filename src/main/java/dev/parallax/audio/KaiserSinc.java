package dev.parallax.audio;

/// The impulse response of an ideal low-pass filter under Kaiser's window: sinc(c t) w(t / W), 1 at t = 0, 0 from
/// |t| = W on.
///
/// For an attenuation of A dB over a transition of Δ (as a share of the sample rate), Kaiser gives
/// beta = 0.1102 (A - 8.7) and 2 W = (A - 7.95) / (14.36 Δ). The ripple of the pass band equals that of the stop band.
///
/// Source: J. F. Kaiser, Nonrecursive digital filter design using the I0-sinh window function, ISCAS 1974.
///
/// @param cutoff    c, the middle of the transition, as a share of half the sample rate
/// @param halfWidth W, in samples
/// @param beta      the shape of the window, w(u) = I0(beta sqrt(1 - u²)) / I0(beta)
record KaiserSinc(double cutoff, double halfWidth, double beta) {

    /// The beta of an attenuation of so many dB, above 50.
    static double betaOf(double attenuationDb) {
        return 0.1102 * (attenuationDb - 8.7);
    }

    /// @param t in samples
    double at(double t) {
        double edge = t / halfWidth;
        if (Math.abs(edge) >= 1) {
            return 0;
        }
        double x = Math.PI * cutoff * t;
        double sinc = Math.abs(x) < 1e-9 ? 1 : Math.sin(x) / x;
        return sinc * besselI0(beta * Math.sqrt(1 - edge * edge)) / besselI0(beta);
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
}
