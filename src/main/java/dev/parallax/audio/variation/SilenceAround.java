package dev.parallax.audio.variation;

import dev.parallax.BadInputException;
import dev.parallax.audio.Audio;
import dev.parallax.random.RandomStream;

/// Silence before and after a recording, for training: files begin and end where somebody pressed a button, not
/// where speech does. It is zeros, as an editor or an encoder puts there, or faint noise, as a microphone records in
/// an empty room. Pauses within the recording stay as they are.
///
/// @param probability that a recording gets it, 0 to 1
/// @param maxSeconds  longest silence on each side [s]; each is drawn uniformly from 0 on
/// @param zeros       share of the recordings whose silence is zeros, 0 to 1; that of the others is noise, white or
///                    pink
/// @param minDb       lowest level of the noise, its rms [dB, full scale = 0]
/// @param maxDb       highest one; drawn uniformly between
public record SilenceAround(double probability, double maxSeconds, double zeros, double minDb, double maxDb) {

    /// Never.
    public static final SilenceAround NONE = new SilenceAround(0, 2, 0.5, -90, -50);

    public SilenceAround {
        StepProbability.check("silence", probability);
        if (!(maxSeconds >= 0 && maxSeconds <= 60)) {
            throw new BadInputException("augmentation: silence.maxSeconds is " + maxSeconds + ", must be in [0, 60]");
        }
        if (!(zeros >= 0 && zeros <= 1)) {
            throw new BadInputException("augmentation: silence.zeros is " + zeros + ", must be in [0, 1]");
        }
        if (!(minDb <= maxDb && minDb >= -150 && maxDb <= 0)) {
            throw new BadInputException("augmentation: silence.minDb " + minDb + " and silence.maxDb " + maxDb
                    + " must be -150 <= min <= max <= 0");
        }
    }

    /// How much silence one recording gets, and which.
    ///
    /// @param before [s]
    /// @param after  [s]
    /// @param zeros  whether it is digital silence
    /// @param color  of the noise, if it is noise
    /// @param db     rms of the noise [dB, full scale = 0]
    record Amount(double before, double after, boolean zeros, AddedNoise.Color color, double db) {}

    /// Draws the silence of one recording.
    Amount draw(RandomStream random) {
        double before = random.uniform(0, maxSeconds);
        double after = random.uniform(0, maxSeconds);
        boolean isZeros = random.nextDouble() < zeros;
        AddedNoise.Color[] colors = AddedNoise.Color.values();
        AddedNoise.Color color = colors[random.nextInt(colors.length)];
        return new Amount(before, after, isZeros, color, random.uniform(minDb, maxDb));
    }

    /// Puts silence around a recording, whose own samples stay as they are.
    ///
    /// @param audio  not modified
    /// @param random drawn from for every sample of noise
    static Audio apply(Audio audio, Amount amount, RandomStream random) {
        int rate = audio.sampleRate();
        float[] x = audio.samples();
        int before = (int) Math.round(amount.before() * rate);
        int after = (int) Math.round(amount.after() * rate);
        float[] out = new float[before + x.length + after];
        System.arraycopy(x, 0, out, before, x.length);
        if (!amount.zeros()) {
            double[] noise = AddedNoise.samples(amount.color(), before + after, rate, random);
            double energy = 0;
            for (double value : noise) {
                energy += value * value;
            }
            double gain = energy == 0 ? 0 : Math.pow(10, amount.db() / 20) / Math.sqrt(energy / noise.length);
            for (int i = 0; i < noise.length; i++) {
                out[i < before ? i : x.length + i] = (float) (gain * noise[i]);
            }
        }
        return new Audio(out, rate);
    }
}
