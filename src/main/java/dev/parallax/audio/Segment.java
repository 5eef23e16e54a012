package dev.parallax.audio;

import dev.parallax.BadInputException;

/// A stretch of a recording.
///
/// @param start  first sample, from 0
/// @param length number of samples, at least 0
public record Segment(long start, long length) {

    public Segment {
        if (start < 0 || length < 0) {
            throw new BadInputException("segment: starts at sample " + start + " and has " + length
                    + ", must start at 0 or later and have 0 or more");
        }
    }

    /// The first sample after it.
    public long end() {
        return start + length;
    }
}
