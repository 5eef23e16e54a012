package dev.parallax.audio;

import dev.parallax.BadInputException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/// One channel of sound: samples in [-1, 1] (louder ones are kept as they are) at a sample rate.
/// The samples are not copied: whoever makes an `Audio` hands them over.
public final class Audio {

    private final float[] samples;
    private final int sampleRate;
    private final List<String> doubts;

    /// @param samples    one channel, full scale is ±1, each a finite number
    /// @param sampleRate samples per second [Hz], at least 1
    /// @throws BadInputException when a sample is infinite or not a number: one line that says which
    public Audio(float[] samples, int sampleRate) {
        this(samples, sampleRate, List.of());
        int i = firstNotFinite(samples);
        if (i >= 0) {
            throw new BadInputException(String.format(
                    Locale.ROOT,
                    "audio: sample %d (at %.3f s) is %s, must be a finite number; mend what made it",
                    i,
                    (double) i / sampleRate,
                    samples[i]));
        }
    }

    /// Of samples that are known to be finite.
    Audio(float[] samples, int sampleRate, List<String> doubts) {
        if (sampleRate < 1) {
            throw new BadInputException("audio: sample rate is " + sampleRate + " Hz, must be at least 1");
        }
        this.samples = samples;
        this.sampleRate = sampleRate;
        this.doubts = List.copyOf(doubts);
    }

    /// The first sample that is infinite or not a number, or -1.
    static int firstNotFinite(float[] samples) {
        for (int i = 0; i < samples.length; i++) {
            if (!Float.isFinite(samples[i])) {
                return i;
            }
        }
        return -1;
    }

    /// Reads a whole recording, its channels averaged, in any format that [AudioFile] reads; what [AudioFile]
    /// would warn about is accepted.
    ///
    /// @throws BadInputException when it is not what it says: one line
    public static Audio read(Path path) {
        return read(path, warning -> {});
    }

    /// Reads a whole recording, its channels averaged. A long one is better read in windows by [AudioFile].
    ///
    /// @param warnings told, one line each, what was assumed about the file
    /// @throws BadInputException when it is not what it says: one line
    public static Audio read(Path path, Consumer<String> warnings) {
        try (AudioFile file = AudioFile.open(path, warnings)) {
            return file.readAll();
        }
    }

    /// Reads a whole recording that is in memory.
    ///
    /// @param name what to call it in messages
    public static Audio read(byte[] bytes, String name, Consumer<String> warnings) {
        try (AudioFile file = AudioFile.of(bytes, name, warnings)) {
            return file.readAll();
        }
    }

    /// Reads a whole recording from a stream, up to its end; the stream is not closed. What is not decoded here is
    /// refused.
    ///
    /// @param name what to call it in messages
    public static Audio read(InputStream stream, String name, Consumer<String> warnings) {
        try (AudioFile file = AudioFile.of(stream, name, Ffmpeg.NEVER, warnings)) {
            return file.readAll();
        }
    }

    /// The samples themselves, not a copy: do not modify.
    public float[] samples() {
        return samples;
    }

    /// Samples per second [Hz].
    public int sampleRate() {
        return sampleRate;
    }

    /// What about the recording makes any answer about it unreliable, a line each; nearly always empty. Readers of
    /// files find it out: whoever makes an `Audio` of samples knows them.
    public List<String> doubts() {
        return doubts;
    }

    /// A part of it, copied, with the doubts of the whole.
    ///
    /// @param start first sample
    /// @param count of samples; `start + count` is at most their number
    public Audio part(int start, int count) {
        return new Audio(Arrays.copyOfRange(samples, start, start + count), sampleRate, doubts);
    }

    /// Duration in seconds.
    public double seconds() {
        return (double) samples.length / sampleRate;
    }
}
