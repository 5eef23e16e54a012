package dev.parallax.corpus.synthetic;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.audio.Framing;
import dev.parallax.audio.pitch.Pitch;
import dev.parallax.audio.pitch.PitchTrack;
import dev.parallax.audio.pitch.PitchTracker;
import dev.parallax.random.RandomStream;
import org.junit.jupiter.api.Test;

/// F0 found in synthesised voices, against the F0 that they were made with. It stands here because only the
/// synthesiser knows the truth.
class PitchOfVoicesTest {

    private static final int RATE = 16000;
    private static final Framing FRAMING = new Framing(400, 160, Framing.Edges.SNIP);

    /// What the synthesiser sets as F0 at a sample [Hz]; 0 outside of the voice.
    private static double trueHz(SoundDesign score, double sample) {
        int voiced = score.samples() - score.lead() - score.trail();
        double t = (sample - score.lead()) / voiced;
        if (t < 0 || t >= 1) {
            return 0;
        }
        double within = t * score.syllables() % 1;
        double bump = Math.sin(Math.PI * within);
        Prosody prosody = score.prosody();
        double tremor = prosody.tremor() * Math.sin(2 * Math.PI * 9 * t * voiced / RATE);
        double semitones = prosody.pitchAt(t) + prosody.pitchAccent() * (bump - 2 / Math.PI) + 0.12 * tremor;
        return score.voice().pitch() * Math.pow(2, semitones / 12);
    }

    private static float[] noisy(float[] x, double snrDb, int number) {
        double power = 0;
        for (float value : x) {
            power += value * value;
        }
        double deviation = Math.sqrt(power / x.length / Math.pow(10, snrDb / 10));
        RandomStream random = new RandomStream(11, 0, 1, number);
        float[] out = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            out[i] = x[i] + (float) (deviation * random.nextGaussian());
        }
        return out;
    }

    /// Counts of frames well inside the voice.
    ///
    /// @param frames all
    /// @param found  called voiced
    /// @param close  of those, F0 within 2 %
    record Count(int frames, int found, int close) {
        Count plus(Count other) {
            return new Count(frames + other.frames, found + other.found, close + other.close);
        }
    }

    private static Count count(SoundDesign score, double snrDb) {
        float[] x = noisy(new Synthesiser(score, RATE).render(), snrDb, score.number());
        PitchTrack track = new PitchTracker(Pitch.STANDARD, RATE).track(x, FRAMING, 1);
        int frames = 0;
        int found = 0;
        int close = 0;
        for (int t = 0; t < track.frames(); t++) {
            double middle = FRAMING.start(t) + 200;
            if (trueHz(score, middle - 200) == 0 || trueHz(score, middle + 200) == 0) {
                continue;
            }
            frames++;
            double error = track.hz()[t] / trueHz(score, middle) - 1;
            found += track.voiced(t) ? 1 : 0;
            close += Math.abs(error) < 0.02 ? 1 : 0;
        }
        return new Count(frames, found, close);
    }

    private static Count all(double snrDb) {
        SyntheticSettings settings = SyntheticSettings.defaults(1);
        Count sum = new Count(0, 0, 0);
        Symbol[] symbols = {Symbol.NEUTRAL, Symbol.ANGER, Symbol.FEAR, Symbol.JOY, Symbol.SADNESS};
        for (int i = 0; i < 40; i++) {
            Voice voice = Voice.draw(settings.seed(), i);
            sum = sum.plus(count(SoundDesign.draw(settings, i, voice, symbols[i % symbols.length]), snrDb));
        }
        return sum;
    }

    @Test
    void track_voicesAt20Db_isWithinTwoPercentInAtLeast95Percent() {
        Count count = all(20);
        assertTrue(count.found >= 0.95 * count.frames, "voices are missed: " + count);
        assertTrue(count.close >= 0.95 * count.frames, "F0 is wrong: " + count);
    }
}
