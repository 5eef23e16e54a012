package dev.parallax.audio.file;

import dev.parallax.BadInputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// How uncompressed samples are stored that come without a file of their own: the format of a sample, the channels of a
/// frame, and the rate; bytes in little-endian order, as in WAV.
public final class PcmForm {

    private static final int HEADER_BYTES = 44;

    private final SampleFormat format;
    private final int channels;
    private final int sampleRate;

    private PcmForm(SampleFormat format, int channels, int sampleRate) {
        this.format = format;
        this.channels = channels;
        this.sampleRate = sampleRate;
    }

    static PcmForm of(SampleFormat format, int channels, int sampleRate) {
        return new PcmForm(format, channels, sampleRate);
    }

    /// Integers of 16 bits.
    ///
    /// @param channels   samples per frame, at least 1
    /// @param sampleRate frames per second `[Hz]`, 1000 to 768000
    /// @throws BadInputException when no recording has such a form
    public static PcmForm pcm16(int channels, int sampleRate) {
        if (channels < 1 || channels > 0xFFFF) {
            throw new BadInputException("channels is " + channels + ", must be from 1 to " + 0xFFFF);
        }
        requireRate(sampleRate);
        return new PcmForm(SampleFormat.PCM_16, channels, sampleRate);
    }

    /// One channel of floating point of 32 bits.
    ///
    /// @param sampleRate samples per second `[Hz]`, 1000 to 768000
    /// @throws BadInputException when no recording has such a form
    public static PcmForm float32(int sampleRate) {
        requireRate(sampleRate);
        return new PcmForm(SampleFormat.FLOAT_32, 1, sampleRate);
    }

    private static void requireRate(int sampleRate) {
        if (sampleRate < PcmHeader.MIN_RATE || sampleRate > PcmHeader.MAX_RATE) {
            throw new BadInputException("sampleRate is " + sampleRate + " Hz, must be from " + PcmHeader.MIN_RATE
                    + " to " + PcmHeader.MAX_RATE);
        }
    }

    /// Frames per second `[Hz]`.
    public int sampleRate() {
        return sampleRate;
    }

    /// Samples per frame.
    public int channels() {
        return channels;
    }

    /// Bytes of a frame.
    public int frameBytes() {
        return channels * format.bytes();
    }

    /// A WAV file whose samples are still to be filled in: they are its last bytes.
    ///
    /// @param dataBytes bytes of samples
    public byte[] wav(int dataBytes) {
        return Arrays.copyOf(header(format, channels, sampleRate, dataBytes), HEADER_BYTES + dataBytes);
    }

    /// The header of a WAV file.
    static byte[] header(SampleFormat format, int channels, int sampleRate, long dataBytes) {
        int frameBytes = channels * format.bytes();
        ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        out.put(ascii("RIFF")).putInt((int) (HEADER_BYTES - 8 + dataBytes)).put(ascii("WAVE"));
        out.put(ascii("fmt ")).putInt(16).putShort((short) format.formatCode()).putShort((short) channels);
        out.putInt(sampleRate).putInt(sampleRate * frameBytes);
        out.putShort((short) frameBytes).putShort((short) (8 * format.bytes()));
        out.put(ascii("data")).putInt((int) dataBytes);
        return out.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
