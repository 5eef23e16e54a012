package dev.parallax.audio.file;

import java.io.IOException;

/// The samples of an open file, of which any window can be read. Every format is one of these. Its constructor
/// checks the whole structure of the file against its real size; reading decodes only what is needed.
sealed interface SampleSource extends FileContent permits PcmFile, FlacFile {

    /// Frames per second [Hz].
    int sampleRate();

    /// Samples per frame, one of each channel.
    int channels();

    /// Number of frames, at least 1.
    long frames();

    /// Whether the steps of its samples are those of 8 bits, or larger.
    boolean isCoarse();

    /// Reads a window; full scale is ±1.
    ///
    /// @param start first frame
    /// @param count of frames; `start + count` is at most `frames()`
    /// @param out   [channels, at least `count`], filled from the beginning
    void read(long start, int count, float[][] out) throws IOException;
}
