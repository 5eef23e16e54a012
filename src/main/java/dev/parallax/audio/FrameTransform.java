package dev.parallax.audio;

import dev.parallax.backend.Butterflies;
import dev.parallax.backend.select.WarmUp;

/// The powers |X\[k\]|² of the discrete Fourier transforms of some real frames at once, each of n values, n a power of
/// two: X\[k\] = Σ_i x\[i\] exp(-2π j k i / n), k = 0..n/2. It holds tables only and may be shared by threads.
///
/// ```
/// Even and odd values are the two parts of a complex sequence of half the length, z[m] = x[2m] + j x[2m+1]. Z, its
/// transform, is computed in place, four elements at a time, decimated in frequency [1]: a pass over sequences of
/// length L leaves four times as many of length L / 4, at last single values. Where log2 (n/2) is odd, it leaves pairs,
/// and one pass more takes them apart. Then the values of Z stand where their index has its digits in reverse.
/// [1] W. M. Gentleman, G. Sande, Fast Fourier transforms - for fun and profit, 1966.
/// ```
final class FrameTransform {

    private static final WarmUp<Butterflies> BUTTERFLIES = WarmUp.ofButterflies();

    private final int half;
    private final double[] w; // [half / 4, 6]: exp(-2π j k / half), its square and its cube
    private final double[] cos; // of 2π k / n
    private final double[] sin;
    private final int[] rows; // where Z[k] stands

    /// @param n length, a power of two, at least 4
    FrameTransform(int n) {
        this.half = n / 2;
        this.w = new double[6 * (half / 4)];
        for (int k = 0; 6 * k < w.length; k++) {
            for (int power = 1; power <= 3; power++) {
                double angle = -2 * Math.PI * k * power / half;
                w[6 * k + 2 * power - 2] = Math.cos(angle);
                w[6 * k + 2 * power - 1] = Math.sin(angle);
            }
        }
        this.cos = new double[half];
        this.sin = new double[half];
        this.rows = new int[half];
        for (int k = 0; k < half; k++) {
            cos[k] = Math.cos(2 * Math.PI * k / n);
            sin[k] = Math.sin(2 * Math.PI * k / n);
            rows[k] = row(k, half);
        }
    }

    /// Whether frames of this length are transformed.
    static boolean isLength(int n) {
        return n >= 4 && Integer.bitCount(n) == 1;
    }

    /// The row of Z\[k\] within a sequence of `length` rows.
    private static int row(int k, int length) {
        return switch (length) {
            case 1, 2 -> k;
            default -> k % 4 * (length / 4) + row(k / 4, length / 4);
        };
    }

    /// The arrays of one thread.
    final class Lanes {

        private final double[] re = new double[half * Butterflies.LANES];
        private final double[] im = new double[half * Butterflies.LANES];
        private final double[] powers = new double[(half + 1) * Butterflies.LANES];

        /// Sets a frame.
        ///
        /// @param lane  0 to [Butterflies#LANES] - 1
        /// @param frame n values
        void set(int lane, double[] frame) {
            int at = lane;
            for (int i = 0; i < 2 * half; i += 2) {
                re[at] = frame[i];
                im[at] = frame[i + 1];
                at += Butterflies.LANES;
            }
        }

        /// Transforms all frames, after which they are lost. What was not set is transformed too, whatever it is.
        void transform() {
            transform(BUTTERFLIES.next(half));
        }

        void transform(Butterflies butterflies) {
            int length = half;
            for (; length >= 4; length /= 4) {
                butterflies.fours(re, im, length, w);
            }
            if (length == 2) {
                butterflies.twos(re, im);
            }
            butterflies.powers(re, im, rows, cos, sin, powers);
            for (int lane = 0; lane < Butterflies.LANES; lane++) {
                double first = re[lane] + im[lane];
                double last = re[lane] - im[lane];
                powers[lane] = first * first;
                powers[half * Butterflies.LANES + lane] = last * last;
            }
        }

        /// |X\[k\]|² of a frame.
        ///
        /// @param out [n / 2 + 1]
        void powers(int lane, double[] out) {
            for (int k = 0; k <= half; k++) {
                out[k] = powers[k * Butterflies.LANES + lane];
            }
        }
    }
}
