package dev.parallax.audio;

import dev.parallax.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;

/// An open recording of which windows are read, so that it may be longer than memory. What it is, its first
/// bytes tell, never its name:
///
/// - WAV (also RF64 and extensible), AIFF, AIFF-C, AU: integers of 8, 16, 24 and 32 bits, floating point of 32
///   and 64, A-law and mu-law
/// - FLAC
///
/// Of any number of channels the mean is taken; tags and pictures are skipped. Compressed files are indexed
/// when they are opened, which reads but does not decode them, and windows are decoded where they are asked
/// for: nothing is held in memory or put on disk.
///
/// A file that is not what it says (truncated, damaged, empty, another format, a git-lfs pointer, NaN among
/// the samples) is refused with one line that says how to mend it. Not for use by several threads at once.
public final class AudioFile implements AutoCloseable {

    /// What is read, in words.
    public static final String FORMATS = "WAV, AIFF, AU, FLAC";

    private final ByteSource source;
    private final String name;
    private final SampleSource samples;

    private AudioFile(ByteSource source, String name, SampleSource samples) {
        this.source = source;
        this.name = name;
        this.samples = samples;
    }

    /// Opens a file and checks its structure against its real size.
    ///
    /// @param warnings told, one line each, what was assumed about the file, and what makes it a poor one
    /// @throws BadInputException when it cannot be read or is not what it says
    public static AudioFile open(Path path, Consumer<String> warnings) {
        String name = path.toString();
        if (!Files.exists(path)) {
            throw new BadInputException(name + ": no such file; check the path");
        }
        if (Files.isDirectory(path)) {
            throw new BadInputException(name + ": a folder, not a recording; name a file in it");
        }
        try {
            return open(ByteSource.open(path), name, warnings);
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    /// As [#open(Path, Consumer)] for bytes in memory.
    ///
    /// @param bytes a whole file, not copied
    /// @param name  what to call it in messages
    public static AudioFile of(byte[] bytes, String name, Consumer<String> warnings) {
        try {
            return open(ByteSource.of(bytes), name, warnings);
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    private static AudioFile open(ByteSource source, String name, Consumer<String> warnings) throws IOException {
        try {
            return new AudioFile(source, name, SampleSource.open(source, name, warnings));
        } catch (IOException | RuntimeException e) {
            source.close();
            throw e;
        }
    }

    /// Number of frames: one sample of each channel makes one frame. At least 1.
    public long frames() {
        return samples.frames();
    }

    /// Frames per second [Hz].
    public int sampleRate() {
        return samples.sampleRate();
    }

    /// Number of channels in the file, at least 1; what is read has always one.
    public int channels() {
        return samples.channels();
    }

    /// Duration in seconds.
    public double seconds() {
        return (double) frames() / sampleRate();
    }

    /// Reads a window, channels averaged: y\[i\] = (1/C) Σ_c x_c\[start + i\].
    ///
    /// @param start first frame, 0 to `frames()`
    /// @param count frames wanted; fewer come back where the file ends earlier
    /// @throws BadInputException when a sample is not finite, or the file cannot be read
    public Audio read(long start, int count) {
        if (start < 0 || start > frames() || count < 0) {
            throw new BadInputException(name + ": frames " + start + " to " + (start + count) + " asked for, it has "
                    + frames() + "; ask for a window within");
        }
        float[] out = new float[(int) Math.min(count, frames() - start)];
        try {
            samples.read(start, out);
        } catch (IOException e) {
            throw unreadable(name, e);
        }
        checkFinite(out, start);
        return new Audio(out, sampleRate());
    }

    /// Reads all of it; a file of more than 2^31 frames has to be read in windows.
    public Audio readAll() {
        if (frames() > Integer.MAX_VALUE - 8) {
            throw new BadInputException(name + ": " + frames() + " frames do not fit into one array; read windows");
        }
        return read(0, (int) frames());
    }

    @Override
    public void close() {
        try {
            source.close();
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    private void checkFinite(float[] x, long start) {
        for (int i = 0; i < x.length; i++) {
            if (!Float.isFinite(x[i])) {
                throw new BadInputException(String.format(
                        Locale.ROOT,
                        "%s: sample %d (at %.3f s) is not a finite number; export it again as 16-bit PCM",
                        name,
                        start + i,
                        (double) (start + i) / sampleRate()));
            }
        }
    }

    private static BadInputException unreadable(String name, IOException e) {
        return new BadInputException(name + ": cannot be read (" + e.getMessage() + "); check disk and rights", e);
    }
}
