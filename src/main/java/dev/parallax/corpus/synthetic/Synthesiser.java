package dev.parallax.corpus.synthetic;

import dev.parallax.random.RandomStream;

/// A source-filter synthesiser: glottal pulses -> spectral tilt -> gain -> six formants in cascade -> background
/// noise.
///
/// Source: one period's glottal flow is a t² - b t³ while the glottis is open, zero while it is closed; what radiates
/// is its derivative, x (2 - 3x) with x the part of the open phase that has passed, plus breath noise in the open
/// phase. Tilt: one pole p, y = (1-p) x + p y', with gain 1 at 500 Hz. Formant: y = A x + B y' + C y'' with C =
/// -exp(-2π b/fs), B = 2 exp(-π b/fs) cos(2π f/fs), A = 1 - B - C (f centre, b bandwidth [Hz]).
/// Source of all three: Klatt and Klatt, "Analysis, synthesis, and perception of voice quality variations among female
/// and male talkers", J. Acoust. Soc. Am. 87, 1990.
///
/// Filters change every 5 ms. Only `StrictMath` and basic arithmetic touch the samples, so they are the same bits on
/// every machine; they lie on the grid of 16-bit PCM, so writing them to such a file loses nothing.
final class Synthesiser {

    private static final int UPDATES_PER_SECOND = 200;
    private static final int FORMANTS = 6;
    private static final double[] BANDWIDTHS = {60, 90, 130, 200, 250, 300};
    private static final double TILT_HZ = 3000;
    private static final double TILT_PIVOT_HZ = 500;
    private static final double MOST_TILT_DB = 36;
    private static final double TREMOR_HZ = 9;
    private static final double TREMOR_SEMITONES_PER_DB = 0.12;
    private static final double GLIDE = 0.35;
    private static final double VALLEY = 0.15;
    private static final double PCM_SCALE = 32768;

    private final SoundDesign score;
    private final int sampleRate;
    private final RandomStream noise;

    private double phase;
    private double period;
    private double gain;
    private double pole;
    private double tiltGain;
    private double tilted;
    private final double[] a = new double[FORMANTS];
    private final double[] b = new double[FORMANTS];
    private final double[] c = new double[FORMANTS];
    private final double[] before = new double[FORMANTS];
    private final double[] twoBefore = new double[FORMANTS];

    /// For one utterance and one call of [#render()].
    Synthesiser(SoundDesign score, int sampleRate) {
        this.score = score;
        this.sampleRate = sampleRate;
        this.noise = new RandomStream(score.seed(), 0, Streams.NOISE, score.number());
    }

    /// The samples, in [-1, 1), multiples of 2^-15.
    float[] render() {
        double[] voice = new double[score.samples()];
        int voiced = score.samples() - score.lead() - score.trail();
        int hop = sampleRate / UPDATES_PER_SECOND;
        for (int from = 0; from < voiced; from += hop) {
            int to = Math.min(voiced, from + hop);
            double gainAtStart = gain;
            update((from + 0.5 * hop) / voiced);
            for (int i = from; i < to; i++) {
                double smooth = gainAtStart + (gain - gainAtStart) * (i - from) / hop;
                voice[score.lead() + i] = formants(smooth * source());
            }
        }
        return finish(voice);
    }

    /// Scales the voice to its level, adds the background and rounds to 16-bit PCM.
    private float[] finish(double[] voice) {
        double peak = 1e-9;
        for (double sample : voice) {
            peak = Math.max(peak, Math.abs(sample));
        }
        float[] out = new float[voice.length];
        for (int i = 0; i < out.length; i++) {
            double sample = voice[i] * (score.level() / peak) + score.noise() * nextNoise();
            int pcm = (int) Math.rint(sample * PCM_SCALE); // as an integer: the format has no negative zero
            out[i] = (float) (pcm / PCM_SCALE);
        }
        return out;
    }

    private double source() {
        phase += 1 / period;
        if (phase >= 1) {
            phase -= 1;
        }
        double x = phase / score.voice().openQuotient();
        double breath = score.prosody().breath() * nextNoise();
        double pulse = x < 1 ? x * (2 - 3 * x) + breath : 0;
        tilted = (1 - pole) * pulse + pole * tilted;
        return tiltGain * tilted;
    }

    private double formants(double x) {
        double y = x;
        for (int k = 0; k < FORMANTS; k++) {
            y = a[k] * y + b[k] * before[k] + c[k] * twoBefore[k];
            twoBefore[k] = before[k];
            before[k] = y;
        }
        return y;
    }

    /// Uniform in [-1, 1).
    private double nextNoise() {
        return noise.nextInt() * 0x1.0p-31;
    }

    /// Sets source and filters for the moment t in [0, 1] of the voiced part.
    private void update(double t) {
        double now = Math.min(t, 1 - 1e-9) * score.syllables();
        int syllable = (int) now;
        double within = now - syllable;
        double bump = StrictMath.sin(Math.PI * within);
        Prosody prosody = score.prosody();
        double seconds = t * (score.samples() - score.lead() - score.trail()) / sampleRate;
        double tremor = prosody.tremor() * StrictMath.sin(2 * Math.PI * TREMOR_HZ * seconds);

        double semitones =
                prosody.pitchAt(t) + prosody.pitchAccent() * (bump - 2 / Math.PI) + TREMOR_SEMITONES_PER_DB * tremor;
        period = sampleRate / (score.voice().pitch() * StrictMath.pow(2, semitones / 12));
        gain = decibels(prosody.energyAt(t) + tremor) * (VALLEY + (1 - VALLEY) * bump);
        tilt(Math.clamp(score.voice().darkness() - prosody.tiltAt(t), 0, MOST_TILT_DB));
        vowel(syllable, Math.min(1, within / GLIDE));
    }

    /// Sets the pole that attenuates 3 kHz by so many dB against 0 Hz. With g the gain, w the angle of 3 kHz and
    /// u = 1 - g² cos w, v = 1 - g²: |H|² = (1-p)² / (1 - 2p cos w + p²) = g² gives p = (u - sqrt(u² - v²)) / v.
    private void tilt(double attenuationDb) {
        double gainSquared = decibels(-2 * attenuationDb);
        double u = 1 - gainSquared * StrictMath.cos(angle(TILT_HZ));
        double v = 1 - gainSquared;
        pole = v < 1e-9 ? 0 : (u - Math.sqrt(u * u - v * v)) / v;
        double cos = StrictMath.cos(angle(TILT_PIVOT_HZ));
        tiltGain = Math.sqrt(1 - 2 * pole * cos + pole * pole) / (1 - pole);
    }

    /// Sets the formants on the way from the vowel before (0) to that of the syllable (1).
    private void vowel(int syllable, double progress) {
        Vowel to = score.vowel(syllable);
        Vowel from = score.vowel(Math.max(0, syllable - 1));
        for (int k = 0; k < FORMANTS; k++) {
            double hertz = from.formant(k) + progress * (to.formant(k) - from.formant(k));
            double radius = StrictMath.exp(-Math.PI * BANDWIDTHS[k] / sampleRate);
            b[k] = 2 * radius * StrictMath.cos(angle(hertz * score.voice().tractScale()));
            c[k] = -radius * radius;
            a[k] = 1 - b[k] - c[k];
        }
    }

    private double angle(double hertz) {
        return 2 * Math.PI * hertz / sampleRate;
    }

    private static double decibels(double db) {
        return StrictMath.pow(10, db / 20);
    }
}
