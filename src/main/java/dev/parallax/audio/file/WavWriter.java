package dev.parallax.audio.file;

import dev.parallax.BadInputException;
import dev.parallax.audio.Audio;
import dev.parallax.io.SafeFiles;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Writes one channel of sound as a WAV file, as 16-bit integers or 32-bit floating point.
public enum WavWriter {
    /// 16-bit integers: round(32768 x), limited to [-32768, 32767]; what was read from 16 bits is written unchanged.
    PCM_16(SampleFormat.PCM_16),
    /// 32-bit floating point: nothing is rounded or limited.
    FLOAT_32(SampleFormat.FLOAT_32);

    private static final int HEADER_BYTES = 44;

    private final SampleFormat format;

    WavWriter(SampleFormat format) {
        this.format = format;
    }

    /// Writes the file beside its target and moves it into place.
    public void write(Path target, Audio audio) {
        SafeFiles.write(target, toBytes(audio));
    }

    /// The whole file as bytes: a header of 44 bytes and the samples.
    ///
    /// @throws BadInputException when it would not fit into 2 GB
    public byte[] toBytes(Audio audio) {
        float[] samples = audio.samples();
        long dataBytes = (long) samples.length * format.bytes();
        if (dataBytes > Integer.MAX_VALUE - 2 * HEADER_BYTES) {
            throw new BadInputException("writing WAV: " + samples.length + " samples make more than 2 GB; cut them");
        }
        ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + (int) dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        out.put(ascii("RIFF")).putInt(HEADER_BYTES - 8 + (int) dataBytes).put(ascii("WAVE"));
        out.put(ascii("fmt ")).putInt(16).putShort((short) format.formatCode()).putShort((short) 1);
        out.putInt(audio.sampleRate()).putInt(audio.sampleRate() * format.bytes());
        out.putShort((short) format.bytes()).putShort((short) (8 * format.bytes()));
        out.put(ascii("data")).putInt((int) dataBytes);
        for (float sample : samples) {
            if (this == PCM_16) {
                out.putShort((short) Math.clamp(Math.rint(32768.0 * sample), -32768, 32767));
            } else {
                out.putFloat(sample);
            }
        }
        return out.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
