package dev.parallax.audit;

import dev.parallax.audio.Framing;
import dev.parallax.audio.features.FeatureConfig;
import dev.parallax.audio.features.Prosody;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// The columns of prosody by their formulas, as [Prosody] names them.
final class ProsodyFormulas {

    private final Framing framing;
    private final Prosody prosody;
    private final PitchFormula pitch;
    private double[] signal = new double[0]; // of the track
    private PitchPathFormula.Track track = new PitchPathFormula.Track(List.of(), List.of());

    ProsodyFormulas(FeatureConfig config) {
        this.framing = config.framing();
        this.prosody = config.prosody();
        this.pitch = new PitchFormula(prosody.pitch(), framing, config.sampleRate());
    }

    /// Hz, 0 for an unvoiced frame; or semitones.
    double[] f0(double[] x) {
        double[] hz = track(x).hz().stream().mapToDouble(Double::doubleValue).toArray();
        return prosody.f0() == Prosody.F0.SEMITONES ? semitones(hz) : hz;
    }

    /// 12 log2(hz / 27.5) of each voiced frame; an unvoiced one is on a line between its voiced neighbours.
    /// Where no frame is voiced, all are in the middle of the range that is searched.
    private double[] semitones(double[] hz) {
        int[] voiced = IntStream.range(0, hz.length).filter(t -> hz[t] > 0).toArray();
        double[] out = new double[hz.length];
        for (int t = 0; t < out.length; t++) {
            int at = t;
            int before = Arrays.stream(voiced).filter(v -> v <= at).max().orElse(-1);
            int behind = Arrays.stream(voiced).filter(v -> v >= at).min().orElse(before);
            before = before < 0 ? behind : before;
            double left = before < 0 ? middle() : semitone(hz[before]);
            double right = behind < 0 ? middle() : semitone(hz[behind]);
            out[t] = before == behind ? left : left + (right - left) * (t - before) / (behind - before);
        }
        return out;
    }

    private double middle() {
        return semitone(Math.sqrt(prosody.pitch().minHz() * prosody.pitch().maxHz()));
    }

    private static double semitone(double hz) {
        return 12 * PitchPathFormula.log2(hz / 27.5);
    }

    double[] voicing(double[] x) {
        return track(x).voicing().stream().mapToDouble(Double::doubleValue).toArray();
    }

    /// The track of a signal, that of the last one kept: two columns are of the same.
    private PitchPathFormula.Track track(double[] x) {
        if (!Arrays.equals(x, signal)) {
            signal = x;
            track = pitch.of(x);
        }
        return track;
    }

    /// √(Σ x² / N) of each frame.
    double[] rms(double[] x) {
        return perFrame(
                x,
                frame -> Math.sqrt(
                        Arrays.stream(frame).map(value -> value * value).sum() / frame.length));
    }

    /// The share of the N - 1 neighbouring pairs of which one is below 0 and the other is not.
    double[] zeroCrossings(double[] x) {
        return perFrame(x, frame -> {
            int crossings = 0;
            for (int i = 1; i < frame.length; i++) {
                crossings += frame[i] < 0 == frame[i - 1] < 0 ? 0 : 1;
            }
            return (double) crossings / (frame.length - 1);
        });
    }

    @FunctionalInterface
    private interface OfFrame {
        double of(double[] frame);
    }

    private double[] perFrame(double[] x, OfFrame formula) {
        double[] out = new double[framing.frames(x.length)];
        for (int t = 0; t < out.length; t++) {
            double[] frame = new double[framing.frameLength()];
            for (int i = 0; i < frame.length; i++) {
                int at = SoundFormulas.place(framing, t, i, x.length);
                frame[i] = at < 0 ? 0 : x[at];
            }
            out[t] = formula.of(frame);
        }
        return out;
    }
}
