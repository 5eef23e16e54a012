package dev.parallax.audio.file;

import dev.parallax.BadInputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// The fmt chunk of WAV and Wave64: 16 bytes, or 40 where the format code is "extensible" and the real one stands in
/// the sub-format. Codes are those of Microsoft's `mmreg.h`.
///
/// @param code       of the format, of "extensible" that of the sub-format
/// @param channels   samples per frame
/// @param sampleRate frames per second [Hz]
/// @param frameBytes bytes per frame
/// @param bits       of a sample
record WavFormat(int code, int channels, long sampleRate, int frameBytes, int bits) {

    /// How many bytes of it are read at most.
    static final int MOST_BYTES = 40;

    private static final int EXTENSIBLE = 0xFFFE;

    /// @param fmt up to 40 bytes of the chunk, little endian
    static WavFormat parse(ByteBuffer fmt, String name) {
        if (fmt.limit() < 16) {
            throw new BadInputException(name + ": broken header: its fmt chunk has " + fmt.limit()
                    + " bytes, at least 16 are needed; convert it: " + FileKind.convert(name));
        }
        int code = fmt.getShort(0) & 0xFFFF;
        WavFormat format = new WavFormat(
                code == EXTENSIBLE && fmt.limit() >= 26 ? fmt.getShort(24) & 0xFFFF : code,
                fmt.getShort(2) & 0xFFFF,
                fmt.getInt(4) & 0xFFFFFFFFL,
                fmt.getShort(12) & 0xFFFF,
                fmt.getShort(14) & 0xFFFF);
        PcmHeader.checkForm(format.channels, (double) format.sampleRate, name);
        SampleFormat sample = format.sample();
        if (sample != null && format.frameBytes != sample.bytes() * format.channels) {
            throw new BadInputException(name + ": broken header: " + format.channels + " channels of " + format.bits
                    + " bits cannot make frames of " + format.frameBytes + " bytes; convert it: "
                    + FileKind.convert(name));
        }
        return format;
    }

    /// How a sample is stored, or null where that is not decoded.
    @Nullable
    SampleFormat sample() {
        int bytes = (bits + 7) / 8;
        for (SampleFormat sample : SampleFormat.values()) {
            if (sample.formatCode() == code && sample.bytes() == bytes) {
                return sample;
            }
        }
        return null;
    }

    /// The samples, if they are decoded.
    ///
    /// @param offset byte at which they begin
    /// @param length bytes of samples that are really there
    FileContent content(ByteSource source, long offset, long length, String name) {
        SampleFormat sample = sample();
        if (sample == null) {
            return new Undecoded(unread());
        }
        return new PcmFile(
                source,
                PcmHeader.of(sample, ByteOrder.LITTLE_ENDIAN, channels, (int) sampleRate, offset, length, name));
    }

    /// What is said where its samples are not decoded.
    String unread() {
        return "WAV with " + bits + "-bit " + kind() + " samples is not read";
    }

    private String kind() {
        return switch (code) {
            case 1 -> "integers";
            case 2, 0x11 -> "ADPCM";
            case 3 -> "floating point";
            case 6, 7 -> "companded";
            case 0x31 -> "GSM 6.10";
            case 0x55 -> "MP3";
            default -> "format " + code;
        };
    }
}
