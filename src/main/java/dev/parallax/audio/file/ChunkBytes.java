package dev.parallax.audio.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/// Small pieces of a file's structure.
final class ChunkBytes {

    /// Names of chunks that writers of WAV and AIFF use.
    private static final Set<String> KNOWN = Set.of(
            "fmt ", "data", "fact", "LIST", "JUNK", "junk", "PAD ", "FLLR", "bext", "iXML", "axml", "chna", "cue ",
            "smpl", "inst", "PEAK", "id3 ", "ID3 ", "ds64", "COMM", "SSND", "FVER", "MARK", "INST", "NAME", "AUTH",
            "(c) ", "ANNO", "APPL", "CHAN", "COMT", "MIDI", "AESD", "RIFF", "FORM");

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

    /// Where the next chunk begins: chunks of odd length are followed by a padding byte, which some writers forget.
    /// Of the two places, the one where a chunk begins is taken, a known one rather than any.
    ///
    /// @param body   first byte of the chunk after its name and length
    /// @param length of the chunk as it declares it
    static long behind(ByteSource source, long body, long length, ByteOrder order) throws IOException {
        long bare = body + length;
        long padded = bare + (length & 1);
        if (padded == bare || isKnown(source, padded)) {
            return padded;
        }
        boolean forgotten = isKnown(source, bare) || (!begins(source, padded, order) && begins(source, bare, order));
        return forgotten ? bare : padded;
    }

    private static boolean isKnown(ByteSource source, long at) throws IOException {
        return KNOWN.contains(id(readUpTo(source, Math.min(at, source.size()), 4), 0));
    }

    /// Whether a well-formed chunk begins here: four printable characters and a length that fits into the file.
    static boolean begins(ByteSource source, long at, ByteOrder order) throws IOException {
        if (at + 8 > source.size()) {
            return false;
        }
        ByteBuffer chunk = read(source, at, 8).order(order);
        for (int i = 0; i < 4; i++) {
            if (chunk.get(i) < ' ' || chunk.get(i) > '~') {
                return false;
            }
        }
        return at + 8 + (chunk.getInt(4) & 0xFFFFFFFFL) <= source.size();
    }
}
