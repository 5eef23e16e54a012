package dev.parallax.audio.pitch;

import dev.parallax.BadInputException;
import dev.parallax.audio.Framing;
import dev.parallax.audio.ParallelLoop;
import dev.parallax.audio.WindowFunction;

/// Finds F0 by the autocorrelation method of Boersma (see [Pitch]). In each frame the lags at which the signal is
/// most similar to itself are candidates, and the cheapest path through all frames' candidates is F0. Immutable;
/// each call works in arrays of its own.
///
/// ```
/// With x a stretch of three of the longest periods around the middle of a frame, less its mean, w Hann's window
/// and r_a the autocorrelation of a ([TaperedCorrelation]):
///     r(k) = (r_xw(k) / r_xw(0)) / (r_w(k) / r_w(0))
/// which removes the shape of the window; for a periodic signal r is 1 at the period. With signal and noise of
/// powers S and N, r at the period is S / (S + N). Candidates are the maxima of r at lags within [1 / maxHz, 1 /
/// minHz]. The brighter the signal, the sharper are its maxima. So r is interpolated half-way between lags by a
/// tapered sinc, and a parabola through three values half a lag apart gives the place and height of a maximum.
/// Strength of a candidate:
///     r - octaveCost log2(minHz lag),
/// of being unvoiced:
///     voicingThreshold + max(0, 2 - (peak of frame / peak of all) (1 + voicingThreshold) / silenceThreshold).
/// The path maximises the sum of strengths less the costs of moves ([PitchPath]).
/// ```
public final class PitchTracker {

    /// The strongest candidates of a frame that are kept.
    private static final int CANDIDATES = 14;

    private static final double PERIODS = 3;

    private final Pitch settings;
    private final int sampleRate;
    private final int length;
    private final int maxLag;
    private final TaperedCorrelation correlation;

    /// @param sampleRate of the signals [Hz], at least four times the highest F0
    public PitchTracker(Pitch settings, int sampleRate) {
        if (sampleRate < 4 * settings.maxHz()) {
            throw new BadInputException("pitch: maxHz " + settings.maxHz() + " needs a sample rate of at least "
                    + 4 * settings.maxHz() + " Hz, it is " + sampleRate + " Hz");
        }
        this.settings = settings;
        this.sampleRate = sampleRate;
        this.length = (int) Math.ceil(PERIODS * sampleRate / settings.minHz());
        this.maxLag = (int) Math.ceil(sampleRate / settings.minHz()) + 1;
        this.correlation =
                new TaperedCorrelation(WindowFunction.HANN_PERIODIC.weights(length), maxLag + 2 + HalfLags.REACH);
    }

    /// Finds F0 for the middle of every frame.
    ///
    /// @param x       signal at the tracker's rate, not modified; zero outside
    /// @param framing where the frames are
    /// @param threads how many share the work; the bits of the result do not depend on it
    public PitchTrack track(float[] x, Framing framing, int threads) {
        int frames = framing.frames(x.length);
        double hopSeconds = (double) framing.hopLength() / sampleRate;
        PitchCandidates candidates = new PitchCandidates(settings, frames, CANDIDATES, hopSeconds);
        double loudest = spread(x, 0, x.length, mean(x, 0, x.length));
        ParallelLoop.run(frames, ParallelLoop.FRAMES_AT_A_TIME, threads, () -> {
            Work work = new Work();
            return (from, to) -> {
                for (int t = from; t < to; t++) {
                    long start = framing.start(t) + framing.frameLength() / 2 - length / 2;
                    search(x, start, loudest, t, work, candidates);
                }
            };
        });
        return new PitchPath(settings, candidates, hopSeconds).best();
    }

    /// Fills the row of frame `t`.
    ///
    /// @param start of the stretch, which may lie outside of the signal
    private void search(float[] x, long start, double loudest, int t, Work work, PitchCandidates out) {
        int skipped = Math.clamp(-start, 0, length);
        int end = Math.clamp(x.length - start, skipped, length);
        int from = (int) start;
        double mean = mean(x, from + skipped, from + end);
        // of the middle third, one period at the least
        int left = Math.max(skipped, length / 3);
        double loudness = spread(x, from + left, from + Math.min(end, length - length / 3), mean);
        out.begin(t, unvoicedStrength(loudest == 0 ? 0 : loudness / loudest));
        if (loudness > 0) {
            addCandidates(correlation.of(x, from, skipped, end, mean, work.scratch), t, work, out);
        }
    }

    private double unvoicedStrength(double level) {
        double threshold = settings.voicingThreshold();
        if (settings.silenceThreshold() == 0) {
            return threshold;
        }
        return threshold + Math.max(0, 2 - level * (1 + threshold) / settings.silenceThreshold());
    }

    /// The mean, in eight independent sums.
    private static double mean(float[] x, int from, int to) {
        double a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0;
        int i = from;
        for (; i + 7 < to; i += 8) {
            a += x[i];
            b += x[i + 1];
            c += x[i + 2];
            d += x[i + 3];
            e += x[i + 4];
            f += x[i + 5];
            g += x[i + 6];
            h += x[i + 7];
        }
        for (; i < to; i++) {
            a += x[i];
        }
        return (a + b + (c + d) + (e + f + (g + h))) / Math.max(1, to - from);
    }

    /// The largest distance of a value from the mean; 0 of none.
    private static double spread(float[] x, int from, int to, double mean) {
        if (to <= from) {
            return 0;
        }
        float least = x[from];
        float most = x[from];
        for (int i = from; i < to; i++) {
            least = Math.min(least, x[i]);
            most = Math.max(most, x[i]);
        }
        return Math.max(most - mean, mean - least);
    }

    /// Every maximum of r within the range, with the top of the parabola through it and its neighbours half a lag
    /// off.
    private void addCandidates(double[] r, int t, Work work, PitchCandidates out) {
        int first = Math.max(1, (int) Math.floor(sampleRate / settings.maxHz()));
        double[] half = work.half;
        mirror(r, work.even);
        HalfLags.between(work.even, first - 1, maxLag + 1, half);
        double[] bound = bounds(r, half, first, work.bound);
        double floor = out.floor(t);
        for (int k = first; k <= maxLag; k++) {
            if (bound[k - 1] <= floor || r[k] <= 0 || r[k] <= r[k - 1] || r[k] < r[k + 1]) {
                continue;
            }
            if (half[k - 1] > r[k]) {
                addTop(k - 0.5, r[k - 1], half[k - 1], r[k], t, out);
            } else if (half[k] > r[k]) {
                addTop(k + 0.5, r[k], half[k], r[k + 1], t, out);
            } else {
                addTop(k, half[k - 1], r[k], half[k], t, out);
            }
            floor = out.floor(t);
        }
    }

    /// An upper bound of the top of a parabola at each lag. If the middle value is the largest of the three, the
    /// top is above it by less than a quarter of what it is above the smallest. Most lags of noise are excluded by
    /// this, in a loop without branches. The bound of lag k stands at k - 1: only a loop that looks ahead becomes
    /// vector instructions.
    private double[] bounds(double[] r, double[] half, int first, double[] out) {
        for (int k = first; k <= maxLag; k++) {
            double most = Math.max(r[k], Math.max(half[k - 1], half[k]));
            double least = Math.min(Math.min(r[k - 1], r[k + 1]), Math.min(half[k - 1], half[k]));
            out[k - 1] = most + (most - least) / 4;
        }
        return out;
    }

    /// Writes out the negative lags that the interpolation looks at.
    private static void mirror(double[] r, double[] even) {
        System.arraycopy(r, 0, even, HalfLags.ZERO, r.length);
        for (int k = 1; k <= HalfLags.ZERO; k++) {
            even[HalfLags.ZERO - k] = r[k];
        }
    }

    /// @param lag   of the middle of three values that are half a lag apart, the middle one the largest
    private void addTop(double lag, double left, double middle, double right, int t, PitchCandidates out) {
        double slope = (right - left) / 2;
        double bend = 2 * middle - left - right;
        double hz = sampleRate / (lag + (bend > 0 ? 0.5 * slope / bend : 0));
        double value = Math.min(1, middle + (bend > 0 ? slope * slope / (2 * bend) : 0));
        if (hz >= settings.minHz() && hz <= settings.maxHz()) {
            out.add(t, hz, value);
        }
    }

    /// What a search works in: one for each thread.
    private final class Work {
        private final TaperedCorrelation.Scratch scratch = correlation.new Scratch();
        private final double[] even = new double[HalfLags.ZERO + maxLag + 2 + HalfLags.REACH];
        private final double[] half = new double[maxLag + 1];
        private final double[] bound = new double[maxLag + 1];
    }
}
