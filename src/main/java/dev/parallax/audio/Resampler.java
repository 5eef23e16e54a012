package dev.parallax.audio;

import dev.parallax.BadInputException;
import java.util.Arrays;

/// Changes the sample rate by band-limited interpolation: y(m) = Σ_k x\[k\] h(m·from/to - k). h is a windowed sinc
/// whose transform is made once. An instance is immutable and may be shared by threads.
///
/// - zero phase: sample 0 maps to sample 0; outside of the signal is zero; length is ceil(n · to / from)
/// - pass band 0 to 0.92 of the lower Nyquist frequency, ripple below 0.01 dB
/// - stop band from the lower Nyquist frequency on, at most -90 dB: that bounds aliases and images alike
/// - where h reaches nothing but digital silence, the result is digital silence too
///
/// ```
/// The filter. h(t) = c sinc(c t) w(t / W), times in samples of the lower rate, c = 0.96 in the middle of the
/// transition band [0.92, 1], w Kaiser's window (see KaiserSinc). For A = 97 dB over a transition of 0.04 of the
/// rate this gives 155 taps, W = 78. Pass and stop band ripple are equal for a window design, so the pass band is
/// far better than required.
///
/// The way to compute it. From 48 to 16 kHz the sum has 470 terms for each of the outputs. Transforms are cheaper
/// (overlap-save [1]): blocks of N samples are transformed, multiplied by the transform of h, and transformed back
/// to M samples. This gives y at the rate from · M / N. With M < N the spectrum is folded, with M > N repeated; both
/// are exact. Where the first rate is a multiple of the second one, N / M is that multiple, and nothing more is to
/// be done. Elsewhere N and M are powers of two, so that these transforms are fast for every pair of rates, and y is
/// at a rate between, at least twice the lower one. From there to the wanted one, 20 taps do (SincInterpolator),
/// since nothing is left above half of the Nyquist frequency between. h is symmetric, so its transform is real, and
/// two blocks are filtered at a time as the two parts of complex numbers.
/// [1] T. G. Stockham, High-speed convolution and correlation, AFIPS 1966.
/// ```
public final class Resampler {

    private static final int HALF_WIDTH = 78;
    private static final KaiserSinc KERNEL = new KaiserSinc(0.96, HALF_WIDTH, KaiserSinc.betaOf(97));
    private static final int MAX_RATIO = 1000;
    private static final int MARGINS = 16; // that fit into a block: two of them are transformed for nothing

    private final int from;
    private final int to;
    private final int up; // to / from in lowest terms is up / down
    private final int down;
    private final int more; // the rate between is from · more / less
    private final int less;
    private final int reach; // of the filter on each side, in samples at the first rate
    private final int margin; // of a block on each side: reach, and what the interpolation needs
    private final int hop; // samples from one block to the next
    private final FourierTransform forward;
    private final FourierTransform inverse;
    private final double[] response; // at the frequencies of the longer transform
    private final long step; // from one output to the next: step / phases samples at the rate between
    private final long phases;
    private final SincInterpolator interpolator;

    /// @param from sample rate of what is given [Hz]
    /// @param to   sample rate of what is wanted [Hz]; neither more than 1000 times the other
    public Resampler(int from, int to) {
        if (from < 1 || to < 1 || from / to >= MAX_RATIO || to / from >= MAX_RATIO) {
            throw new BadInputException("resampling from " + from + " Hz to " + to
                    + " Hz: both must be at least 1 and within a factor of " + MAX_RATIO + "; check the file's rate");
        }
        this.from = from;
        this.to = to;
        int divisor = (int) gcd(from, to);
        this.up = to / divisor;
        this.down = from / divisor;
        double ratio = Math.max(1, (double) from / to); // of the first rate to the lower one
        boolean multiple = up == 1;
        this.more = multiple || ratio >= 2 ? 1 : 2;
        this.less = multiple ? down : Integer.highestOneBit((int) Math.max(1, ratio / 2));
        this.reach = (int) Math.ceil(HALF_WIDTH * ratio);
        int enough = reach + (SincInterpolator.REACH + 1) * less + 1;
        this.margin = Math.ceilDiv(enough, less) * less; // blocks begin at a sample of the rate between
        int multiples = Integer.highestOneBit(2 * MARGINS * margin / less - 1);
        int length = multiples * less;
        this.hop = length - 2 * margin;
        this.forward = new FourierTransform(length);
        this.inverse = new FourierTransform(multiples * more);
        this.response = response(length * more, ratio);
        long common = gcd((long) down * more, (long) up * less);
        this.step = (long) down * more / common;
        this.phases = (long) up * less / common;
        this.interpolator = new SincInterpolator(phases);
    }

    /// The transform of h, sampled `more` times as often as the signal.
    private double[] response(int length, double ratio) {
        double[] h = new double[2 * length];
        double[] sums = new double[more];
        for (int n = -reach * more; n <= reach * more; n++) {
            double value = KERNEL.at(n / (ratio * more));
            h[2 * Math.floorMod(n, length)] = value;
            sums[Math.floorMod(n, more)] += value;
        }
        for (int n = 0; n < length; n++) {
            h[2 * n] /= sums[n % more]; // the gain at 0 Hz is exact, and what it repeats at is silent
        }
        (more == 1 ? forward : inverse).complexForward(h);
        double[] response = new double[length];
        for (int k = 0; k < length; k++) {
            response[k] = h[2 * k] / less;
        }
        return response;
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
        return resample(x, 1);
    }

    /// The same on several threads.
    ///
    /// @param threads at most, the calling one among them; the result does not depend on how many
    public float[] resample(float[] x, int threads) {
        if (from == to) {
            return x.clone();
        }
        long length = Math.ceilDiv((long) x.length * up, (long) down);
        if (length > Integer.MAX_VALUE - 8) {
            throw new BadInputException("resampling " + x.length + " samples from " + from + " Hz to " + to
                    + " Hz: the result does not fit into one array; use windows");
        }
        float[] out = new float[(int) length];
        int blocks = Math.ceilDiv(x.length, hop);
        ParallelLoop.run(Math.ceilDiv(blocks, 2), 1, threads, () -> {
            double[] given = new double[2 * (hop + 2 * margin)];
            double[] between = new double[given.length / less * more];
            return (first, end) -> {
                for (int block = 2 * first; block < 2 * end; block += 2) {
                    load(x, block, given);
                    filter(given, between);
                    write(x, block, between, 0, out);
                    write(x, block + 1, between, 1, out);
                }
            };
        });
        return out;
    }

    /// Two blocks of the signal as the real and the imaginary parts.
    private void load(float[] x, int block, double[] given) {
        Arrays.fill(given, 0);
        for (int part = 0; part < 2; part++) {
            long start = (long) (block + part) * hop - margin;
            int end = (int) Math.min(given.length / 2, x.length - start);
            for (int i = (int) Math.max(0, -start); i < end; i++) {
                given[2 * i + part] = x[(int) (start + i)];
            }
        }
    }

    /// From samples at the first rate to samples of the filtered signal at the rate between.
    ///
    /// @param given   overwritten
    /// @param between receives them
    private void filter(double[] given, double[] between) {
        forward.complexForward(given);
        Arrays.fill(between, 0);
        for (int k = 0; k < 2 * response.length; k += Math.min(given.length, between.length)) {
            multiplyAdd(given, k % given.length, k, between, k % between.length);
        }
        inverse.complexInverse(between);
    }

    /// Adds a run of values times the response there: as many as the shorter transform has.
    private void multiplyAdd(double[] given, int at, int k, double[] between, int to) {
        for (int i = 0; i < Math.min(given.length, between.length); i++) {
            between[to + i] += given[at + i] * response[(k + i) / 2];
        }
    }

    /// Writes the outputs whose times lie in a block, without its margins.
    ///
    /// @param part which of the two parts of `between` the block is
    private void write(float[] x, int block, double[] between, int part, float[] out) {
        long start = ((long) block * hop - margin) / less * more;
        int first = (int) Math.min(out.length, Math.ceilDiv((long) block * hop * up, (long) down));
        int end = (int) Math.min(out.length, Math.ceilDiv((block + 1L) * hop * up, (long) down));
        Silence silence = new Silence(x);
        Multiples position = new Multiples(down, up, first);
        Multiples index = new Multiples(step, phases, first);
        for (int m = first; m < end; m++) {
            int sample = (int) position.whole;
            if (!silence.holds(sample - reach, sample + reach + 2)) {
                out[m] = (float) interpolator.at(between, 2 * (int) (index.whole - start) + part, index.rest);
            }
            position.next();
            index.next();
        }
    }

    /// The multiples m a / b of a fraction one after the other, without a division for each.
    private static final class Multiples {

        private final long stepWhole;
        private final long stepRest;
        private final long b;
        private long whole;
        private long rest; // in parts of b

        Multiples(long a, long b, long m) {
            this.stepWhole = a / b;
            this.stepRest = a % b;
            this.b = b;
            this.whole = m * a / b;
            this.rest = m * a % b;
        }

        void next() {
            whole += stepWhole;
            rest += stepRest;
            if (rest >= b) {
                rest -= b;
                whole++;
            }
        }
    }

    /// Tells where a signal is exactly zero, for windows that move on.
    private static final class Silence {

        private final float[] x;
        private int seen; // samples before this one have been looked at
        private int sound = Integer.MIN_VALUE; // the last of them that is not zero

        Silence(float[] x) {
            this.x = x;
        }

        /// Whether samples `first` to `end` - 1 are zero, as those outside of the signal are.
        boolean holds(int first, int end) {
            int stop = Math.max(seen, first);
            int last = Math.min(end, x.length) - 1;
            while (last >= stop && x[last] == 0) {
                last--;
            }
            if (last >= stop) {
                sound = last;
            }
            seen = Math.max(seen, end);
            return sound < first;
        }
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
