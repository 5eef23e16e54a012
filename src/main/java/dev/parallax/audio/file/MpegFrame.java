package dev.parallax.audio.file;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The header of a frame of MPEG audio (MP1, MP2, MP3) or of AAC in ADTS. Files of these kinds have no mark but the
/// frame sync, 11 or 12 ones. Sources: ISO/IEC 11172-3 and 13818-3, 2.4.1.3; ISO/IEC 13818-7, 6.2.
///
/// ```
/// MPEG: sync(11) version(2) layer(2) crc(1) | bitrate(4) rate(2) padding(1) private(1) | ...
/// ADTS: sync(12) id(1) layer(2)=0 crc(1) | profile(2) rate(4) private(1) channels(3) ... | length(13) ...
/// ```
///
/// @param kind  what files of such frames are called
/// @param bytes of the whole frame
/// @param fixed the bits that all frames of a file have in common
record MpegFrame(String kind, int bytes, int fixed) {

    /// Of a header, as far as it is read here.
    static final int HEADER_BYTES = 6;

    /// The longest frame: its length has 13 bits.
    static final int MOST_BYTES = (1 << 13) - 1;

    private static final int[][] RATES = {{11025, 12000, 8000}, {}, {22050, 24000, 16000}, {44100, 48000, 32000}};
    private static final int ADTS_RATES = 13;
    private static final int RESERVED = 1; // version
    private static final int MPEG_1 = 3; // version
    private static final int LAYER_1 = 3;
    private static final int LAYER_3 = 1;
    private static final int FREE = 0; // bitrate
    private static final int BAD = 15; // bitrate

    // kbit/s
    private static final int[] FIRST_1 = {0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448};
    private static final int[] FIRST_2 = {0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384};
    private static final int[] FIRST_3 = {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320};
    private static final int[] SECOND_1 = {0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256};
    private static final int[] SECOND_2_3 = {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160};

    /// Whether the frame, with which a stream begins, is followed by another of the same file.
    ///
    /// Raw samples of 16 bits begin with a frame sync as soon as the first is one of 32 values (-1, -257, ...
    /// -7937). That a second header with the same version, layer and rate stands where the first one says that
    /// its frame ends happens by chance once in some 2^28 streams. A tone whose period divides the frame has it,
    /// too; but there the first four bytes also stand between the two, which they do not in a frame.
    ///
    /// @param start at least [#needed] bytes
    boolean isFollowed(byte[] start) {
        MpegFrame next = at(start, bytes);
        return next != null
                && next.fixed == fixed
                && IntStream.range(1, bytes).noneMatch(i -> Arrays.equals(start, 0, 4, start, i, i + 4));
    }

    /// Bytes of the frame, and of the header behind it.
    int needed() {
        return bytes + HEADER_BYTES;
    }

    /// The frame that begins at a byte, or null where none does.
    ///
    /// @param from at least [#HEADER_BYTES] before the end
    static @Nullable MpegFrame at(byte[] bytes, int from) {
        int head = (bytes[from] & 0xFF) << 24
                | (bytes[from + 1] & 0xFF) << 16
                | (bytes[from + 2] & 0xFF) << 8
                | (bytes[from + 3] & 0xFF);
        if (head >>> 21 != 0x7FF) {
            return null;
        }
        return (head >> 17 & 3) == 0 ? adts(head, bytes[from + 4] & 0xFF, bytes[from + 5] & 0xFF) : mpeg(head);
    }

    private static @Nullable MpegFrame adts(int head, int fifth, int sixth) {
        int length = (head & 3) << 11 | fifth << 3 | sixth >> 5;
        boolean isFrame = head >>> 20 == 0xFFF && (head >> 10 & 15) < ADTS_RATES && length > HEADER_BYTES;
        return isFrame ? new MpegFrame("AAC", length, head & 0xFFFFFDC0) : null;
    }

    private static @Nullable MpegFrame mpeg(int head) {
        int version = head >> 19 & 3;
        int layer = head >> 17 & 3;
        int bitrate = head >> 12 & 15;
        int rate = head >> 10 & 3;
        int padding = head >> 9 & 1;
        if (version == RESERVED || bitrate == FREE || bitrate == BAD || rate == 3) {
            return null;
        }
        int perSecond = 1000 * bitrates(version, layer)[bitrate];
        int hertz = RATES[version][rate];
        int length = layer == LAYER_1
                ? 4 * (12 * perSecond / hertz + padding)
                : (layer == LAYER_3 && version != MPEG_1 ? 72 : 144) * perSecond / hertz + padding;
        return new MpegFrame(layer == LAYER_3 ? "MP3" : "MPEG audio of layer I or II", length, head & 0xFFFE0C00);
    }

    private static int[] bitrates(int version, int layer) {
        boolean isFirst = version == MPEG_1;
        return switch (layer) {
            case LAYER_1 -> isFirst ? FIRST_1 : SECOND_1;
            case LAYER_3 -> isFirst ? FIRST_3 : SECOND_2_3;
            default -> isFirst ? FIRST_2 : SECOND_2_3;
        };
    }
}
