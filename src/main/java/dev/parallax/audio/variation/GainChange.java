package dev.parallax.audio.variation;

import dev.parallax.BadInputException;
import dev.parallax.audio.Audio;

/// A recording made louder or softer for training: other distances, other microphones.
///
/// @param probability that a recording gets it, 0 to 1
/// @param minDb       lowest gain [dB]
/// @param maxDb       highest one; drawn uniformly between
public record GainChange(double probability, double minDb, double maxDb) {

    /// Never.
    public static final GainChange NONE = new GainChange(0, -30, 6);

    public GainChange {
        StepProbability.check("gain", probability);
        if (!(minDb <= maxDb && minDb >= -100 && maxDb <= 100)) {
            throw new BadInputException("augmentation: gain.minDb " + minDb + " and gain.maxDb " + maxDb
                    + " must be -100 <= min <= max <= 100");
        }
    }

    /// y = min(10^(db / 20), max(1, 1 / peak)) x: nothing is cut off, so no recording is made louder than full scale.
    ///
    /// @param audio not modified
    public static Audio apply(Audio audio, double db) {
        double peak = 0;
        for (float x : audio.samples()) {
            peak = Math.max(peak, Math.abs(x));
        }
        double gain = Math.min(Math.pow(10, db / 20), peak > 0 ? Math.max(1, 1 / peak) : 1);
        float[] out = audio.samples().clone();
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) (gain * out[i]);
        }
        return new Audio(out, audio.sampleRate());
    }
}
