package dev.parallax.audio;

import dev.parallax.BadInputException;

/// A recording made louder or softer for training.
///
/// @param probability of a recording to get it, 0 to 1
/// @param minDb       lowest gain [dB]
/// @param maxDb       highest one; drawn uniformly between
public record GainChange(double probability, double minDb, double maxDb) {

    /// Never.
    public static final GainChange NONE = new GainChange(0, -10, 10);

    public GainChange {
        Augmentation.checkProbability("gain", probability);
        if (!(minDb <= maxDb && minDb >= -100 && maxDb <= 100)) {
            throw new BadInputException("augmentation: gain.minDb " + minDb + " and gain.maxDb " + maxDb
                    + " must be -100 <= min <= max <= 100");
        }
    }

    /// y = 10^(db / 20) x; what exceeds full scale is not cut off.
    ///
    /// @param audio not modified
    public static Audio apply(Audio audio, double db) {
        double gain = Math.pow(10, db / 20);
        float[] out = audio.samples().clone();
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) (gain * out[i]);
        }
        return new Audio(out, audio.sampleRate());
    }
}
