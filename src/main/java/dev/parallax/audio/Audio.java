package dev.parallax.audio;

import dev.parallax.BadInputException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// One channel of sound: samples in [-1, 1] (louder ones are kept as they are) at a sample rate. The samples are
/// copied and checked when it is made: who fills the array anew changes nothing.
public final class Audio {

    private final float[] samples;
    private final int sampleRate;
    private final List<String> doubts;

    /// @param samples    one channel, full scale is ±1, each a finite number
    /// @param sampleRate samples per second `[Hz]`, at least 1
    /// @throws BadInputException when the rate is less, or a sample is infinite or not a number: one line
    ///     that says which
    public Audio(float[] samples, int sampleRate) {
        this(Objects.requireNonNull(samples, "samples").clone(), sampleRate, List.of());
        for (int i = 0; i < samples.length; i++) {
            if (!Float.isFinite(this.samples[i])) {
                throw new BadInputException(String.format(
                        Locale.ROOT,
                        "audio: sample %d (at %.3f s) is %s, must be a finite number; mend what made it",
                        i,
                        (double) i / sampleRate,
                        this.samples[i]));
            }
        }
    }

    /// Makes a sound of samples that are known to be finite, without a copy: do not modify them afterwards.
    public Audio(float[] samples, int sampleRate, List<String> doubts) {
        Objects.requireNonNull(samples, "samples");
        Objects.requireNonNull(doubts, "doubts");
        if (sampleRate < 1) {
            throw new BadInputException("audio: sample rate is " + sampleRate + " Hz, must be at least 1");
        }
        this.samples = samples;
        this.sampleRate = sampleRate;
        this.doubts = List.copyOf(doubts);
    }

    /// The samples themselves, not a copy: do not modify.
    public float[] samples() {
        return samples;
    }

    /// Samples per second `[Hz]`.
    public int sampleRate() {
        return sampleRate;
    }

    /// What about the recording makes any answer about it unreliable, one line each; nearly always empty. Readers
    /// of files find the doubts.
    public List<String> doubts() {
        return doubts;
    }

    /// A part of it, copied, with the doubts of the whole.
    ///
    /// @param start first sample
    /// @param count number of samples; `start + count` is at most their number
    /// @throws BadInputException when the part does not lie within
    public Audio part(int start, int count) {
        if (start < 0 || count < 0 || start > samples.length - count) {
            throw new BadInputException("audio: samples " + start + " to " + ((long) start + count - 1)
                    + " asked for, it has " + samples.length + "; ask for a part within");
        }
        return new Audio(Arrays.copyOfRange(samples, start, start + count), sampleRate, doubts);
    }

    /// Duration in seconds.
    public double seconds() {
        return (double) samples.length / sampleRate;
    }
}
