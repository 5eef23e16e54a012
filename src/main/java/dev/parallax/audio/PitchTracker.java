package dev.parallax.audio;

import dev.parallax.BadInputException;
import java.util.Arrays;
import org.jtransforms.fft.DoubleFFT_1D;

/// Finds F0 by the autocorrelation method of Boersma (see [Pitch]): in each frame the lags at which the signal
/// looks most like itself are candidates, and the cheapest path through all frames' candidates is F0.
/// Immutable; each call works in arrays of its own.
///
/// ```
/// With x a stretch of three of the longest periods around the middle of a frame, less its mean, w Hann's window and
/// r_a the autocorrelation of a, both by one FFT [1]:
///     r(k) = (r_xw(k) / r_xw(0)) / (r_w(k) / r_w(0))
/// which takes away how the window tapers; for a periodic signal r is 1 at the period. With signal and noise of powers
/// S and N, r at the period is S / (S + N). Candidates are the maxima of r at lags within [1 / maxHz, 1 / minHz]. A
/// maximum may be as sharp as the signal is bright, so r is interpolated half-way between lags by a tapered sinc, and
/// a parabola through three values half a lag apart gives its place and height. Strength of a candidate:
///     r - octaveCost log2(minHz lag),
/// of being unvoiced:
///     voicingThreshold + max(0, 2 - (peak of frame / peak of all) (1 + voicingThreshold) / silenceThreshold).
/// The path maximises the sum of strengths less the costs of moves, which [PitchPath] says.
/// [1] A. V. Oppenheim, R. W. Schafer, Discrete-Time Signal Processing: the transform of |X|^2 is the autocorrelation,
///     linear instead of circular where as many zeros are appended as lags are asked for.
/// ```
public final class PitchTracker {

    /// The strongest candidates of a frame that are kept.
    private static final int CANDIDATES = 14;

    private static final double PERIODS = 3;

    private static final double[] HALF_TAPS = halfTaps(16);

    private final Pitch settings;
    private final int sampleRate;
    private final int length;
    private final int maxLag;
    private final double[] window;
    private final double[] windowCorrelation;
    private final DoubleFFT_1D transform;
    private final int nFft;

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
        this.window = Window.HANN_PERIODIC.weights(length);
        this.nFft = Math.max(2, Integer.highestOneBit(length + maxLag + HALF_TAPS.length) << 1);
        this.transform = new DoubleFFT_1D(nFft);
        this.windowCorrelation = correlationOfWindow();
    }

    private double[] correlationOfWindow() {
        double[] buffer = new double[nFft];
        System.arraycopy(window, 0, buffer, 0, length);
        correlate(buffer);
        double[] out = new double[maxLag + 2 + HALF_TAPS.length];
        for (int k = 0; k < out.length; k++) {
            out[k] = buffer[k] / buffer[0];
        }
        return out;
    }

    /// Finds F0 for the middle of every frame.
    ///
    /// @param x       signal at the tracker's rate, not modified; zero outside
    /// @param framing where the frames are
    public PitchTrack track(float[] x, Framing framing) {
        int frames = framing.frames(x.length);
        PitchPath path = new PitchPath(settings, frames, CANDIDATES, (double) framing.hopLength() / sampleRate);
        double loudest = peak(x);
        double[] buffer = new double[nFft];
        double[] r = new double[maxLag + 2 + HALF_TAPS.length];
        for (int t = 0; t < frames; t++) {
            long start = framing.start(t) + framing.frameLength() / 2 - length / 2;
            double loudness = copy(x, start, buffer);
            double level = loudest == 0 ? 0 : loudness / loudest;
            path.nextFrame(unvoicedStrength(level));
            if (loudness > 0) {
                autocorrelation(buffer, r);
                addCandidates(r, path);
            }
        }
        return path.best();
    }

    private double unvoicedStrength(double level) {
        double threshold = settings.voicingThreshold();
        if (settings.silenceThreshold() == 0) {
            return threshold;
        }
        return threshold + Math.max(0, 2 - level * (1 + threshold) / settings.silenceThreshold());
    }

    private static double peak(float[] x) {
        double mean = 0;
        for (float value : x) {
            mean += value;
        }
        mean /= Math.max(1, x.length);
        double peak = 0;
        for (float value : x) {
            peak = Math.max(peak, Math.abs(value - mean));
        }
        return peak;
    }

    /// Copies a stretch less its mean, tapered, with zeros behind.
    ///
    /// @return the largest magnitude before tapering, of the middle third: one period at the least
    private double copy(float[] x, long start, double[] buffer) {
        int from = Math.clamp(-start, 0, length);
        int to = Math.clamp(x.length - start, from, length);
        double mean = 0;
        for (int i = from; i < to; i++) {
            mean += x[(int) (start + i)];
        }
        mean /= Math.max(1, to - from);
        Arrays.fill(buffer, 0);
        double peak = 0;
        for (int i = from; i < to; i++) {
            double value = x[(int) (start + i)] - mean;
            buffer[i] = value * window[i];
            if (i >= length / 3 && i < length - length / 3) {
                peak = Math.max(peak, Math.abs(value));
            }
        }
        return peak;
    }

    /// Replaces a zero-padded stretch by its autocorrelation.
    private void correlate(double[] buffer) {
        transform.realForward(buffer);
        buffer[0] *= buffer[0];
        buffer[1] *= buffer[1];
        for (int k = 2; k < nFft; k += 2) {
            buffer[k] = buffer[k] * buffer[k] + buffer[k + 1] * buffer[k + 1];
            buffer[k + 1] = 0;
        }
        transform.realInverse(buffer, true);
    }

    private void autocorrelation(double[] buffer, double[] r) {
        correlate(buffer);
        double power = buffer[0];
        for (int k = 0; k < r.length; k++) {
            r[k] = power > 0 ? buffer[k] / power / windowCorrelation[k] : 0;
        }
    }

    /// Every maximum of r within the range, with the top of the parabola through it and its neighbours half a
    /// lag off.
    private void addCandidates(double[] r, PitchPath path) {
        int first = Math.max(1, (int) Math.floor(sampleRate / settings.maxHz()));
        for (int k = first; k <= maxLag; k++) {
            if (r[k] <= 0 || r[k] <= r[k - 1] || r[k] < r[k + 1]) {
                continue;
            }
            double left = between(r, k - 1);
            double right = between(r, k);
            if (left > r[k]) {
                addTop(k - 0.5, r[k - 1], left, r[k], path);
            } else if (right > r[k]) {
                addTop(k + 0.5, r[k], right, r[k + 1], path);
            } else {
                addTop(k, left, r[k], right, path);
            }
        }
    }

    /// r between lags k and k + 1.
    private static double between(double[] r, int k) {
        double sum = 0;
        for (int m = 0; m < HALF_TAPS.length; m++) {
            sum += HALF_TAPS[m] * (r[Math.abs(k - m)] + r[k + 1 + m]);
        }
        return sum;
    }

    /// @param lag   of the middle of three values that are half a lag apart, the middle one the largest
    private void addTop(double lag, double left, double middle, double right, PitchPath path) {
        double slope = (right - left) / 2;
        double bend = 2 * middle - left - right;
        double hz = sampleRate / (lag + (bend > 0 ? 0.5 * slope / bend : 0));
        double value = Math.min(1, middle + (bend > 0 ? slope * slope / (2 * bend) : 0));
        if (hz >= settings.minHz() && hz <= settings.maxHz()) {
            path.candidate(hz, value);
        }
    }

    /// sinc(m + 1/2), tapered by Hann's window: interpolates half-way between samples.
    private static double[] halfTaps(int count) {
        double[] taps = new double[count];
        for (int m = 0; m < count; m++) {
            double at = m + 0.5;
            double sinc = (m % 2 == 0 ? 1 : -1) / (Math.PI * at);
            taps[m] = sinc * (0.5 + 0.5 * Math.cos(Math.PI * at / count));
        }
        return taps;
    }
}
