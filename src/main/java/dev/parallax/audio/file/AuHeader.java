package dev.parallax.audio.file;

import dev.parallax.BadInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads the header of a Sun or NeXT AU file: six words in big-endian order (`.snd`, offset of the samples, their
/// length, encoding, rate, channels), then a text, then samples. Source: the header `audio/au.h` of NeXTSTEP and
/// SunOS.
final class AuHeader {

    private static final int HEADER_BYTES = 24;

    /// What a writer to a pipe leaves for the length.
    private static final long UNKNOWN_LENGTH = 0xFFFFFFFFL;

    private AuHeader() {}

    /// @param warnings receives a line when the length is missing and the rest of the file is taken instead, and
    ///                 what follows the samples
    /// @throws BadInputException when the file is not what it says, in one line
    static FileContent open(ByteSource source, String name, Consumer<String> warnings) throws IOException {
        if (source.size() < HEADER_BYTES) {
            throw new BadInputException(name + ": truncated: it ends within its header; copy or download it again");
        }
        ByteBuffer words = ChunkBytes.read(source, 0, HEADER_BYTES);
        long offset = words.getInt(4) & 0xFFFFFFFFL;
        long length = words.getInt(8) & 0xFFFFFFFFL;
        long rate = words.getInt(16) & 0xFFFFFFFFL;
        long channels = words.getInt(20) & 0xFFFFFFFFL;
        PcmHeader.checkForm(channels, (double) rate, name);
        SampleFormat format = format(words.getInt(12));
        long rest = source.size() - offset;
        if (offset < HEADER_BYTES) {
            throw new BadInputException(name + ": broken header: its samples begin at byte " + offset + ", within it;"
                    + " convert it: " + FileKind.convert(name));
        }
        if (length == UNKNOWN_LENGTH) {
            warnings.accept(WavHeader.unknownLength(name));
            length = Math.max(0, rest);
        }
        if (length > rest) {
            throw new BadInputException(name + ": truncated: declares " + length + " bytes of samples, "
                    + Math.max(0, rest) + " are there; copy or download it again");
        }
        if (format == null) {
            return new Undecoded("AU with samples of encoding " + words.getInt(12) + " is not read");
        }
        PcmHeader header = PcmHeader.of(format, ByteOrder.BIG_ENDIAN, (int) channels, (int) rate, offset, length, name);
        Trailing.tell(source, offset + length, name, warnings);
        return new PcmFile(source, header);
    }

    private static @Nullable SampleFormat format(int encoding) {
        return switch (encoding) {
            case 1 -> SampleFormat.MU_LAW;
            case 2 -> SampleFormat.PCM_S8;
            case 3 -> SampleFormat.PCM_16;
            case 4 -> SampleFormat.PCM_24;
            case 5 -> SampleFormat.PCM_32;
            case 6 -> SampleFormat.FLOAT_32;
            case 7 -> SampleFormat.FLOAT_64;
            case 27 -> SampleFormat.A_LAW;
            default -> null;
        };
    }
}
