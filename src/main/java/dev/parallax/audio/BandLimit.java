package dev.parallax.audio;

import dev.parallax.BadInputException;
import java.util.Arrays;

/// A recording without its high frequencies for training, as over a telephone.
///
/// @param probability of a recording to get it, 0 to 1
/// @param sampleRate  the rate it goes through [Hz]; nothing above half of it is left
public record BandLimit(double probability, int sampleRate) {

    /// Never.
    public static final BandLimit NONE = new BandLimit(0, 8000);

    public BandLimit {
        Augmentation.checkProbability("bandLimit", probability);
        if (sampleRate < 1000) {
            throw new BadInputException(
                    "augmentation: bandLimit.sampleRate is " + sampleRate + " Hz, must be at least 1000");
        }
    }

    /// Resamples to a lower rate and back: a low-pass filter with the edges of [Resampler]. A recording at
    /// that rate or a lower one stays as it is.
    ///
    /// @param audio not modified
    /// @return as many samples at the same rate
    public static Audio apply(Audio audio, int sampleRate) {
        int rate = audio.sampleRate();
        if (rate <= sampleRate) {
            return audio;
        }
        float[] low = Resampler.resample(audio.samples(), rate, sampleRate);
        float[] back = Resampler.resample(low, sampleRate, rate);
        return new Audio(Arrays.copyOf(back, audio.samples().length), rate);
    }
}
