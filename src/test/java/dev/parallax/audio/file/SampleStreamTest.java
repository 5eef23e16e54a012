package dev.parallax.audio.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.BadInputException;
import dev.parallax.audio.Audio;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleStreamTest {

    private static final int HEADER = 44;

    private static SampleStream stream() {
        return new SampleStream(PcmForm.pcm16(1, 16000), "audio");
    }

    private static byte[] wav() {
        float[] samples = new float[100];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = i / 128f;
        }
        return WavWriter.FLOAT_32.toBytes(new Audio(samples, 44100));
    }

    private static byte[] sent(SampleStream stream, byte[] bytes, int size) {
        ByteArrayOutputStream samples = new ByteArrayOutputStream();
        for (int at = 0; at < bytes.length; at += size) {
            samples.writeBytes(stream.add(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size))));
        }
        return samples.toByteArray();
    }

    private static String refusal(byte[] bytes) {
        return String.valueOf(assertThrows(BadInputException.class, () -> {
                    SampleStream stream = stream();
                    stream.add(bytes);
                    stream.end();
                })
                .getMessage());
    }

    private static byte[] changed(int at, int value) {
        byte[] file = wav();
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
        return file;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 43, 44, 45, 1000})
    void add_wavInPieces_givesItsSamples(int size) {
        SampleStream stream = stream();
        byte[] file = wav();
        assertArrayEquals(Arrays.copyOfRange(file, HEADER, file.length), sent(stream, file, size));
        stream.end();
        PcmForm form = stream.form();
        assertTrue(form != null && form.sampleRate() == 44100 && form.frameBytes() == 4);
    }

    @Test
    void add_otherChunksBeforeAndBehind_arePassedOver() {
        byte[] file = wav();
        ByteArrayOutputStream tagged = new ByteArrayOutputStream();
        tagged.write(file, 0, 12);
        tagged.writeBytes(new byte[] {'L', 'I', 'S', 'T', 3, 0, 0, 0, 1, 2, 3, 0}); // odd, with its padding byte
        tagged.write(file, 12, file.length - 12);
        tagged.writeBytes(new byte[] {'L', 'I', 'S', 'T', 2, 0, 0, 0, 1, 2});
        assertArrayEquals(Arrays.copyOfRange(file, HEADER, file.length), sent(stream(), tagged.toByteArray(), 7));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 0x7FFFF000})
    void add_wavOfUnknownLength_goesOnToTheEnd(int declared) {
        SampleStream stream = stream();
        byte[] file = changed(40, declared);
        assertEquals(400, stream.add(file).length);
        assertEquals(4, stream.add(new byte[4]).length);
        stream.end();
    }

    @Test
    void add_samplesWithoutHeader_areAsExpected() {
        SampleStream stream = stream();
        assertNull(stream.form());
        assertEquals(0, stream.add(new byte[0]).length);
        assertNull(stream.form());
        byte[] samples = {'R', 'I', 'F', 'X'};
        assertArrayEquals(samples, sent(stream, samples, 1));
        PcmForm form = stream.form();
        assertTrue(form != null && form.frameBytes() == 2);
        stream.end();
    }

    @Test
    void stream_thatIsNotWhatItSays_isRefused() {
        assertEquals(
                "audio: truncated: its header declares 404 bytes of samples, 400 came; send all, or declare 0 where it is"
                        + " not known how many come",
                refusal(changed(40, 404)));
        assertEquals("audio: ends within a frame: 1 of its 2 bytes came; send whole samples", refusal(new byte[3]));
        assertEquals("audio: ends before any samples; send it whole", refusal(Arrays.copyOf(wav(), 30)));
        assertTrue(refusal(changed(8, 0)).contains("no WAV"));
        assertTrue(refusal(changed(12, 0)).contains("no fmt chunk"));
        assertTrue(refusal(changed(24, 1)).contains("at 1 Hz"));
        assertTrue(refusal(changed(16, 1 << 20)).contains("do not begin within 65536 bytes"));
        byte[] tail = Arrays.copyOf(wav(), HEADER + 400 + (1 << 20) + 1);
        assertTrue(refusal(tail).contains("more than 1048576 bytes follow them"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fLaC", "OggS", "ID3", "FORM", ".snd", "caff", "\u001aE\u00df\u00a3"})
    void add_fileOfAnotherKind_isRefusedAndNotHeard(String mark) {
        byte[] file = Arrays.copyOf(mark.getBytes(StandardCharsets.ISO_8859_1), 1000);
        assertTrue(refusal(file).endsWith(" file, which is not read from a stream; send WAV, or raw samples"));
        assertThrows(BadInputException.class, () -> sent(stream(), file, 1));
        file[mark.length() - 1]++;
        assertArrayEquals(file, sent(stream(), file, 1), "raw samples that begin almost so");
    }
}
