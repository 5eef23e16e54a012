package dev.parallax.audio.file;

import dev.parallax.BadInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.function.Consumer;

/// Reads the header of a Sony Wave64 file: chunks as in WAV, but their names are GUIDs of 16 bytes. Their lengths
/// have 64 bits and include name and length; they begin at multiples of 8 bytes. Source: Sony Pictures Digital,
/// "Sony Wave64 File Format", 2006.
final class Wave64Header {

    private static final int CHUNK_HEADER = 24;

    /// Name and length of the file, and `wave`.
    private static final int FILE_HEADER = 40;

    private static final String RIFF = "726966662E91CF11A5D628DB04C10000";

    /// What the names `wave`, `fmt ` and `data` end with.
    private static final String TAIL = "F3ACD3118CD100C04F8EDB8A";

    private static final String WAVE = "77617665" + TAIL;
    private static final String FMT = "666D7420" + TAIL;
    private static final String DATA = "64617461" + TAIL;

    private Wave64Header() {}

    /// Whether a file begins like this.
    static boolean begins(ByteSource source) throws IOException {
        return source.size() >= FILE_HEADER
                && name(ChunkBytes.read(source, 0, 16)).equals(RIFF)
                && name(ChunkBytes.read(source, CHUNK_HEADER, 16)).equals(WAVE);
    }

    /// See [WavHeader#open].
    static FileContent open(ByteSource source, String name, Consumer<String> warnings) throws IOException {
        WavFormat format = null;
        long at = FILE_HEADER;
        while (at + CHUNK_HEADER <= source.size()) {
            ByteBuffer chunk = ChunkBytes.read(source, at, CHUNK_HEADER).order(ByteOrder.LITTLE_ENDIAN);
            long body = at + CHUNK_HEADER;
            long rest = source.size() - body;
            long length = chunk.getLong(16) - CHUNK_HEADER;
            boolean isData = name(chunk).equals(DATA);
            if (isData && (length == -CHUNK_HEADER || length > Long.MAX_VALUE / 2) && rest > 0) {
                warnings.accept(WavHeader.unknownLength(name));
                length = rest;
            }
            if (length < 0) {
                throw new BadInputException(name + ": broken header: a chunk declares "
                        + Long.toUnsignedString(chunk.getLong(16)) + " bytes; convert it: " + FileKind.convert(name));
            }
            if (length > rest) {
                throw new BadInputException(name + ": truncated: declares " + length + " bytes, " + rest
                        + " are there; copy or download it again");
            }
            if (isData && format == null) {
                throw new BadInputException(
                        name + ": no fmt chunk before the samples; convert it: " + FileKind.convert(name));
            }
            long next = body + (length + 7) / 8 * 8;
            if (isData && format != null) {
                FileContent content = format.content(source, body, length, name);
                long whole = ChunkBytes.read(source, 16, 8)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .getLong(0);
                Trailing.tell(source, Math.max(next, whole), name, warnings);
                return content;
            }
            if (name(chunk).equals(FMT)) {
                format = WavFormat.parse(
                        ChunkBytes.read(source, body, (int) Math.min(WavFormat.MOST_BYTES, length))
                                .order(ByteOrder.LITTLE_ENDIAN),
                        name);
            }
            at = next;
        }
        throw new BadInputException(
                name + ": truncated: it ends before any samples (no data chunk); copy or download it again");
    }

    private static String name(ByteBuffer chunk) {
        byte[] name = new byte[16];
        chunk.get(0, name);
        return HexFormat.of().withUpperCase().formatHex(name);
    }
}
