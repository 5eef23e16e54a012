package dev.parallax.audio.file;

import dev.parallax.BadInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads the header of an AIFF or AIFF-C file: chunks in big-endian order, COMM with the form, SSND with the
/// samples; all others are skipped. Sources: Apple, "Audio Interchange File Format: AIFF", version 1.3, 1989, and
/// "AIFF-C", 1991.
final class AiffHeader {

    /// Kind and length of a chunk.
    private static final int CHUNK_HEADER = 8;

    /// Offset and block size, before the samples of SSND.
    private static final int SSND_HEADER = 8;

    private AiffHeader() {}

    /// Writers to a pipe do not know the length and leave about 0x7F000000 (sox) or nothing (ffmpeg).
    private static final long UNKNOWN_LENGTH = 0x7F000000L;

    /// The format that COMM contains.
    private record Common(String kind, int bits, int channels, int sampleRate, long frames) {

        ByteOrder order() {
            return kind.equals("sowt") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        }

        @Nullable
        SampleFormat format() {
            return switch (kind) {
                case "NONE", "twos", "sowt" -> SampleFormat.signed((bits + 7) / 8);
                case "raw " -> bits == 8 ? SampleFormat.PCM_8 : null;
                case "fl32", "FL32" -> SampleFormat.FLOAT_32;
                case "fl64", "FL64" -> SampleFormat.FLOAT_64;
                case "ulaw", "ULAW" -> SampleFormat.MU_LAW;
                case "alaw", "ALAW" -> SampleFormat.A_LAW;
                default -> null;
            };
        }
    }

    /// Reads the chunks up to the samples, and looks at what follows the file that they make.
    ///
    /// @param warnings receives what was assumed, and what follows
    /// @throws BadInputException when the file is not what it says, in one line
    static FileContent open(ByteSource source, String name, Consumer<String> warnings) throws IOException {
        ByteBuffer form = ChunkBytes.readUpTo(source, 0, 12);
        boolean compressed = ChunkBytes.id(form, 8).equals("AIFC");
        Common common = null;
        long samplesAt = -1;
        long samplesLength = 0;
        boolean isStreamed = false;
        long at = 12;
        while (at + CHUNK_HEADER <= source.size() && (common == null || samplesAt < 0)) {
            ByteBuffer chunk = ChunkBytes.read(source, at, CHUNK_HEADER);
            long length = chunk.getInt(4) & 0xFFFFFFFFL;
            long body = at + CHUNK_HEADER;
            long rest = source.size() - body;
            String id = ChunkBytes.id(chunk, 0);
            if (id.equals("SSND") && isUnknown(length, common, rest)) {
                isStreamed = true;
                length = rest;
            }
            if (length > rest) {
                throw new BadInputException(name + ": truncated: its chunk \"" + id + "\" declares " + length
                        + " bytes, " + rest + " are there; copy or download it again");
            }
            if (id.equals("COMM")) {
                common = common(ChunkBytes.read(source, body, (int) Math.min(length, 22)), compressed, name);
            } else if (id.equals("SSND") && length >= SSND_HEADER) {
                long skipped = ChunkBytes.read(source, body, 4).getInt(0) & 0xFFFFFFFFL;
                samplesAt = body + SSND_HEADER + skipped;
                samplesLength = length - SSND_HEADER - skipped;
            }
            at = ChunkBytes.behind(source, body, length, ByteOrder.BIG_ENDIAN);
        }
        if (common == null || samplesAt < 0) {
            throw new BadInputException(name + ": truncated: it ends without its "
                    + (common == null ? "form (COMM)" : "samples (SSND)") + "; copy or download it again");
        }
        if (isStreamed) {
            warnings.accept(WavHeader.unknownLength(name));
        }
        FileContent content = content(source, common, samplesAt, samplesLength, isStreamed, name);
        Trailing.tell(source, Math.max(at, CHUNK_HEADER + (form.getInt(4) & 0xFFFFFFFFL)), name, warnings);
        return content;
    }

    private static boolean isUnknown(long length, @Nullable Common common, long rest) {
        boolean isMissing = length == 0 && common != null && common.frames == 0 && rest > SSND_HEADER;
        return isMissing || (length > rest && length >= UNKNOWN_LENGTH && rest >= SSND_HEADER);
    }

    private static FileContent content(
            ByteSource source, Common common, long at, long length, boolean isStreamed, String name) {
        SampleFormat format = common.format();
        if (format == null) {
            return new Undecoded(
                    "AIFF with " + common.bits + "-bit samples of kind \"" + common.kind + "\" is not read");
        }
        long wanted = isStreamed ? length : common.frames * format.bytes() * common.channels;
        if (wanted > length) {
            throw new BadInputException(name + ": truncated: declares " + wanted + " bytes of samples, "
                    + Math.max(0, length) + " are there; copy or download it again");
        }
        return new PcmFile(
                source, PcmHeader.of(format, common.order(), common.channels, common.sampleRate, at, wanted, name));
    }

    private static Common common(ByteBuffer comm, boolean compressed, String name) {
        if (comm.limit() < (compressed ? 22 : 18)) {
            throw new BadInputException(name + ": broken header: its COMM chunk has " + comm.limit()
                    + " bytes; convert it: " + FileKind.convert(name));
        }
        int channels = comm.getShort(0) & 0xFFFF;
        long frames = comm.getInt(2) & 0xFFFFFFFFL;
        int bits = comm.getShort(6) & 0xFFFF;
        double rate = extended(comm.getShort(8) & 0xFFFF, comm.getLong(10));
        PcmHeader.checkForm(channels, rate, name);
        String kind = compressed ? ChunkBytes.id(comm, 18) : "NONE";
        return new Common(kind, bits, channels, (int) Math.round(rate), frames);
    }

    /// A number of 80 bits: sign, 15 bits of exponent, 64 of mantissa with its leading one written out.
    private static double extended(int signAndExponent, long mantissa) {
        double unsigned = (mantissa >>> 1) * 2.0 + (mantissa & 1);
        return (signAndExponent & 0x8000) != 0 ? -1 : unsigned * Math.pow(2, signAndExponent - 16383 - 63);
    }
}
