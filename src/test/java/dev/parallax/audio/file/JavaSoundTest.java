package dev.parallax.audio.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import dev.parallax.audio.Audio;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioFormat.Encoding;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What Java Sound gives is heard as the file that it comes from.
class JavaSoundTest {

    @TempDir
    Path folder;

    private static AudioInputStream stream(
            Encoding encoding, int bits, int channels, boolean bigEndian, byte... bytes) {
        int frame = bits / 8 * channels;
        AudioFormat format = new AudioFormat(encoding, 8_000, bits, channels, frame, 8_000, bigEndian);
        return new AudioInputStream(new ByteArrayInputStream(bytes), format, bytes.length / Math.max(1, frame));
    }

    private static float[] read(AudioInputStream stream) {
        return JavaSound.read(stream, "line", _ -> {}).samples();
    }

    @Test
    void read_wavFile_isWhatAudioFileReads() throws Exception {
        float[] tone = new float[40_000];
        for (int i = 0; i < tone.length; i++) {
            tone[i] = (float) Math.sin(i * 0.05) / 2;
        }
        Path file = folder.resolve("tone.wav");
        WavWriter.PCM_16.write(file, new Audio(tone, 16_000));
        try (AudioInputStream sound = AudioSystem.getAudioInputStream(file.toFile())) {
            Audio heard = JavaSound.read(sound, "line", _ -> {});
            assertArrayEquals(AudioFile.read(file).samples(), heard.samples());
            assertEquals(16_000, heard.sampleRate());
        }
    }

    @Test
    void read_everyForm_isScaledToOne() {
        assertArrayEquals(
                new float[] {0.5f, -1}, read(stream(Encoding.PCM_SIGNED, 8, 1, false, (byte) 64, (byte) -128)));
        assertArrayEquals(new float[] {-0.5f}, read(stream(Encoding.PCM_UNSIGNED, 8, 1, false, (byte) 64)));
        assertArrayEquals(new float[] {0.5f}, read(stream(Encoding.PCM_SIGNED, 16, 1, true, (byte) 64, (byte) 0)));
        assertArrayEquals(
                new float[] {0.5f}, read(stream(Encoding.PCM_SIGNED, 24, 1, false, (byte) 0, (byte) 0, (byte) 64)));
        assertArrayEquals(
                new float[] {0.5f},
                read(stream(Encoding.PCM_FLOAT, 32, 1, true, (byte) 0x3F, (byte) 0, (byte) 0, (byte) 0)));
        assertEquals(1, read(stream(Encoding.ALAW, 8, 1, false, (byte) 1)).length);
        assertEquals(1, read(stream(Encoding.ULAW, 8, 1, false, (byte) 1)).length);
    }

    /// A stream that is asked for less than a frame gives nothing, forever: 6 bytes do not divide a block.
    @Test
    void read_framesOfSixBytes_areAveraged_andTheEndIsFound() {
        byte[] bytes = new byte[6 * 50_000];
        for (int i = 2; i < bytes.length; i += 6) {
            bytes[i] = 64; // the left channel, the right one is silent
        }
        float[] heard = read(stream(Encoding.PCM_SIGNED, 24, 2, false, bytes));
        assertEquals(50_000, heard.length);
        assertEquals(0.25f, heard[49_999]);
    }

    @Test
    void read_whatCannotBeHeard_isRefusedInALine() {
        String form = Refusal.of(() -> read(stream(new Encoding("GSM"), 16, 1, false, (byte) 1, (byte) 1)));
        assertTrue(form.startsWith("line: samples in the form \"GSM"), form);
        assertTrue(form.contains("convert it"), form);
        String nothing = Refusal.of(() -> read(stream(Encoding.PCM_SIGNED, 16, 1, false)));
        assertEquals("line: holds no samples; record it again", nothing);
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("unplugged");
            }

            @Override
            public int read(byte[] into, int at, int count) throws IOException {
                throw new IOException("unplugged");
            }
        };
        AudioFormat format = new AudioFormat(8_000, 16, 1, true, false);
        String cut = Refusal.of(() -> read(new AudioInputStream(broken, format, AudioSystem.NOT_SPECIFIED)));
        assertTrue(cut.startsWith("line: cannot be read (IOException"), cut);
        AudioFormat unknown = new AudioFormat(AudioSystem.NOT_SPECIFIED, 16, 1, true, false);
        String rate = Refusal.of(() -> read(new AudioInputStream(broken, unknown, AudioSystem.NOT_SPECIFIED)));
        assertTrue(rate.startsWith("line: broken header: 1 channels at -1 Hz"), rate);
    }

    @Test
    void read_channelsThatCancelOut_areWarnedOf() {
        byte[] bytes = new byte[4 * 8_000];
        for (int i = 0; i < bytes.length; i += 4) {
            bytes[i + 1] = (byte) (i % 8 == 0 ? 32 : -32);
            bytes[i + 3] = (byte) -bytes[i + 1];
        }
        List<String> warnings = new ArrayList<>();
        JavaSound.read(stream(Encoding.PCM_SIGNED, 16, 2, false, bytes), "line", warnings::add);
        assertEquals(1, warnings.size(), warnings.toString());
    }
}
