package dev.parallax.audio;

import dev.parallax.BadInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// What the header of a WAV file says, after checking it against the size that the file really has. Chunks that are not
/// needed are skipped. RIFF and RF64 (EBU Tech 3306) are read; format codes are those of Microsoft's `mmreg.h`.
///
/// @param format     how a sample is stored
/// @param channels   samples a frame
/// @param sampleRate frames per second [Hz]
/// @param dataOffset byte at which the first frame starts
/// @param frames     number of whole frames
record WavHeader(SampleFormat format, int channels, int sampleRate, long dataOffset, long frames) {

    /// Rates outside of this range do not occur in recordings, only in broken headers [Hz].
    private static final int MIN_RATE = 1000;

    private static final int MAX_RATE = 768_000;

    /// Writers to a pipe do not know the length and leave 0, 0xFFFFFFFF (ffmpeg) or about 0x7FFFF000 (sox).
    private static final long UNKNOWN_LENGTH = 0x7FFFF000L;

    private static final int FORMAT_EXTENSIBLE = 0xFFFE;

    /// Reads the chunks up to the samples.
    ///
    /// @param name     the file, for messages
    /// @param warnings told once when the length is missing and the rest of the file is taken instead
    /// @throws BadInputException when the file is not what it says, in one line
    static WavHeader read(ByteSource source, String name, Consumer<String> warnings) throws IOException {
        byte[] first = new byte[(int) Math.min(16, source.size())];
        ByteBuffer start = ByteBuffer.wrap(first);
        source.read(0, start);
        if (first.length == 0) {
            throw new BadInputException(name + ": empty, 0 bytes; copy or download it again");
        }
        boolean rf64 = id(start, 0).equals("RF64");
        if (!(rf64 || id(start, 0).equals("RIFF"))
                || !(first.length < 12 || id(start, 8).equals("WAVE"))) {
            throw new BadInputException(FileKind.explain(name, first));
        }
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
                return header(fmt, body, usable, name);
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

    private static WavHeader header(Format fmt, long offset, long length, String name) {
        long frames = length / ((long) fmt.sample.bytes() * fmt.channels);
        if (frames == 0) {
            throw new BadInputException(name + ": holds no samples (its data chunk is empty); record it again");
        }
        return new WavHeader(fmt.sample, fmt.channels, fmt.sampleRate, offset, frames);
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
        ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        source.read(at, buffer);
        return buffer;
    }

    /// The four characters at `at`, or an empty text where there are fewer.
    private static String id(ByteBuffer bytes, int at) {
        return at + 4 > bytes.limit()
                ? ""
                : StandardCharsets.ISO_8859_1.decode(bytes.slice(at, 4)).toString();
    }

    /// The fmt chunk: 16 bytes, or 40 where the format code is "extensible" and the real one stands in the sub-format.
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
            if (channels == 0 || sampleRate < MIN_RATE || sampleRate > MAX_RATE) {
                throw new BadInputException(name + ": broken header: " + channels + " channels at " + sampleRate
                        + " Hz (at least 1 channel and " + MIN_RATE + " to " + MAX_RATE + " Hz); record it again");
            }
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
                case 6 -> "A-law";
                case 7 -> "mu-law";
                case 0x55 -> "MP3";
                default -> "format " + code;
            };
            throw new BadInputException(name + ": WAV with " + bits + "-bit " + kind
                    + " samples is not read; convert it: " + FileKind.convert(name));
        }
    }
}
