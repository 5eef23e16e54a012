package dev.parallax.audio;

import dev.parallax.BadInputException;

/// One channel of sound: samples in [-1, 1] (louder ones are kept as they are) at a sample rate.
/// The samples are not copied: whoever makes an `Audio` hands them over.
public final class Audio {

    private final float[] samples;
    private final int sampleRate;

    /// @param samples    one channel, full scale is ±1
    /// @param sampleRate samples per second [Hz], at least 1
    public Audio(float[] samples, int sampleRate) {
        if (sampleRate < 1) {
            throw new BadInputException("audio: sample rate is " + sampleRate + " Hz, must be at least 1");
        }
        this.samples = samples;
        this.sampleRate = sampleRate;
    }

    /// The samples themselves, not a copy: do not modify.
    public float[] samples() {
        return samples;
    }

    /// Samples per second [Hz].
    public int sampleRate() {
        return sampleRate;
    }

    /// Duration [s].
    public double seconds() {
        return (double) samples.length / sampleRate;
    }
}
