package dev.parallax.audio;

import java.nio.ByteBuffer;

/// How one sample is stored in a WAV file: little endian, whole bytes. Full scale of every integer format becomes ±1
/// (the most negative value -1 exactly); fewer valid bits than the container holds are left-justified, so the container
/// alone decides the scale.
enum SampleFormat {
    /// Unsigned, 128 is zero.
    PCM_8(1, 1),
    PCM_16(1, 2),
    PCM_24(1, 3),
    PCM_32(1, 4),
    FLOAT_32(3, 4),
    FLOAT_64(3, 8);

    private final int formatCode;
    private final int bytes;

    SampleFormat(int formatCode, int bytes) {
        this.formatCode = formatCode;
        this.bytes = bytes;
    }

    /// The code in the fmt chunk: 1 for integers, 3 for floating point.
    int formatCode() {
        return formatCode;
    }

    /// Bytes a sample.
    int bytes() {
        return bytes;
    }

    /// The sample whose first byte is at `at`, full scale ±1.
    float decode(ByteBuffer data, int at) {
        return switch (this) {
            case PCM_8 -> ((data.get(at) & 0xFF) - 128) * 0x1p-7f;
            case PCM_16 -> data.getShort(at) * 0x1p-15f;
            case PCM_24 -> ((data.get(at) & 0xFF) | (data.get(at + 1) & 0xFF) << 8 | data.get(at + 2) << 16) * 0x1p-23f;
            case PCM_32 -> data.getInt(at) * 0x1p-31f;
            case FLOAT_32 -> data.getFloat(at);
            case FLOAT_64 -> (float) data.getDouble(at);
        };
    }
}
