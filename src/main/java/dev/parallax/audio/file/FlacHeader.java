package dev.parallax.audio.file;

import dev.parallax.BadInputException;
import java.io.IOException;
import java.nio.ByteBuffer;

/// What the stream information of a FLAC file says (RFC 9639, section 8); other metadata is skipped.
///
/// @param sampleRate  frames per second [Hz]
/// @param channels    1 to 8
/// @param bits        of a sample, 4 to 32
/// @param samples     per channel in the whole file, 0 where the writer did not know
/// @param firstFrame  byte at which the first frame begins
record FlacHeader(int sampleRate, int channels, int bits, long samples, long firstFrame) {

    private static final int STREAM_INFO_BYTES = 34;

    static FlacHeader read(ByteSource source, String name) throws IOException {
        long at = 4;
        FlacHeader info = null;
        boolean last = false;
        while (!last) {
            if (at + 4 > source.size()) {
                throw truncated(name);
            }
            int head = ChunkBytes.read(source, at, 4).getInt(0);
            last = head < 0;
            int length = head & 0xFFFFFF;
            if (at + 4 + length > source.size()) {
                throw truncated(name);
            }
            if ((head >>> 24 & 0x7F) == 0 && length >= STREAM_INFO_BYTES) {
                info = parse(ChunkBytes.read(source, at + 4, STREAM_INFO_BYTES));
            }
            at += 4 + length;
        }
        if (info == null) {
            throw new BadInputException(name + ": damaged: FLAC without stream information; copy or download it again");
        }
        PcmHeader.checkForm(info.channels, info.sampleRate, name);
        return new FlacHeader(info.sampleRate, info.channels, info.bits, info.samples, at);
    }

    /// Rate (20 bits), channels - 1 (3), bits - 1 (5), samples (36), behind 10 bytes about the sizes of blocks.
    private static FlacHeader parse(ByteBuffer info) {
        long word = info.getLong(10);
        return new FlacHeader(
                (int) (word >>> 44), (int) (word >>> 41 & 7) + 1, (int) (word >>> 36 & 31) + 1, word & 0xFFFFFFFFFL, 0);
    }

    private static BadInputException truncated(String name) {
        return new BadInputException(name + ": truncated: it ends within its metadata; copy or download it again");
    }
}
