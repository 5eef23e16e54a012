package dev.parallax.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Small pieces of a file's structure.
final class ChunkBytes {

    private ChunkBytes() {}

    /// `count` bytes from `at` on, big endian.
    static ByteBuffer read(ByteSource source, long at, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count);
        source.read(at, buffer);
        return buffer;
    }

    /// The same as an array.
    static byte[] array(ByteSource source, long at, int count) throws IOException {
        byte[] bytes = new byte[count];
        source.read(at, ByteBuffer.wrap(bytes));
        return bytes;
    }

    /// As many of `count` bytes as there are.
    static ByteBuffer readUpTo(ByteSource source, long at, int count) throws IOException {
        return read(source, at, Math.clamp(source.size() - at, 0, count));
    }

    /// The four characters at `at`, or an empty text where there are fewer.
    static String id(ByteBuffer bytes, int at) {
        return at + 4 > bytes.limit()
                ? ""
                : StandardCharsets.ISO_8859_1.decode(bytes.slice(at, 4)).toString();
    }
}
