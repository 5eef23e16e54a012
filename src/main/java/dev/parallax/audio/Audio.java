package dev.parallax.audio;

import dev.parallax.BadInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.function.Consumer;

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

    /// Reads a whole recording from a stream, up to its end; the stream is not closed.
    ///
    /// @param name what to call it in messages
    public static Audio read(InputStream stream, String name, Consumer<String> warnings) {
        try {
            return read(stream.readAllBytes(), name, warnings);
        } catch (IOException e) {
            throw new BadInputException(name + ": cannot be read (" + e.getMessage() + "); send it again", e);
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

    /// Duration in seconds.
    public double seconds() {
        return (double) samples.length / sampleRate;
    }
}
