package dev.parallax.audio.variation;

import dev.parallax.BadInputException;
import dev.parallax.audio.Audio;
import dev.parallax.audio.Resampler;
import dev.parallax.random.RandomStream;
import java.util.Arrays;

/// A recording without its high frequencies for training, as over a telephone, a headset or a lossy codec. The rate
/// that it goes through is drawn in steps of 1 kHz from the lowest one on.
///
/// @param probability   that a recording gets it, 0 to 1
/// @param minSampleRate the lowest rate that it goes through [Hz]; nothing above half of it is left
/// @param maxSampleRate the highest one, at least as high
public record BandLimit(double probability, int minSampleRate, int maxSampleRate) {

    /// Never.
    public static final BandLimit NONE = new BandLimit(0, 8000, 8000);

    private static final int STEP = 1000; // round ratios of rates make small tables

    public BandLimit {
        StepProbability.check("bandLimit", probability);
        if (minSampleRate < 1000 || maxSampleRate < minSampleRate) {
            throw new BadInputException("augmentation: bandLimit.minSampleRate " + minSampleRate
                    + " Hz and bandLimit.maxSampleRate " + maxSampleRate + " Hz must be 1000 <= min <= max");
        }
    }

    /// A rate between both.
    int draw(RandomStream random) {
        return minSampleRate + STEP * random.nextInt((maxSampleRate - minSampleRate) / STEP + 1);
    }

    /// Resamples to a lower rate and back: a low-pass filter with the edges of [Resampler]. A recording at that
    /// rate or a lower one stays as it is.
    ///
    /// @param audio not modified
    /// @return as many samples at the same rate
    public static Audio apply(Audio audio, int sampleRate) {
        int rate = audio.sampleRate();
        if (rate <= sampleRate) {
            return audio;
        }
        float[] low = Resampler.of(rate, sampleRate).resample(audio.samples());
        float[] back = Resampler.of(sampleRate, rate).resample(low);
        return new Audio(Arrays.copyOf(back, audio.samples().length), rate);
    }
}
