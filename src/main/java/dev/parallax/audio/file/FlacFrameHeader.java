package dev.parallax.audio.file;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The header of a FLAC frame (RFC 9639, section 9.1).
///
/// @param number     of the frame, or of its first sample where blocks vary
/// @param varying    whether blocks vary in size
/// @param blockSize  samples per channel
/// @param assignment 0 to 7: one less than the number of channels; 8 left and side, 9 side and right, 10 mid and side
/// @param bits       of a sample, 0 where the stream information says it
/// @param length     bytes of the header
record FlacFrameHeader(long number, boolean varying, int blockSize, int assignment, int bits, int length) {

    private static final int[] BITS = {0, 8, 12, -1, 16, 20, 24, 32};
    private static final int[] CRC_8 = crcTable();

    /// The longest: 4 bytes, a number of 7, a block size of 2, a rate of 2, a checksum.
    static final int MOST_BYTES = 16;

    /// The header at `at`, or null where there is none: wrong marks, reserved values, a wrong checksum.
    ///
    /// @param end the first byte after all frames
    static @Nullable FlacFrameHeader read(ByteCursor bytes, long at, long end) throws IOException {
        if (at + 6 > end || bytes.at(at) != 0xFF || (bytes.at(at + 1) & 0xFE) != 0xF8) {
            return null;
        }
        int[] head = new int[(int) Math.min(MOST_BYTES, end - at)];
        for (int i = 0; i < head.length; i++) {
            head[i] = bytes.at(at + i);
        }
        return parse(head);
    }

    private static @Nullable FlacFrameHeader parse(int[] head) {
        int sizeCode = head[2] >> 4;
        int rateCode = head[2] & 15;
        int assignment = head[3] >> 4;
        int bits = BITS[head[3] >> 1 & 7];
        int numberBytes = numberBytes(head[4]);
        int sizeBytes = sizeCode == 6 ? 1 : sizeCode == 7 ? 2 : 0;
        int rateBytes = rateCode == 12 ? 1 : rateCode == 13 || rateCode == 14 ? 2 : 0;
        int length = 4 + numberBytes + sizeBytes + rateBytes + 1;
        boolean reserved = sizeCode == 0 || rateCode == 15 || assignment > 10 || bits < 0 || (head[3] & 1) != 0;
        if (reserved || numberBytes == 0 || length > head.length || crc8(head, length - 1) != head[length - 1]) {
            return null;
        }
        int blockSize = switch (sizeCode) {
            case 1 -> 192;
            case 2, 3, 4, 5 -> 576 << (sizeCode - 2);
            case 6 -> head[4 + numberBytes] + 1;
            case 7 -> (head[4 + numberBytes] << 8 | head[5 + numberBytes]) + 1;
            default -> 256 << (sizeCode - 8);
        };
        long number = number(head, numberBytes);
        return new FlacFrameHeader(number, (head[1] & 1) != 0, blockSize, assignment, bits, length);
    }

    /// Numbers are coded as UTF-8 codes characters, up to 36 bits; 0 where the first byte begins none.
    private static int numberBytes(int first) {
        int ones = Integer.numberOfLeadingZeros(~(first << 24));
        return ones == 0 ? 1 : ones >= 2 && ones <= 7 ? ones : 0;
    }

    private static long number(int[] head, int bytes) {
        long number = bytes == 1 ? head[4] : head[4] & (0x7F >> bytes);
        for (int i = 1; i < bytes; i++) {
            number = number << 6 | (head[4 + i] & 0x3F);
        }
        return number;
    }

    private static int crc8(int[] bytes, int count) {
        int crc = 0;
        for (int i = 0; i < count; i++) {
            crc = CRC_8[crc ^ bytes[i]];
        }
        return crc;
    }

    /// x^8 + x^2 + x + 1.
    private static int[] crcTable() {
        int[] table = new int[256];
        for (int i = 0; i < 256; i++) {
            int crc = i;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x80) != 0 ? (crc << 1 ^ 0x07) & 0xFF : crc << 1;
            }
            table[i] = crc;
        }
        return table;
    }
}
