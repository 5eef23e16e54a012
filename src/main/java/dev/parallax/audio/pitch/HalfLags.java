package dev.parallax.audio.pitch;

/// Values of an even sequence half-way between its samples, by a sinc that is tapered by Hann's window:
/// out\[k\] = Σ_m tap\[m\] (r\[k - m\] + r\[k + 1 + m\]), tap\[m\] = sinc(m + 1/2) (1/2 + 1/2 cos(π (m + 1/2) / 16)).
final class HalfLags {

    /// Samples to either side.
    static final int REACH = 16;

    /// Where lag 0 stands in a sequence whose negative lags are written out.
    static final int ZERO = REACH - 1;

    private static final double[] TAPS = taps();

    private HalfLags() {}

    /// Interpolates. The sum is written out and only looks ahead, so that the JVM's compiler uses vector
    /// instructions.
    ///
    /// @param even \[ZERO + k\] is r\[k\], from -15 to `to` + 15
    /// @param from first k
    /// @param to   after the last k
    /// @param out  \[k\] is the value between k and k + 1
    static void between(double[] even, int from, int to, double[] out) {
        double t0 = TAPS[0], t1 = TAPS[1], t2 = TAPS[2], t3 = TAPS[3];
        double t4 = TAPS[4], t5 = TAPS[5], t6 = TAPS[6], t7 = TAPS[7];
        double t8 = TAPS[8], t9 = TAPS[9], t10 = TAPS[10], t11 = TAPS[11];
        double t12 = TAPS[12], t13 = TAPS[13], t14 = TAPS[14], t15 = TAPS[15];
        for (int k = from; k < to; k++) {
            double a = t0 * (even[k + 15] + even[k + 16])
                    + t4 * (even[k + 11] + even[k + 20])
                    + t8 * (even[k + 7] + even[k + 24])
                    + t12 * (even[k + 3] + even[k + 28]);
            double b = t1 * (even[k + 14] + even[k + 17])
                    + t5 * (even[k + 10] + even[k + 21])
                    + t9 * (even[k + 6] + even[k + 25])
                    + t13 * (even[k + 2] + even[k + 29]);
            double c = t2 * (even[k + 13] + even[k + 18])
                    + t6 * (even[k + 9] + even[k + 22])
                    + t10 * (even[k + 5] + even[k + 26])
                    + t14 * (even[k + 1] + even[k + 30]);
            double d = t3 * (even[k + 12] + even[k + 19])
                    + t7 * (even[k + 8] + even[k + 23])
                    + t11 * (even[k + 4] + even[k + 27])
                    + t15 * (even[k] + even[k + 31]);
            out[k] = a + b + (c + d);
        }
    }

    private static double[] taps() {
        double[] taps = new double[REACH];
        for (int m = 0; m < REACH; m++) {
            double at = m + 0.5;
            double sinc = (m % 2 == 0 ? 1 : -1) / (Math.PI * at);
            taps[m] = sinc * (0.5 + 0.5 * Math.cos(Math.PI * at / REACH));
        }
        return taps;
    }
}
