package dev.parallax.audio.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// How one sample is stored in an uncompressed file: whole bytes, in the order of the buffer. Full scale of every
/// integer format becomes ±1 (the most negative value -1 exactly); fewer valid bits than the container holds are
/// left-justified, so the container alone decides the scale.
enum SampleFormat {
    /// Unsigned, 128 is zero.
    PCM_8(1, 1),
    PCM_16(1, 2),
    PCM_24(1, 3),
    PCM_32(1, 4),
    FLOAT_32(3, 4),
    FLOAT_64(3, 8),
    /// Telephony in Europe: 13 bits squeezed into 8 (ITU-T G.711).
    A_LAW(6, 1),
    /// Telephony in America and Japan: 14 bits squeezed into 8 (ITU-T G.711).
    MU_LAW(7, 1),
    /// Signed, which WAV does not have.
    PCM_S8(-1, 1);

    private final int formatCode;
    private final int bytes;

    SampleFormat(int formatCode, int bytes) {
        this.formatCode = formatCode;
        this.bytes = bytes;
    }

    /// The format of signed integers of so many bytes, null where there is none.
    static @Nullable SampleFormat signed(int bytes) {
        return switch (bytes) {
            case 1 -> PCM_S8;
            case 2 -> PCM_16;
            case 3 -> PCM_24;
            case 4 -> PCM_32;
            default -> null;
        };
    }

    /// The code in the fmt chunk of WAV, -1 where it has none.
    int formatCode() {
        return formatCode;
    }

    /// Bytes per sample.
    int bytes() {
        return bytes;
    }

    /// The sample whose first byte is at `at`, full scale ±1.
    float decode(ByteBuffer data, int at) {
        return switch (this) {
            case PCM_8 -> ((data.get(at) & 0xFF) - 128) * 0x1p-7f;
            case PCM_S8 -> data.get(at) * 0x1p-7f;
            case PCM_16 -> data.getShort(at) * 0x1p-15f;
            case PCM_24 -> pcm24(data, at) * 0x1p-23f;
            case PCM_32 -> data.getInt(at) * 0x1p-31f;
            case FLOAT_32 -> data.getFloat(at);
            case FLOAT_64 -> (float) data.getDouble(at);
            case A_LAW -> aLaw(data.get(at)) * 0x1p-15f;
            case MU_LAW -> muLaw(data.get(at)) * 0x1p-15f;
        };
    }

    private static int pcm24(ByteBuffer data, int at) {
        return data.order() == ByteOrder.LITTLE_ENDIAN
                ? data.get(at + 2) << 16 | (data.get(at + 1) & 0xFF) << 8 | (data.get(at) & 0xFF)
                : data.get(at) << 16 | (data.get(at + 1) & 0xFF) << 8 | (data.get(at + 2) & 0xFF);
    }

    /// Every second bit is inverted; then sign, 3 bits of segment, 4 of the place in it. Scaled to 16 bits.
    private static int aLaw(byte stored) {
        int code = (stored ^ 0x55) & 0xFF;
        int segment = code >> 4 & 7;
        int step = (code & 15) * 2 + 1;
        int magnitude = segment == 0 ? step << 3 : (step + 32) << (segment + 2);
        return (code & 0x80) != 0 ? magnitude : -magnitude;
    }

    /// All bits are inverted; then sign, 3 bits of segment, 4 of the place in it, over a bias of 33. Scaled to 16
    /// bits.
    private static int muLaw(byte stored) {
        int code = ~stored & 0xFF;
        int segment = code >> 4 & 7;
        int magnitude = ((((code & 15) * 2 + 33) << segment) - 33) << 2;
        return (code & 0x80) != 0 ? -magnitude : magnitude;
    }
}
