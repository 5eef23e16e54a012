package dev.parallax.corpus.synthetic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.audio.Audio;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// That what the parameters say is in the sound, measured from the waveform and from nothing else.
class SoundTest {

    private static final SyntheticCorpus CORPUS =
            new SyntheticCorpus(SyntheticSettings.defaults(7).withSize(1200).withSynergy(0.5));

    @Test
    void prosody_trueParameters_tellTheSymbol() {
        int right = 0;
        for (Planned planned : CORPUS.plan()) {
            double[] drawn = contours(CORPUS.score(planned).prosody());
            right += nearest(drawn, centres()) == planned.audio() ? 1 : 0;
        }
        assertTrue(
                right >= 0.995 * CORPUS.plan().size(),
                right + " of " + CORPUS.plan().size());
    }

    private static Map<Symbol, double[]> centres() {
        Map<Symbol, double[]> centres = new EnumMap<>(Symbol.class);
        for (Symbol symbol : Symbol.values()) {
            centres.put(symbol, contours(Prosody.centre(symbol)));
        }
        return centres;
    }

    private static double[] contours(Prosody prosody) {
        return new double[] {prosody.energySlope(), prosody.energyArch(), prosody.tiltSlope(), prosody.tiltArch()};
    }

    /// Centroids of loudness and brightness contours, learned from the training speakers, name the symbols of unseen
    /// speakers: what a model needs is audible without the speaker's level or pitch.
    @Test
    void render_unseenSpeakers_contoursFromTheWaveformTellTheSymbol() {
        Map<Symbol, double[]> centroids = new EnumMap<>(Symbol.class);
        for (Symbol symbol : Symbol.values()) {
            List<double[]> measured = CORPUS.plan().stream()
                    .filter(p -> p.split() == Split.TRAIN && p.audio() == symbol)
                    .map(SoundTest::measured)
                    .toList();
            centroids.put(symbol, mean(measured));
        }
        int right = 0;
        int all = 0;
        for (Planned planned : CORPUS.plan()) {
            if (planned.split() == Split.TEST) {
                all++;
                right += nearest(measured(planned), centroids) == planned.audio() ? 1 : 0;
            }
        }
        assertTrue(right >= 0.99 * all, right + " of " + all);
    }

    /// Level in 6 equal parts of time [dB], of the lows (smoothed twice) and of the highs (second differences), each
    /// without its mean over time.
    private static double[] measured(Planned planned) {
        float[] samples = audio(planned).samples();
        int parts = 6;
        double[] low = new double[parts];
        double[] high = new double[parts];
        double smooth = 0;
        double smoother = 0;
        for (int i = 0; i < samples.length; i++) {
            smooth += 0.3 * (samples[i] - smooth);
            smoother += 0.3 * (smooth - smoother);
            double rest = i < 2 ? 0 : samples[i] - 2 * samples[i - 1] + samples[i - 2];
            int part = (int) ((long) i * parts / samples.length);
            low[part] += smoother * smoother;
            high[part] += rest * rest;
        }
        double[] measured = new double[2 * parts];
        centredDb(low, measured, 0);
        centredDb(high, measured, parts);
        return measured;
    }

    private static void centredDb(double[] power, double[] out, int at) {
        double mean = 0;
        for (int i = 0; i < power.length; i++) {
            out[at + i] = 10 * Math.log10(power[i] + 1e-9);
            mean += out[at + i] / power.length;
        }
        for (int i = 0; i < power.length; i++) {
            out[at + i] -= mean;
        }
    }

    /// Fundamental frequency by autocorrelation, in the loud middle of each syllable, follows the drawn contour.
    @Test
    void render_pitchFromTheWaveform_followsTheContour() {
        int checked = 0;
        int close = 0;
        for (Planned planned : CORPUS.plan().subList(0, 150)) {
            SoundDesign score = CORPUS.score(planned);
            Audio audio = audio(planned);
            int voiced = score.samples() - score.lead() - score.trail();
            for (int syllable = 0; syllable < score.syllables(); syllable++) {
                double t = (syllable + 0.5) / score.syllables();
                double accent = score.prosody().pitchAccent() * (1 - 2 / Math.PI);
                double expected =
                        score.voice().pitch() * Math.pow(2, (score.prosody().pitchAt(t) + accent) / 12);
                double found = pitch(audio, score.lead() + (int) (t * voiced));
                checked++;
                close += Math.abs(12 * Math.log(found / expected) / Math.log(2)) < 1 ? 1 : 0;
            }
        }
        assertTrue(checked > 400);
        assertTrue(close > 0.9 * checked, close + " of " + checked);
    }

    /// The frequency whose period has the largest normalised autocorrelation over 40 ms around a sample.
    private static double pitch(Audio audio, int middle) {
        float[] x = audio.samples();
        int half = audio.sampleRate() / 50;
        int best = 0;
        double most = -1;
        for (int lag = audio.sampleRate() / 400; lag <= audio.sampleRate() / 65; lag++) {
            double product = 0;
            double here = 1e-12;
            double there = 1e-12;
            for (int i = Math.max(0, middle - half - lag / 2); i < middle + half - lag / 2; i++) {
                double y = i + lag < x.length ? x[i + lag] : 0;
                product += x[i] * y;
                here += x[i] * x[i];
                there += y * y;
            }
            // a slight preference for short lags: two periods are also a period
            double correlation = product / Math.sqrt(here * there) * (1 - 0.0002 * lag);
            if (correlation > most) {
                most = correlation;
                best = lag;
            }
        }
        return (double) audio.sampleRate() / best;
    }

    @Test
    void render_anyUtterance_lastsAsDrawnAndLiesOnTheGridOf16BitPcm() {
        for (Planned planned : CORPUS.plan().subList(0, 100)) {
            Audio audio = audio(planned);
            assertEquals(CORPUS.score(planned).samples(), audio.samples().length);
            assertTrue(audio.seconds() >= 0.79 && audio.seconds() <= 1.61);
            float peak = 0;
            for (float sample : audio.samples()) {
                assertEquals(Math.rint(sample * 32768.0), sample * 32768.0);
                peak = Math.max(peak, Math.abs(sample));
            }
            assertTrue(peak > 0.25 && peak < 0.95, "peak " + peak);
        }
    }

    private static Audio audio(Planned planned) {
        return Objects.requireNonNull(CORPUS.utterances().get(planned.number()).audio())
                .read();
    }

    private static double[] mean(List<double[]> rows) {
        double[] mean = new double[rows.getFirst().length];
        for (double[] row : rows) {
            Arrays.setAll(mean, i -> mean[i] + row[i] / rows.size());
        }
        return mean;
    }

    private static Symbol nearest(double[] point, Map<Symbol, double[]> centres) {
        Symbol nearest = Symbol.NEUTRAL;
        double least = Double.POSITIVE_INFINITY;
        for (Map.Entry<Symbol, double[]> entry : centres.entrySet()) {
            double distance = 0;
            for (int i = 0; i < point.length; i++) {
                double difference = point[i] - entry.getValue()[i];
                distance += difference * difference;
            }
            if (distance < least) {
                least = distance;
                nearest = entry.getKey();
            }
        }
        return nearest;
    }
}
