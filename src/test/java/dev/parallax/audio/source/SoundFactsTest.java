package dev.parallax.audio.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.parallax.audio.Audio;
import dev.parallax.audio.Voices;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoundFactsTest {

    private static final int RATE = 16000;
    private static final Audio VOICE = rounded(Voices.of(1, 6, RATE, 0)); // more than one block

    @TempDir
    private Path folder;

    /// As 16 bits hold it.
    private static Audio rounded(Audio audio) {
        float[] samples = audio.samples();
        for (int i = 0; i < samples.length; i++) {
            samples[i] = Math.round(samples[i] * 32768) / 32768f;
        }
        return audio;
    }

    private SoundFacts written(int code, int bits, int channels) throws IOException {
        int bytes = bits / 8;
        float[] samples = VOICE.samples();
        ByteBuffer data =
                ByteBuffer.allocate(44 + samples.length * bytes * channels).order(ByteOrder.LITTLE_ENDIAN);
        data.put("RIFF".getBytes(java.nio.charset.StandardCharsets.US_ASCII)).putInt(data.capacity() - 8);
        data.put("WAVEfmt ".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                .putInt(16);
        data.putShort((short) code).putShort((short) channels).putInt(RATE).putInt(RATE * bytes * channels);
        data.putShort((short) (bytes * channels)).putShort((short) bits);
        data.put("data".getBytes(java.nio.charset.StandardCharsets.US_ASCII)).putInt(data.capacity() - 44);
        for (float sample : samples) {
            for (int channel = 0; channel < channels; channel++) {
                int value = (int) (sample * (1L << (bits - 1)));
                switch (bits) {
                    case 16 -> data.putShort((short) value);
                    case 24 -> data.put((byte) value).put((byte) (value >> 8)).put((byte) (value >> 16));
                    default -> data.putFloat(sample);
                }
            }
        }
        Path file = folder.resolve(code + "-" + bits + "-" + channels + ".wav");
        return SoundFacts.read(Files.write(file, data.array()));
    }

    @Test
    void hash_depthAndEqualChannels_doNotMatter() throws IOException {
        String hash = SoundFacts.of(VOICE, 1, List.of()).hash();
        assertEquals(hash, written(1, 16, 1).hash());
        assertEquals(hash, written(1, 16, 2).hash());
        assertEquals(hash, written(1, 16, 3).hash());
        assertEquals(hash, written(1, 24, 1).hash());
        assertEquals(hash, written(3, 32, 2).hash());
        assertEquals(2, written(3, 32, 2).channels());
    }

    @Test
    void hash_otherSamplesOrRate_isAnother() {
        SoundFacts facts = SoundFacts.of(VOICE, 1, List.of());
        float[] other = VOICE.samples().clone();
        other[5000] += 1 / 32768f;
        assertNotEquals(
                facts.hash(),
                SoundFacts.of(new Audio(other, RATE), 1, List.of()).hash());
        assertNotEquals(
                facts.hash(),
                SoundFacts.of(new Audio(VOICE.samples(), 8000), 1, List.of()).hash());
    }

    @Test
    void read_blocks_equalTheWhole() throws IOException {
        SoundFacts whole = SoundFacts.of(VOICE, 1, List.of());
        SoundFacts blocks = written(1, 16, 1);
        assertArrayEquals(whole.fingerprint().words(), blocks.fingerprint().words());
        assertEquals(whole.peak(), blocks.peak());
        assertEquals(whole.offset(), blocks.offset());
        assertEquals(VOICE.samples().length, blocks.frames());
    }

    @Test
    void of_offsetAndFullScale_areMeasured() {
        float[] samples = {0.5f, 0.1f, 1, -1, 0.4f, 0.2f, 1.5f, 0.1f};
        SoundFacts facts = SoundFacts.of(new Audio(samples, RATE), 1, List.of());
        assertEquals(2.8 / 8, facts.offset(), 1e-6);
        assertEquals(3.0 / 8, facts.fullScaleShare());
        assertEquals(1.5, facts.peak());
        assertEquals(1.25, facts.swing());
    }
}
