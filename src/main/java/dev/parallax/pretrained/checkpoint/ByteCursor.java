package dev.parallax.pretrained.checkpoint;

import dev.parallax.BadInputException;
import dev.parallax.io.Utf8;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Reads little-endian numbers, bytes and text one after the other. What would lie beyond the end is
/// refused before anything is allocated.
final class ByteCursor {

    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final MemorySegment bytes;
    private final String where;
    private long position;

    /// @param where what the bytes are, the start of every message
    ByteCursor(MemorySegment bytes, String where) {
        this.bytes = bytes;
        this.where = where;
    }

    String where() {
        return where;
    }

    long position() {
        return position;
    }

    long remaining() {
        return bytes.byteSize() - position;
    }

    /// @throws BadInputException if there is no such position
    void moveTo(long target) {
        if (target < 0 || target > bytes.byteSize()) {
            throw new BadInputException(where + ": points to byte " + Long.toUnsignedString(target) + ", but has only "
                    + bytes.byteSize() + "; it is damaged or cut off, copy it again");
        }
        position = target;
    }

    void skip(long count) {
        take(count);
    }

    int unsigned8() {
        return bytes.get(ValueLayout.JAVA_BYTE, take(1)) & 0xFF;
    }

    int unsigned16() {
        return bytes.get(SHORT, take(2)) & 0xFFFF;
    }

    long unsigned32() {
        return bytes.get(INT, take(4)) & 0xFFFFFFFFL;
    }

    int signed32() {
        return bytes.get(INT, take(4));
    }

    long signed64() {
        return bytes.get(LONG, take(8));
    }

    /// The next `count` bytes, not copied.
    MemorySegment slice(long count) {
        return bytes.asSlice(take(count), count);
    }

    /// A copy of the next bytes.
    byte[] bytes(int count) {
        return slice(count).toArray(ValueLayout.JAVA_BYTE);
    }

    /// The next bytes as UTF-8.
    String text(int count) {
        return Utf8.decode(bytes(count), where);
    }

    /// Moves on, and returns where it was.
    private long take(long count) {
        if (count < 0 || count > remaining()) {
            throw new BadInputException(where + ": ends at byte " + bytes.byteSize() + ", in the middle of "
                    + Long.toUnsignedString(count) + " bytes that begin at " + position
                    + "; it is damaged or cut off, copy it again");
        }
        long from = position;
        position += count;
        return from;
    }
}
