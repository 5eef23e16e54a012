package dev.parallax.audio;

import dev.parallax.BadInputException;

/// A long recording as equal windows, as few as are needed for none to be longer than a limit. All have the same
/// number of samples; where the length is no multiple of it, neighbours share a sample.
///
/// @param samples of the whole recording, per channel
/// @param count   number of windows
/// @param length  samples per window
public record EqualWindows(long samples, int count, int length) {

    /// @param samples    of the recording, at least 1
    /// @param sampleRate of the recording `[Hz]`
    /// @param seconds longest duration of a window `[s]`
    public static EqualWindows of(long samples, int sampleRate, double seconds) {
        long longest = Math.max(1, (long) (seconds * sampleRate));
        long count = (samples + longest - 1) / longest;
        if (count < 1 || count > Integer.MAX_VALUE || longest > Integer.MAX_VALUE) {
            throw new BadInputException("audio: " + samples + " samples at " + sampleRate
                    + " Hz cannot be cut into windows of " + seconds + " s; take shorter windows");
        }
        return new EqualWindows(samples, (int) count, (int) ((samples + count - 1) / count));
    }

    /// The first sample of window i, 0 <= i < count.
    public long start(int i) {
        return count == 1 ? 0 : (samples - length) * i / (count - 1);
    }
}
