package dev.parallax.audit;

import dev.parallax.audio.Framing;
import dev.parallax.audio.pitch.Pitch;
import dev.parallax.audit.PitchPathFormula.Candidate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The fundamental frequency F0 by its formula: the autocorrelation as a double sum, every maximum of it, and the best
/// path through all of them.
///
/// ```
/// x_t   three of the longest periods around the middle of frame t, less their mean, zero outside of the signal
/// r[k]  = (Σ_i y_i y_{i+k} / Σ y_i²) / (Σ_i w_i w_{i+k} / Σ w_i²),   y = w x_t,   w Hann's window
/// r[k + 1/2] = Σ_{m<16} s(m + 1/2) (r[k-m] + r[k+1+m]),   s(v) = sinc(v) (1/2 + 1/2 cos(πv / 16))
/// A candidate is the top (f, R) of the parabola through the largest of r[k - 1/2], r[k], r[k + 1/2] and what lies
/// half a lag beside it, for each k with r[k-1] < r[k] >= r[k+1]. Its strength is R + octaveCost log2(f / minHz).
/// To be unvoiced has the strength  threshold + max(0, 2 - (peak / peak of all) (1 + threshold) / silence).
/// ```
///
/// Of a frame the 14 strongest candidates count. [PitchPathFormula] chooses among them; [Pitch] has the source.
///
/// @param settings   of the search
/// @param framing    where the frames are
/// @param sampleRate [Hz]
record PitchFormula(Pitch settings, Framing framing, int sampleRate) {

    private static final int CANDIDATES = 14;
    private static final int TAPS = 16; // to either side, of the values between lags

    /// Finds F0 of every frame of a signal.
    PitchPathFormula.Track of(double[] x) {
        int frames = framing.frames(x.length);
        double loudest = peak(x, 0, x.length, mean(x, 0, x.length));
        double[] taper = taper();
        double[] perTaper = correlation(taper);
        List<List<Candidate>> all = new ArrayList<>();
        for (int t = 0; t < frames; t++) {
            int start = (int) framing.start(t) + framing.frameLength() / 2 - taper.length / 2;
            all.add(candidates(x, start, loudest, taper, perTaper));
        }
        return new PitchPathFormula(settings, (double) framing.hopLength() / sampleRate).best(all);
    }

    private double[] taper() {
        double[] w = new double[(int) Math.ceil(3 * sampleRate / settings.minHz())];
        for (int i = 0; i < w.length; i++) {
            w[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / w.length);
        }
        return w;
    }

    private int maxLag() {
        return (int) Math.ceil(sampleRate / settings.minHz()) + 1;
    }

    /// Σ_i y_i y_{i+k} / Σ y_i² for all lags that are looked at.
    private double[] correlation(double[] y) {
        double[] r = new double[maxLag() + 2 + TAPS];
        for (int k = 0; k < r.length; k++) {
            for (int i = 0; i + k < y.length; i++) {
                r[k] += y[i] * y[i + k];
            }
        }
        double power = r[0];
        for (int k = 0; k < r.length; k++) {
            r[k] = power > 0 ? r[k] / power : 0;
        }
        return r;
    }

    private static double mean(double[] x, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += x[i];
        }
        return sum / Math.max(1, to - from);
    }

    private static double peak(double[] x, int from, int to, double mean) {
        double peak = 0;
        for (int i = from; i < to; i++) {
            peak = Math.max(peak, Math.abs(x[i] - mean));
        }
        return peak;
    }

    /// The candidates of the frame whose stretch begins at a sample, to be unvoiced first.
    private List<Candidate> candidates(double[] x, int start, double loudest, double[] taper, double[] perTaper) {
        int length = taper.length;
        int from = Math.clamp(start, 0, x.length); // what of the stretch lies in the signal
        int to = Math.clamp(start + (long) length, from, x.length);
        double mean = mean(x, from, to);
        double peak = peak(x, Math.max(from, start + length / 3), Math.min(to, start + length - length / 3), mean);
        List<Candidate> voiced = new ArrayList<>();
        if (peak > 0) {
            double[] y = new double[length];
            for (int i = from; i < to; i++) {
                y[i - start] = taper[i - start] * (x[i] - mean);
            }
            double[] r = correlation(y);
            for (int k = 0; k < r.length; k++) {
                r[k] /= perTaper[k];
            }
            addMaxima(r, voiced);
        }
        double most = voiced.stream().mapToDouble(Candidate::value).max().orElse(0);
        voiced.sort(Comparator.comparingDouble(candidate -> -candidate.strength()));
        List<Candidate> all = new ArrayList<>();
        all.add(new Candidate(0, Math.max(0, most), unvoiced(loudest == 0 ? 0 : peak / loudest)));
        all.addAll(voiced.subList(0, Math.min(CANDIDATES, voiced.size())));
        return all;
    }

    private double unvoiced(double level) {
        double threshold = settings.voicingThreshold();
        double silence = settings.silenceThreshold();
        return silence == 0 ? threshold : threshold + Math.max(0, 2 - level * (1 + threshold) / silence);
    }

    private void addMaxima(double[] r, List<Candidate> out) {
        for (int k = Math.max(1, (int) (sampleRate / settings.maxHz())); k <= maxLag(); k++) {
            if (r[k] > 0 && r[k] > r[k - 1] && r[k] >= r[k + 1]) {
                double left = between(r, k - 1);
                double right = between(r, k);
                if (left > r[k]) {
                    addTop(k - 0.5, r[k - 1], left, r[k], out);
                } else if (right > r[k]) {
                    addTop(k + 0.5, r[k], right, r[k + 1], out);
                } else {
                    addTop(k, left, r[k], right, out);
                }
            }
        }
    }

    /// r half-way between lag k and the next; r is even.
    private static double between(double[] r, int k) {
        double sum = 0;
        for (int m = 0; m < TAPS; m++) {
            double v = m + 0.5;
            double s = Math.sin(Math.PI * v) / (Math.PI * v) * (0.5 + 0.5 * Math.cos(Math.PI * v / TAPS));
            sum += s * (r[Math.abs(k - m)] + r[k + 1 + m]);
        }
        return sum;
    }

    /// @param lag of the middle of three values half a lag apart
    private void addTop(double lag, double left, double middle, double right, List<Candidate> out) {
        double bend = 2 * middle - left - right;
        double slope = (right - left) / 2;
        double hz = sampleRate / (lag + (bend > 0 ? 0.5 * slope / bend : 0));
        double value = Math.min(1, middle + (bend > 0 ? slope * slope / (2 * bend) : 0));
        if (hz >= settings.minHz() && hz <= settings.maxHz()) {
            out.add(new Candidate(
                    hz, value, value + settings.octaveCost() * PitchPathFormula.log2(hz / settings.minHz())));
        }
    }
}
