package dev.parallax.corpus.spoken;

import dev.parallax.io.Choice;
import dev.parallax.random.RandomStream;

/// The tone of voice: how far its prosody is from the same speaker's neutral one, on average. The directions are
/// those that studies of acted and of natural speech agree on; the sizes are ours.
///
/// Sources: Juslin, Laukka, "Communication of emotions in vocal expression and music performance", Psychological
/// Bulletin 129 (2003), for anger, joy (happiness) and sadness; Scherer, "Vocal communication of emotion", Speech
/// Communication 40 (2003); for irony (slow, low): Rockwell, "Lower, slower, louder: vocal cues of sarcasm",
/// Journal of Psycholinguistic Research 29 (2000).
public enum Tone implements Choice {
    NEUTRAL(0, 0, 0, 0, 0),
    ANGER(2.5, 0.3, 0.20, 0, 5),
    JOY(4, 0.6, 0.05, 0, 3),
    SADNESS(-1.5, -0.7, -0.20, 50, -5),
    SURPRISE(6, 0.9, -0.05, 10, 2),
    IRONY(-1, 0.7, -0.30, 35, 1);

    private static final double PITCH_DEVIATION = 1.2;
    private static final double RANGE_DEVIATION = 0.22;
    private static final double RATE_DEVIATION = 0.06;
    private static final double PAUSE_DEVIATION = 12;
    private static final double GAIN_DEVIATION = 1.5;

    private final double pitch;
    private final double range;
    private final double rate;
    private final double pause;
    private final double gain;

    Tone(double pitch, double range, double rate, double pause, double gain) {
        this.pitch = pitch;
        this.range = range;
        this.rate = rate;
        this.pause = pause;
        this.gain = gain;
    }

    /// Prosody relative to the speaker's neutral one.
    ///
    /// @param pitch fundamental frequency [semitones]
    /// @param range natural logarithm of the factor on the range of the fundamental frequency
    /// @param rate  natural logarithm of the factor on words per minute
    /// @param pause added between words [ms]
    /// @param gain  level [dB]; a front end that levels recordings does not see it
    record Prosody(double pitch, double range, double rate, double pause, double gain) {}

    /// One utterance's prosody: normal around the centre of the tone, with the same deviations for every tone.
    ///
    /// @param strength how far the tones lie apart; 1 is usual, 0 makes all of them neutral
    Prosody draw(double strength, RandomStream random) {
        return new Prosody(
                strength * pitch + PITCH_DEVIATION * random.nextGaussian(),
                strength * range + RANGE_DEVIATION * random.nextGaussian(),
                strength * rate + RATE_DEVIATION * random.nextGaussian(),
                strength * pause + PAUSE_DEVIATION * random.nextGaussian(),
                strength * gain + GAIN_DEVIATION * random.nextGaussian());
    }

    /// The logarithm of the density of a prosody under this tone, but for a constant. The gain is left out, since
    /// features are taken at one level.
    double logDensity(Prosody heard, double strength) {
        return -0.5
                * (squared((heard.pitch - strength * pitch) / PITCH_DEVIATION)
                        + squared((heard.range - strength * range) / RANGE_DEVIATION)
                        + squared((heard.rate - strength * rate) / RATE_DEVIATION)
                        + squared((heard.pause - strength * pause) / PAUSE_DEVIATION));
    }

    private static double squared(double x) {
        return x * x;
    }

    /// The tone that shows an emotion.
    static Tone of(String emotion) {
        return Choice.of(emotion, Tone.class, "spoken corpus: emotion");
    }
}
