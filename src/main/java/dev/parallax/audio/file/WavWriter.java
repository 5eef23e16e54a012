package dev.parallax.audio.file;

import dev.parallax.BadInputException;
import dev.parallax.audio.Audio;
import dev.parallax.io.SafeFiles;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/// Writes one channel of sound as a WAV file, as 16-bit integers or 32-bit floating point.
public enum WavWriter {
    /// 16-bit integers: round(32768 x), limited to [-32768, 32767]; what was read from 16 bits is written unchanged.
    PCM_16(SampleFormat.PCM_16),
    /// 32-bit floating point: nothing is rounded or limited.
    FLOAT_32(SampleFormat.FLOAT_32);

    private static final int HEADER_BYTES = 44;
    private static final long MOST_BYTES = 0xFFFFFFFFL - HEADER_BYTES;
    private static final int BLOCK = 1 << 16; // samples

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
        long dataBytes = (long) audio.samples().length * format.bytes();
        if (dataBytes > Integer.MAX_VALUE - 2 * HEADER_BYTES) {
            throw new BadInputException(
                    "writing WAV: " + audio.samples().length + " samples make more than 2 GB; cut them");
        }
        ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + (int) dataBytes)
                .put(PcmForm.header(format, 1, audio.sampleRate(), dataBytes));
        return put(audio, out).array();
    }

    /// Writes an open recording, by its channel and block by block: it may be longer than memory.
    ///
    /// @throws BadInputException also when it would not fit into 4 GB, the most that a WAV file holds
    public void write(Path target, AudioFile recording) {
        long dataBytes = recording.frames() * format.bytes();
        if (dataBytes > MOST_BYTES) {
            throw new BadInputException(target + ": " + recording.frames()
                    + " samples make more than 4 GB, the most of a WAV file; cut them");
        }
        SafeFiles.write(target, out -> {
            out.write(PcmForm.header(format, 1, recording.sampleRate(), dataBytes));
            for (long start = 0; start < recording.frames(); start += BLOCK) {
                Audio block = recording.read(start, BLOCK);
                out.write(put(block, ByteBuffer.allocate(block.samples().length * format.bytes()))
                        .array());
            }
        });
    }

    private ByteBuffer put(Audio audio, ByteBuffer out) {
        out.order(ByteOrder.LITTLE_ENDIAN);
        for (float sample : audio.samples()) {
            if (this == PCM_16) {
                out.putShort((short) Math.clamp(Math.rint(32768.0 * sample), -32768, 32767));
            } else {
                out.putFloat(sample);
            }
        }
        return out;
    }
}
