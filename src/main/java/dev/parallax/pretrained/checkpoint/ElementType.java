package dev.parallax.pretrained.checkpoint;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// The type of a tensor's elements, named as safetensors files name it. All are stored little endian.
///
/// Source of the names: https://github.com/huggingface/safetensors, section "Format".
public enum ElementType {
    /// IEEE 754 binary64.
    F64(8),
    /// IEEE 754 binary32.
    F32(4),
    /// IEEE 754 binary16: 5 bits of exponent, 10 of fraction.
    F16(2),
    /// The upper half of a binary32: 8 bits of exponent, 7 of fraction.
    BF16(2),
    F8_E4M3(1),
    F8_E5M2(1),
    I64(8),
    I32(4),
    I16(2),
    I8(1),
    U64(8),
    U32(4),
    U16(2),
    U8(1),
    BOOL(1);

    private static final ValueLayout.OfDouble DOUBLE =
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    /// Bytes per element.
    public int bytes() {
        return bytes;
    }

    /// Whether elements are read as numbers: `F64`, `F32`, `F16` and `BF16`. Tensors of other types are
    /// listed, since files have them (`position_ids`), but no encoder computes with them.
    public boolean isReal() {
        return switch (this) {
            case F64, F32, F16, BF16 -> true;
            default -> false;
        };
    }

    /// Reads `count` elements that lie side by side. `F32`, `F16` and `BF16` are exact, also subnormal
    /// numbers, infinities and NaN; `F64` is rounded to the nearest float.
    ///
    /// @param from  where the first one is [bytes]
    /// @param first where it goes in `out`
    void read(MemorySegment storage, long from, int count, int first, float[] out) {
        switch (this) {
            case F32 -> MemorySegment.copy(storage, FLOAT, from, out, first, count);
            case F16 -> {
                for (int i = 0; i < count; i++) {
                    out[first + i] = Float.float16ToFloat(storage.get(SHORT, from + 2L * i));
                }
            }
            case BF16 -> {
                for (int i = 0; i < count; i++) {
                    out[first + i] = Float.intBitsToFloat(storage.get(SHORT, from + 2L * i) << 16);
                }
            }
            case F64 -> {
                for (int i = 0; i < count; i++) {
                    out[first + i] = (float) storage.get(DOUBLE, from + 8L * i);
                }
            }
            default -> throw new IllegalStateException(this + " is not read as numbers");
        }
    }
}
