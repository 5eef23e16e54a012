package dev.parallax.audio.file;

/// Bits of an array, the highest of each byte first. Past the end it throws an IndexOutOfBoundsException.
final class BitReader {

    private final byte[] bytes;
    private long position;

    /// @param from the first byte
    BitReader(byte[] bytes, int from) {
        this.bytes = bytes;
        this.position = 8L * from;
    }

    /// The next bits as an unsigned number.
    ///
    /// @param count 0 to 56
    long read(int count) {
        long value = 0;
        int wanted = count;
        while (wanted > 0) {
            int left = 8 - (int) (position & 7);
            int taken = Math.min(left, wanted);
            int current = bytes[(int) (position >>> 3)] & 0xFF;
            value = value << taken | (current >>> (left - taken) & ((1 << taken) - 1));
            position += taken;
            wanted -= taken;
        }
        return value;
    }

    /// The next bits as a number in two's complement.
    ///
    /// @param count 1 to 56
    long signed(int count) {
        return read(count) << (64 - count) >> (64 - count);
    }

    /// How many bits are 0 before the next 1, which is skipped, too.
    int unary() {
        int zeros = 0;
        while (true) {
            int left = 8 - (int) (position & 7);
            int rest = bytes[(int) (position >>> 3)] & (0xFF >>> (8 - left));
            if (rest != 0) {
                int ahead = left - (32 - Integer.numberOfLeadingZeros(rest));
                position += ahead + 1;
                return zeros + ahead;
            }
            zeros += left;
            position += left;
        }
    }

    /// How many bytes are read, the last in part or whole.
    int bytes() {
        return (int) ((position + 7) >>> 3);
    }
}
