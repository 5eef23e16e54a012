package dev.parallax.audio;

import dev.parallax.BadInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// Reads the header of an AIFF or AIFF-C file: chunks in big-endian order, COMM with the form, SSND with the
/// samples; all others are skipped. Sources: Apple, "Audio Interchange File Format: AIFF", version 1.3, 1989,
/// and "AIFF-C", 1991.
final class AiffHeader {

    /// Kind and length of a chunk.
    private static final int CHUNK_HEADER = 8;

    /// Offset and block size, before the samples of SSND.
    private static final int SSND_HEADER = 8;

    private AiffHeader() {}

    /// The form that COMM tells.
    private record Common(SampleFormat format, ByteOrder order, int channels, int sampleRate, long frames) {}

    /// Reads the chunks up to the samples.
    ///
    /// @throws BadInputException when the file is not what it says, in one line
    static PcmHeader read(ByteSource source, String name) throws IOException {
        boolean compressed = ChunkBytes.id(ChunkBytes.read(source, 0, 12), 8).equals("AIFC");
        Common common = null;
        long samplesAt = -1;
        long samplesLength = 0;
        for (long at = 12; at + CHUNK_HEADER <= source.size() && (common == null || samplesAt < 0); ) {
            ByteBuffer chunk = ChunkBytes.read(source, at, CHUNK_HEADER);
            long length = chunk.getInt(4) & 0xFFFFFFFFL;
            long body = at + CHUNK_HEADER;
            String id = ChunkBytes.id(chunk, 0);
            if (body + length > source.size()) {
                throw new BadInputException(name + ": truncated: its chunk \"" + id + "\" declares " + length
                        + " bytes, " + (source.size() - body) + " are there; copy or download it again");
            }
            if (id.equals("COMM")) {
                common = common(ChunkBytes.read(source, body, (int) Math.min(length, 22)), compressed, name);
            } else if (id.equals("SSND") && length >= SSND_HEADER) {
                long skipped = ChunkBytes.read(source, body, 4).getInt(0) & 0xFFFFFFFFL;
                samplesAt = body + SSND_HEADER + skipped;
                samplesLength = length - SSND_HEADER - skipped;
            }
            at = body + length + (length & 1);
        }
        return header(common, samplesAt, samplesLength, name);
    }

    private static PcmHeader header(@Nullable Common common, long at, long length, String name) {
        if (common == null || at < 0) {
            throw new BadInputException(name + ": truncated: it ends without its "
                    + (common == null ? "form (COMM)" : "samples (SSND)") + "; copy or download it again");
        }
        long wanted = common.frames * common.format.bytes() * common.channels;
        if (wanted > length) {
            throw new BadInputException(name + ": truncated: declares " + wanted + " bytes of samples, "
                    + Math.max(0, length) + " are there; copy or download it again");
        }
        return PcmHeader.of(common.format, common.order, common.channels, common.sampleRate, at, wanted, name);
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
        ByteOrder order = kind.equals("sowt") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        return new Common(format(kind, bits, name), order, channels, (int) Math.round(rate), frames);
    }

    private static SampleFormat format(String kind, int bits, String name) {
        SampleFormat format = switch (kind) {
            case "NONE", "twos", "sowt" -> SampleFormat.signed((bits + 7) / 8);
            case "raw " -> bits == 8 ? SampleFormat.PCM_8 : null;
            case "fl32", "FL32" -> SampleFormat.FLOAT_32;
            case "fl64", "FL64" -> SampleFormat.FLOAT_64;
            case "ulaw", "ULAW" -> SampleFormat.MU_LAW;
            case "alaw", "ALAW" -> SampleFormat.A_LAW;
            default -> null;
        };
        if (format == null) {
            throw new BadInputException(name + ": AIFF with " + bits + "-bit samples of kind \"" + kind
                    + "\" is not read; convert it: " + FileKind.convert(name));
        }
        return format;
    }

    /// A number of 80 bits: sign, 15 bits of exponent, 64 of mantissa with its leading one written out.
    private static double extended(int signAndExponent, long mantissa) {
        double unsigned = (mantissa >>> 1) * 2.0 + (mantissa & 1);
        return (signAndExponent & 0x8000) != 0 ? -1 : unsigned * Math.pow(2, signAndExponent - 16383 - 63);
    }
}
