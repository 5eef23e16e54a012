package dev.parallax.audio.file;

import dev.parallax.BadInputException;
import java.nio.ByteOrder;

/// Where the samples of an uncompressed file are and how they are stored, once its header is checked.
///
/// @param format     how a sample is stored
/// @param order      which byte of a sample comes first
/// @param channels   samples per frame
/// @param sampleRate frames per second [Hz]
/// @param dataOffset byte at which the first frame starts
/// @param frames     number of whole frames, at least 1
record PcmHeader(SampleFormat format, ByteOrder order, int channels, int sampleRate, long dataOffset, long frames) {

    /// Rates outside of this range do not occur in recordings, only in broken headers [Hz].
    static final int MIN_RATE = 1000;

    static final int MAX_RATE = 768_000;

    /// @param name   the file, for messages
    /// @param length bytes of samples that are really there
    static PcmHeader of(
            SampleFormat format, ByteOrder order, int channels, int sampleRate, long offset, long length, String name) {
        long frames = length / ((long) format.bytes() * channels);
        if (frames <= 0) {
            throw new BadInputException(name + ": holds no samples; record it again");
        }
        return new PcmHeader(format, order, channels, sampleRate, offset, frames);
    }

    /// Refuses what no recording has.
    static void checkForm(long channels, double sampleRate, String name) {
        if (channels < 1 || channels > 0xFFFF || !(sampleRate >= MIN_RATE && sampleRate <= MAX_RATE)) {
            String rate = sampleRate == Math.rint(sampleRate) ? Long.toString((long) sampleRate) : "" + sampleRate;
            throw new BadInputException(name + ": broken header: " + channels + " channels at " + rate
                    + " Hz (at least 1 channel and " + MIN_RATE + " to " + MAX_RATE + " Hz); record it again");
        }
    }

    int frameBytes() {
        return format.bytes() * channels;
    }
}
