package dev.parallax.audio.file;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// Builds WAV files byte by byte, right and wrong ones, for tests.
final class WavBytes {

    private final ByteArrayOutputStream chunks = new ByteArrayOutputStream();

    /// A chunk as it should be: id, length, body, a pad byte after an odd length.
    WavBytes chunk(String id, byte[] body) {
        return chunk(id, body.length, body);
    }

    /// A chunk that declares another length than it has.
    WavBytes chunk(String id, long declared, byte[] body) {
        chunks.writeBytes(id.getBytes(StandardCharsets.US_ASCII));
        chunks.writeBytes(bytes(4, b -> b.putInt((int) declared)));
        chunks.writeBytes(body);
        if (body.length % 2 == 1) {
            chunks.write(0);
        }
        return this;
    }

    WavBytes fmt(int code, int channels, int rate, int bits) {
        return chunk("fmt ", bytes(16, b -> putFmt(b, code, channels, rate, bits)));
    }

    /// The 40 byte form, whose real format code stands in the sub-format.
    WavBytes extensible(int code, int channels, int rate, int bits, int validBits) {
        return chunk("fmt ", bytes(40, b -> {
            putFmt(b, 0xFFFE, channels, rate, bits);
            b.putShort((short) 22).putShort((short) validBits).putInt(0).putShort((short) code);
        }));
    }

    byte[] riff() {
        return file("RIFF", 4L + chunks.size());
    }

    byte[] file(String magic, long declared) {
        return bytes(
                12 + chunks.size(),
                b -> b.put(magic.getBytes(StandardCharsets.US_ASCII))
                        .putInt((int) declared)
                        .put("WAVE".getBytes(StandardCharsets.US_ASCII))
                        .put(chunks.toByteArray()));
    }

    static byte[] shorts(int... values) {
        return bytes(2 * values.length, b -> {
            for (int value : values) {
                b.putShort((short) value);
            }
        });
    }

    /// `size` bytes, filled in little-endian order.
    static byte[] bytes(int size, Consumer<ByteBuffer> fill) {
        byte[] bytes = new byte[size];
        fill.accept(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
        return bytes;
    }

    private static void putFmt(ByteBuffer out, int code, int channels, int rate, int bits) {
        int frameBytes = channels * ((bits + 7) / 8);
        out.putShort((short) code)
                .putShort((short) channels)
                .putInt(rate)
                .putInt(rate * frameBytes)
                .putShort((short) frameBytes)
                .putShort((short) bits);
    }
}
