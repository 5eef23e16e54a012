package dev.parallax.audio;

import java.io.IOException;
import java.util.function.Consumer;

/// The samples of an open file, of which any window can be had. Every format is one of these; its constructor
/// checks the whole structure of the file against its real size, reading decodes no more than is asked for.
sealed interface SampleSource permits PcmFile, FlacFile {

    /// Frames per second [Hz].
    int sampleRate();

    /// Samples of a frame.
    int channels();

    /// Number of frames, at least 1.
    long frames();

    /// Whether the steps of its samples are those of 8 bits, or larger.
    boolean isCoarse();

    /// Reads a window, channels averaged; full scale is ±1.
    ///
    /// @param start first frame; `start + out.length` is at most `frames()`
    /// @param out   filled
    void read(long start, float[] out) throws IOException;

    /// Opens what the first bytes say it is.
    ///
    /// @param name     the file, for messages
    /// @param warnings told, one line each, what was assumed about the file, and what makes it a poor one
    /// @throws dev.parallax.BadInputException when it is none of the formats, or is not what it says
    static SampleSource open(ByteSource source, String name, Consumer<String> warnings) throws IOException {
        SampleSource samples = switch (FileKind.of(source, name)) {
            case WAV -> new PcmFile(source, WavHeader.read(source, name, warnings));
            case AIFF -> new PcmFile(source, AiffHeader.read(source, name));
            case AU -> new PcmFile(source, AuHeader.read(source, name, warnings));
            case FLAC -> new FlacFile(source, name);
        };
        if (samples.isCoarse()) {
            warnings.accept(
                    name + ": has samples of 8 bits, whose rounding is louder than the pauses of most recordings;"
                            + " a model that was trained on others may well decide otherwise: take 16 bits where they exist");
        }
        return samples;
    }
}
