package dev.parallax.pretrained.checkpoint;

import dev.parallax.BadInputException;
import java.lang.foreign.MemorySegment;

/// The fields of one protobuf message, one after the other: [#next] reads a field, the other methods say
/// what it is.
///
/// Source of the format: https://protobuf.dev/programming-guides/encoding
final class ProtobufMessage {

    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED_32 = 5;
    private static final int MAX_VARINT = 10; // bytes

    private final ByteCursor in;
    private int number;
    private boolean isBytes;
    private long value;
    private MemorySegment bytes = MemorySegment.NULL;

    ProtobufMessage(MemorySegment message, String where) {
        this.in = new ByteCursor(message, where);
    }

    /// Reads the next field; false at the end.
    boolean next() {
        if (in.remaining() == 0) {
            return false;
        }
        long key = varint(in);
        number = (int) (key >>> 3);
        isBytes = (key & 7) == BYTES;
        switch ((int) key & 7) {
            case VARINT -> value = varint(in);
            case FIXED_64 -> value = in.signed64();
            case FIXED_32 -> value = in.unsigned32();
            case BYTES -> bytes = in.slice(varint(in));
            default ->
                throw new BadInputException(in.where() + ": byte " + in.position() + " is no field of protobuf;"
                        + " it is damaged or no ONNX file");
        }
        return true;
    }

    /// The number of the field that was read.
    int number() {
        return number;
    }

    /// Whether the field has bytes, else it has a number.
    boolean isBytes() {
        return isBytes;
    }

    /// The number in a field.
    long value() {
        if (isBytes) {
            throw wrongKind("a number");
        }
        return value;
    }

    /// The bytes in a field, not copied.
    MemorySegment bytes() {
        if (!isBytes) {
            throw wrongKind("bytes");
        }
        return bytes;
    }

    /// The text in a field.
    ///
    /// @param most bytes
    String text(int most) {
        long length = bytes().byteSize();
        if (length > most) {
            throw new BadInputException(in.where() + ": a name of " + length + " bytes; at most " + most);
        }
        return new ByteCursor(bytes, in.where()).text((int) length);
    }

    private BadInputException wrongKind(String expected) {
        return new BadInputException(in.where() + ": field " + number + " before byte " + in.position() + " has not "
                + expected + "; it is damaged or no ONNX file");
    }

    /// Seven bits per byte, the lowest first; the eighth says that another byte follows.
    static long varint(ByteCursor in) {
        long value = 0;
        for (int i = 0; i < MAX_VARINT; i++) {
            int next = in.unsigned8();
            value |= (next & 0x7FL) << (7 * i);
            if (next < 0x80) {
                return value;
            }
        }
        throw new BadInputException(in.where() + ": a number has more than " + MAX_VARINT + " bytes before byte "
                + in.position() + "; it is damaged or no ONNX file");
    }
}
