package dev.parallax.audio.variation;

import dev.parallax.BadInputException;
import dev.parallax.audio.Audio;
import dev.parallax.audio.Resampler;

/// A recording played faster or slower for training: tempo, pitch and formants move together, as if a smaller or
/// larger person had spoken. Source: T. Ko, V. Peddinti, D. Povey, S. Khudanpur, "Audio augmentation for speech
/// recognition", INTERSPEECH 2015, who take 0.9, 1 and 1.1.
///
/// @param probability that a recording gets it, 0 to 1
/// @param minFactor   lowest factor on the speed
/// @param maxFactor   highest one; drawn uniformly between, in hundredths
public record SpeedChange(double probability, double minFactor, double maxFactor) {

    /// Never.
    public static final SpeedChange NONE = new SpeedChange(0, 0.9, 1.1);

    public SpeedChange {
        StepProbability.check("speed", probability);
        if (!(minFactor >= 0.25 && minFactor <= maxFactor && maxFactor <= 4)) {
            throw new BadInputException("augmentation: speed.minFactor " + minFactor + " and speed.maxFactor "
                    + maxFactor + " must be 0.25 <= min <= max <= 4");
        }
    }

    /// Plays faster by a factor: y(t) = x(factor t), by band-limited interpolation (see [Resampler]). The duration
    /// is divided by the factor.
    ///
    /// @param audio  not modified
    /// @param factor rounded to hundredths, 0.25 to 4
    public static Audio apply(Audio audio, double factor) {
        int hundredths = (int) Math.round(100 * factor);
        if (hundredths < 25 || hundredths > 400) {
            throw new BadInputException("augmentation: a speed factor of " + factor + " must be in [0.25, 4]");
        }
        // as if recorded at `hundredths` Hz and wanted at 100 Hz: only the ratio counts
        return new Audio(Resampler.of(hundredths, 100).resample(audio.samples()), audio.sampleRate());
    }
}
