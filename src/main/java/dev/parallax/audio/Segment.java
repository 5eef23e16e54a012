package dev.parallax.audio;

/// A stretch of a recording.
///
/// @param start  first sample
/// @param length number of samples
public record Segment(long start, long length) {

    /// The first sample after it.
    public long end() {
        return start + length;
    }
}
