package dev.parallax.audio.file;

import java.util.Arrays;

/// Where each frame of a compressed file begins, in bytes and in samples: two numbers per frame, one or two
/// megabytes per hour.
final class FrameIndex {

    private long[] offsets = new long[1024];
    private long[] ends = new long[1024];
    private int count;
    private long endOffset;

    /// Adds the next frame.
    ///
    /// @param offset its first byte
    /// @param end    the first sample after it
    void add(long offset, long end) {
        if (count == offsets.length) {
            offsets = Arrays.copyOf(offsets, 2 * count);
            ends = Arrays.copyOf(ends, 2 * count);
        }
        offsets[count] = offset;
        ends[count] = end;
        count++;
    }

    /// Says where the last frame ends.
    void end(long offset) {
        endOffset = offset;
    }

    int count() {
        return count;
    }

    /// Samples of all frames.
    long samples() {
        return count == 0 ? 0 : ends[count - 1];
    }

    /// First byte of frame `i`.
    long offset(int i) {
        return offsets[i];
    }

    /// Bytes of frame `i`.
    long length(int i) {
        return (i + 1 == count ? endOffset : offsets[i + 1]) - offsets[i];
    }

    /// First sample of frame `i`; for the index after the last frame, the number of samples.
    long start(int i) {
        return i == 0 ? 0 : ends[i - 1];
    }

    /// The frame that holds a sample, 0 <= sample < samples().
    int containing(long sample) {
        int place = Arrays.binarySearch(ends, 0, count, sample);
        // ends[i] == sample: the sample is the first of the next; frames without samples are skipped
        int i = place >= 0 ? place + 1 : -place - 1;
        while (ends[i] <= sample) {
            i++;
        }
        return i;
    }
}
