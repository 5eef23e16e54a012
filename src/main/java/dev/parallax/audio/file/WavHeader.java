package dev.parallax.audio.file;

import dev.parallax.BadInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads the header of a WAV file and checks it against the size that the file really has. Chunks that are not
/// needed are skipped. RIFF, RF64 and BW64 (EBU Tech 3306, ITU-R BS.2088) are read.
final class WavHeader {

    /// The files in chunks that are WAV.
    static final List<String> FILE_IDS = List.of("RIFF", "RF64", "BW64");

    /// Writers to a pipe do not know the length and leave 0, 0xFFFFFFFF (ffmpeg) or about 0x7FFFF000 (sox).
    private static final long UNKNOWN_LENGTH = 0x7FFFF000L;

    private static final long IN_DS64 = 0xFFFFFFFFL;

    /// The length of samples that go on to the end.
    static final long ANY_LENGTH = Long.MAX_VALUE;

    private WavHeader() {}

    /// Reads the chunks up to the samples, and looks at what follows them.
    ///
    /// @param name     the file, for messages
    /// @param warnings receives a line when the length is missing and the rest of the file is taken instead, and
    ///                 what follows the recording
    /// @throws BadInputException when the file is not what it says, in one line
    static FileContent open(ByteSource source, String name, Consumer<String> warnings) throws IOException {
        boolean isLong = !ChunkBytes.id(ChunkBytes.readUpTo(source, 0, 4), 0).equals("RIFF");
        WavFormat format = null;
        long longLength = -1;
        long at = 12;
        while (at + 8 <= source.size()) {
            ByteBuffer chunk = bytes(source, at, 8);
            String id = ChunkBytes.id(chunk, 0);
            long length = chunk.getInt(4) & 0xFFFFFFFFL;
            long body = at + 8;
            if (id.equals("data")) {
                long declared = isLong && length == IN_DS64 && longLength > 0 ? longLength : length;
                return samples(source, format, body, declared, name, warnings);
            }
            if (body + length > source.size()) {
                throw new BadInputException(name + ": truncated: its chunk \"" + id + "\" declares " + length
                        + " bytes, " + (source.size() - body) + " are there; copy or download it again");
            }
            if (id.equals("fmt ")) {
                format = WavFormat.parse(bytes(source, body, (int) Math.min(WavFormat.MOST_BYTES, length)), name);
            } else if (id.equals("ds64") && length >= 16) {
                longLength = bytes(source, body, 16).getLong(8);
            }
            at = ChunkBytes.behind(source, body, length, ByteOrder.LITTLE_ENDIAN);
        }
        throw new BadInputException(
                name + ": truncated: it ends before any samples (no data chunk); copy or download it again");
    }

    private static FileContent samples(
            ByteSource source,
            @Nullable WavFormat format,
            long offset,
            long declared,
            String name,
            Consumer<String> warnings)
            throws IOException {
        if (format == null) {
            throw new BadInputException(
                    name + ": no fmt chunk before the samples; convert it: " + FileKind.convert(name));
        }
        long length = usableLength(source, offset, declared, name, warnings);
        FileContent content = format.content(source, offset, length, name);
        Trailing.tell(source, behindAll(source, offset, length), name, warnings);
        return content;
    }

    /// How many bytes of samples there are. Fewer than declared is an error, not a shorter recording: else a model
    /// would be trained on half of an utterance with the label of the whole, without a message.
    private static long usableLength(
            ByteSource source, long offset, long declared, String name, Consumer<String> warnings) throws IOException {
        long rest = source.size() - offset;
        boolean missing = declared == 0
                && rest > 0
                && !ChunkBytes.begins(source, offset, ByteOrder.LITTLE_ENDIAN)
                && FileKind.ofStart(source.from(offset)) == FileKind.OTHER;
        if (missing || (declared > rest && declared >= UNKNOWN_LENGTH && declared <= IN_DS64)) {
            warnings.accept(unknownLength(name));
            return rest;
        }
        if (declared > rest) {
            throw new BadInputException(name + ": truncated: declares " + declared + " bytes of samples, " + rest
                    + " are there; copy or download it again, or keep what is there: " + FileKind.convert(name));
        }
        return declared;
    }

    /// Whether a declared length says that its writer did not know it.
    static boolean isUnknown(long declared) {
        return declared == 0 || declared >= UNKNOWN_LENGTH;
    }

    /// What is said where the rest of the file is taken for samples.
    static String unknownLength(String name) {
        return name + ": its header does not say how long it is (written to a pipe?); "
                + "everything after the header is taken as samples";
    }

    /// Where the chunks of the file end: the length that it declares is often wrong, so all its chunks are read.
    private static long behindAll(ByteSource source, long body, long length) throws IOException {
        long at = ChunkBytes.behind(source, body, length, ByteOrder.LITTLE_ENDIAN);
        while (ChunkBytes.begins(source, at, ByteOrder.LITTLE_ENDIAN)) {
            ByteBuffer chunk = bytes(source, at, 8);
            if (FILE_IDS.contains(ChunkBytes.id(chunk, 0))) {
                break;
            }
            at = ChunkBytes.behind(source, at + 8, chunk.getInt(4) & 0xFFFFFFFFL, ByteOrder.LITTLE_ENDIAN);
        }
        return at;
    }

    private static ByteBuffer bytes(ByteSource source, long at, int count) throws IOException {
        return ChunkBytes.read(source, at, count).order(ByteOrder.LITTLE_ENDIAN);
    }
}
