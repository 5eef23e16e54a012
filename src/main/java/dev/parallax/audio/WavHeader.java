package dev.parallax.audio;

import dev.parallax.BadInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;

/// Reads the header of a WAV file and checks it against the size that the file really has. Chunks that are not
/// needed are skipped. RIFF and RF64 (EBU Tech 3306) are read; format codes are those of Microsoft's `mmreg.h`.
final class WavHeader {

    /// Writers to a pipe do not know the length and leave 0, 0xFFFFFFFF (ffmpeg) or about 0x7FFFF000 (sox).
    private static final long UNKNOWN_LENGTH = 0x7FFFF000L;

    private static final int FORMAT_EXTENSIBLE = 0xFFFE;

    private WavHeader() {}

    /// Reads the chunks up to the samples.
    ///
    /// @param name     the file, for messages
    /// @param warnings told once when the length is missing and the rest of the file is taken instead
    /// @throws BadInputException when the file is not what it says, in one line
    static PcmHeader read(ByteSource source, String name, Consumer<String> warnings) throws IOException {
        boolean rf64 = id(ChunkBytes.readUpTo(source, 0, 4), 0).equals("RF64");
        Format fmt = null;
        long longDataLength = -1;
        long at = 12;
        while (at + 8 <= source.size()) {
            ByteBuffer chunk = bytes(source, at, 8);
            String id = id(chunk, 0);
            long length = chunk.getInt(4) & 0xFFFFFFFFL;
            long body = at + 8;
            if (id.equals("data")) {
                if (fmt == null) {
                    throw new BadInputException(
                            name + ": no fmt chunk before the samples; convert it: " + FileKind.convert(name));
                }
                long declared = rf64 && length == 0xFFFFFFFFL && longDataLength >= 0 ? longDataLength : length;
                long usable = usableLength(source, body, declared, name, warnings);
                return PcmHeader.of(
                        fmt.sample, ByteOrder.LITTLE_ENDIAN, fmt.channels, fmt.sampleRate, body, usable, name);
            }
            if (body + length > source.size()) {
                throw new BadInputException(name + ": truncated: its chunk \"" + id + "\" declares " + length
                        + " bytes, " + (source.size() - body) + " are there; copy or download it again");
            }
            if (id.equals("fmt ")) {
                fmt = Format.parse(bytes(source, body, (int) Math.min(40, length)), name);
            } else if (id.equals("ds64") && length >= 16) {
                longDataLength = bytes(source, body, 16).getLong(8);
            }
            at = body + length + (length & 1);
        }
        throw new BadInputException(
                name + ": truncated: it ends before any samples (no data chunk); copy or download it again");
    }

    /// How many bytes of samples there are. Fewer than declared is an error, not a shorter recording: half of an
    /// utterance with a whole utterance's label would be learned from in silence.
    private static long usableLength(
            ByteSource source, long offset, long declared, String name, Consumer<String> warnings) throws IOException {
        long rest = source.size() - offset;
        boolean missing = declared == 0 && rest > 0 && !startsChunk(source, offset);
        if (missing || (declared > rest && declared >= UNKNOWN_LENGTH && declared <= 0xFFFFFFFFL)) {
            warnings.accept(name + ": its header does not say how long it is (written to a pipe?); "
                    + "everything after the header is taken as samples");
            return rest;
        }
        if (declared < 0 || declared > rest) {
            throw new BadInputException(name + ": truncated: declares " + declared + " bytes of samples, " + rest
                    + " are there; copy or download it again, or keep what is there: " + FileKind.convert(name));
        }
        return declared;
    }

    /// Whether a well-formed chunk begins here: four printable characters and a length that fits into the file.
    private static boolean startsChunk(ByteSource source, long at) throws IOException {
        if (at + 8 > source.size()) {
            return false;
        }
        ByteBuffer chunk = bytes(source, at, 8);
        for (int i = 0; i < 4; i++) {
            if (chunk.get(i) < ' ' || chunk.get(i) > '~') {
                return false;
            }
        }
        return at + 8 + (chunk.getInt(4) & 0xFFFFFFFFL) <= source.size();
    }

    private static ByteBuffer bytes(ByteSource source, long at, int count) throws IOException {
        return ChunkBytes.read(source, at, count).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static String id(ByteBuffer bytes, int at) {
        return ChunkBytes.id(bytes, at);
    }

    /// The fmt chunk: 16 bytes, or 40 where the format code is "extensible" and the real one stands in the
    /// sub-format.
    private record Format(SampleFormat sample, int channels, int sampleRate) {

        static Format parse(ByteBuffer fmt, String name) {
            if (fmt.limit() < 16) {
                throw new BadInputException(name + ": broken header: its fmt chunk has " + fmt.limit()
                        + " bytes, at least 16 are needed; convert it: " + FileKind.convert(name));
            }
            int code = fmt.getShort(0) & 0xFFFF;
            int channels = fmt.getShort(2) & 0xFFFF;
            long sampleRate = fmt.getInt(4) & 0xFFFFFFFFL;
            int frameBytes = fmt.getShort(12) & 0xFFFF;
            int bits = fmt.getShort(14) & 0xFFFF;
            if (code == FORMAT_EXTENSIBLE && fmt.limit() >= 26) {
                code = fmt.getShort(24) & 0xFFFF;
            }
            PcmHeader.checkForm(channels, (double) sampleRate, name);
            SampleFormat sample = sampleFormat(code, bits, name);
            if (frameBytes != sample.bytes() * channels) {
                throw new BadInputException(name + ": broken header: " + channels + " channels of " + bits
                        + " bits cannot make frames of " + frameBytes + " bytes; convert it: "
                        + FileKind.convert(name));
            }
            return new Format(sample, channels, (int) sampleRate);
        }

        private static SampleFormat sampleFormat(int code, int bits, String name) {
            int bytes = (bits + 7) / 8;
            for (SampleFormat sample : SampleFormat.values()) {
                if (sample.formatCode() == code && sample.bytes() == bytes) {
                    return sample;
                }
            }
            String kind = switch (code) {
                case 1 -> "integers";
                case 2, 0x11 -> "ADPCM";
                case 3 -> "floating point";
                case 6, 7 -> "companded";
                case 0x55 -> "MP3";
                default -> "format " + code;
            };
            throw new BadInputException(name + ": WAV with " + bits + "-bit " + kind
                    + " samples is not read; convert it: " + FileKind.convert(name));
        }
    }
}
