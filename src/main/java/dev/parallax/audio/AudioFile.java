package dev.parallax.audio;

import dev.parallax.BadInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;

/// An open WAV file of which windows are read, so that a recording may be longer than memory. Integer samples of 8, 16,
/// 24 and 32 bits and floating point of 32 and 64 are read, of any number of channels; the channels are averaged.
///
/// A file that is not what it says (truncated, empty, another format, a git-lfs pointer, NaN among the samples) is
/// refused with one line that says how to mend it. Not for use by several threads at once.
public final class AudioFile implements AutoCloseable {

    private static final int BLOCK_BYTES = 1 << 18;

    private final ByteSource source;
    private final String name;
    private final WavHeader header;
    private final ByteBuffer block;

    private AudioFile(ByteSource source, String name, WavHeader header) {
        this.source = source;
        this.name = name;
        this.header = header;
        int frameBytes = header.format().bytes() * header.channels();
        int blockFrames = (int) Math.min(header.frames(), Math.max(1, BLOCK_BYTES / frameBytes));
        this.block = ByteBuffer.allocate(blockFrames * frameBytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// Opens a file and checks its header against its real size.
    ///
    /// @param warnings told, one line each, what was assumed about the file
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
    /// @param bytes a whole WAV file, not copied
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
            return new AudioFile(source, name, WavHeader.read(source, name, warnings));
        } catch (IOException | RuntimeException e) {
            source.close();
            throw e;
        }
    }

    /// Number of frames: one sample of each channel makes one frame. At least 1.
    public long frames() {
        return header.frames();
    }

    /// Frames per second [Hz].
    public int sampleRate() {
        return header.sampleRate();
    }

    /// Number of channels in the file, at least 1; what is read has always one.
    public int channels() {
        return header.channels();
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
        float[] samples = new float[(int) Math.min(count, frames() - start)];
        int blockFrames = block.capacity() / frameBytes();
        try {
            for (int done = 0; done < samples.length; done += blockFrames) {
                int frames = Math.min(blockFrames, samples.length - done);
                block.clear().limit(frames * frameBytes());
                source.read(header.dataOffset() + (start + done) * frameBytes(), block);
                decode(frames, samples, done);
            }
        } catch (IOException e) {
            throw unreadable(name, e);
        }
        checkFinite(samples, start);
        return new Audio(samples, sampleRate());
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

    private void decode(int frames, float[] out, int at) {
        SampleFormat format = header.format();
        int channels = header.channels();
        int position = 0;
        for (int i = 0; i < frames; i++) {
            double sum = 0;
            for (int c = 0; c < channels; c++) {
                sum += format.decode(block, position);
                position += format.bytes();
            }
            out[at + i] = (float) (sum / channels);
        }
    }

    private void checkFinite(float[] samples, long start) {
        for (int i = 0; i < samples.length; i++) {
            if (!Float.isFinite(samples[i])) {
                throw new BadInputException(String.format(
                        Locale.ROOT,
                        "%s: sample %d (at %.3f s) is not a finite number; export it again as 16-bit PCM",
                        name,
                        start + i,
                        (double) (start + i) / sampleRate()));
            }
        }
    }

    private int frameBytes() {
        return header.format().bytes() * header.channels();
    }

    private static BadInputException unreadable(String name, IOException e) {
        return new BadInputException(name + ": cannot be read (" + e.getMessage() + "); check disk and rights", e);
    }
}
