package dev.parallax.audio;

import dev.parallax.BadInputException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Changes the sample rate by band-limited interpolation: y(m) = Σ_k x\[k\] h(m·from/to - k). h is a windowed sinc
/// whose taps are computed once. An instance is immutable and may be shared by threads.
///
/// - zero phase: sample 0 maps to sample 0; outside of the signal is zero; length is ceil(n · to / from)
/// - pass band 0 to 0.92 of the lower Nyquist frequency, ripple below 0.01 dB
/// - stop band from the lower Nyquist frequency on, at most -90 dB: that bounds aliases and images alike
/// - 83 samples of the lower rate away from all sound, digital silence stays digital silence
///
/// ```
/// The filter. h(t) = c sinc(c t) w(t / W), times in samples of the lower rate, c = 0.96 in the middle of the
/// transition band [0.92, 1], w Kaiser's window (see KaiserSinc). For A = 97 dB over a transition of 0.04 of the
/// rate this gives 155 taps, W = 78. Pass and stop band ripple are equal for a window design, so the pass band is
/// far better than required.
///
/// The way to compute it. With the rates in lowest terms, from / to = down / up, there are `up` different sets of
/// taps (PolyphaseFilter). A table of two million of them serves all rates in use. Between other rates the filter
/// gives a signal at a rate between, at least twice the lower one and a simple fraction of the first. From there
/// to the wanted one, 20 taps do (SincInterpolator), since nothing is left above half of the Nyquist frequency
/// between.
/// ```
public final class Resampler {

    private static final int HALF_WIDTH = 78;
    private static final KaiserSinc KERNEL = new KaiserSinc(0.96, HALF_WIDTH, KaiserSinc.betaOf(97));
    private static final int MAX_RATIO = 1000;
    private static final double MOST_TAPS = 2e6; // that are not zero: tables have 10 MB at most, 25 for one phase
    private static final int QUARTER = 4; // the rate between is so many quarters of the first, or less than one
    private static final int OUTPUTS_AT_A_TIME = 4096;

    private static final long MOST_KEPT = 16_000_000; // taps of all that are kept, 64 MB; usual ones have 100 000
    private static final Map<List<Integer>, Resampler> RECENT = new LinkedHashMap<>(16, 0.75f, true);

    private final int from;
    private final int to;
    private final int up; // to / from in lowest terms is up / down
    private final int down;
    private final int more; // the rate between is from · more / less
    private final int less;
    private final PolyphaseFilter filter;
    private final @Nullable SincInterpolator interpolator; // from the rate between, where that is another one
    private final long step; // from one output to the next: step / phases samples at the rate between
    private final long phases;

    /// @param from sample rate of what is given [Hz]
    /// @param to   sample rate of what is wanted [Hz]; neither more than 1000 times the other
    Resampler(int from, int to) {
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
        boolean direct = up * (2 * HALF_WIDTH * ratio) <= MOST_TAPS;
        if (direct) {
            this.more = up;
            this.less = down;
        } else {
            int quarters = (int) Math.ceil(2 * QUARTER / ratio); // one of them is more than enough for a large ratio
            int parts = Math.max(QUARTER, (int) (ratio / 2));
            int common = (int) gcd(quarters, parts);
            this.more = quarters / common;
            this.less = parts / common;
        }
        this.filter = new PolyphaseFilter(KERNEL, HALF_WIDTH, ratio, more, less);
        long divided = gcd((long) down * more, (long) up * less);
        this.step = (long) down * more / divided;
        this.phases = (long) up * less / divided;
        this.interpolator = direct ? null : new SincInterpolator(phases);
    }

    /// The resampler of two rates, the same object for as long as it is among the last that were asked for: a table
    /// may take longer than a short clip.
    public static Resampler of(int from, int to) {
        synchronized (RECENT) {
            Resampler known = RECENT.get(List.of(from, to));
            if (known != null) {
                return known;
            }
            Resampler made = new Resampler(from, to);
            RECENT.put(List.of(from, to), made);
            long kept = RECENT.values().stream()
                    .mapToLong(each -> each.filter.size())
                    .sum();
            for (Iterator<Resampler> oldest = RECENT.values().iterator(); kept > MOST_KEPT; oldest.remove()) {
                kept -= oldest.next().filter.size();
            }
            return made;
        }
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
        int margin = SincInterpolator.REACH;
        long between = length * step / phases + 2L * margin + 1;
        if (Math.max(length, between) > Integer.MAX_VALUE - 8) {
            throw new BadInputException("resampling " + x.length + " samples from " + from + " Hz to " + to
                    + " Hz: the result does not fit into one array; use windows");
        }
        if (interpolator == null) {
            return filter.apply(x, 0, (int) length, threads);
        }
        float[] signal = filter.apply(x, -margin, (int) between, threads);
        return interpolated(interpolator, signal, margin, (int) length, threads);
    }

    /// @param first where sample 0 lies in `between`
    private float[] interpolated(SincInterpolator interpolator, float[] between, int first, int length, int threads) {
        float[] out = new float[length];
        ParallelLoop.run(length, OUTPUTS_AT_A_TIME, threads, () -> (begin, end) -> {
            Multiples index = new Multiples(step, phases, begin);
            for (int m = begin; m < end; m++) {
                out[m] = (float) interpolator.at(between, first + (int) index.whole, index.rest);
                index.next();
            }
        });
        return out;
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

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
