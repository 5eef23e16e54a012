package dev.parallax.audio.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.BadInputException;
import dev.parallax.audio.Audio;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
        byte[] samples = {'R', 'I', 'F', 'f'};
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
    @ValueSource(
            strings = {
                "fLaC",
                "OggS",
                "ID3\3\0\0\0\0\0\1",
                "FORM",
                ".snd",
                "caff",
                "RF64",
                "RIFX",
                "#!AMR",
                "ADIF",
                "\u001aE\u00df\u00a3",
                "\0\0\0 ftyp"
            })
    void add_fileOfAnotherKind_isRefusedAndNotHeard(String mark) {
        byte[] file = Arrays.copyOf(mark.getBytes(StandardCharsets.ISO_8859_1), 1000);
        String refusal = refusal(file);
        assertTrue(refusal.startsWith("audio: looks like "), refusal);
        assertTrue(refusal.endsWith(", which is not read from a stream; send WAV, or raw samples"), refusal);
        assertThrows(BadInputException.class, () -> sent(stream(), file, 1));
        file[mark.startsWith("ID3") ? 2 : mark.length() - 1]++;
        assertArrayEquals(file, sent(stream(), file, 1), "raw samples that begin almost so");
    }

    /// Frames of MP3, layer II and AAC, with other bitrates and other bytes of sound in each.
    @ParameterizedTest
    @CsvSource({
        "FFFB9064 FFFB5064 FFFBB264, MP3, 417 208 627", // 128, 64 and 192 kbit/s at 44.1 kHz
        "FFF388C4 FFF348C4, MP3, 288 144", // MPEG 2, 64 and 32 kbit/s at 16 kHz
        "FFE340C4 FFE340C4, MP3, 208 208", // MPEG 2.5, 32 kbit/s at 11.025 kHz
        "FFFDA400 FFFDA400, MPEG audio of layer I or II, 576 576", // 192 kbit/s at 48 kHz
        "FFFFC000 FFFFC000, MPEG audio of layer I or II, 416 416", // layer I, 384 kbit/s at 44.1 kHz
        "FFF15080021FFC FFF1508003FFFC, AAC, 16 31", // the length is in the header
    })
    void add_framesOfMpeg_areRefused(String headers, String kind, String lengths) {
        byte[] file = frames(headers, lengths);
        String expected = "audio: looks like " + kind + ", which is not read from a stream; send WAV, or raw samples";
        assertEquals(expected, refusal(file));
        assertThrows(BadInputException.class, () -> sent(stream(), file, 1));
        byte[] shifted = file.clone();
        shifted[Integer.parseInt(lengths.split(" ")[0])] = 0; // the second frame does not stand where it should
        assertArrayEquals(shifted, sent(stream(), shifted, 100));
        byte[] alone = Arrays.copyOf(file, Integer.parseInt(lengths.split(" ")[0]));
        assertArrayEquals(alone, sent(stream(), alone, 100), "the first frame alone");
    }

    /// The frames, and as much again of other sound.
    private static byte[] frames(String headers, String lengths) {
        String[] hex = headers.split(" ");
        String[] length = lengths.split(" ");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Random random = new Random(1);
        for (int i = 0; i < hex.length; i++) {
            byte[] header = HexFormat.of().parseHex(hex[i].length() % 2 == 0 ? hex[i] : hex[i] + "0");
            byte[] frame = new byte[Integer.parseInt(length[i])];
            random.nextBytes(frame);
            System.arraycopy(header, 0, frame, 0, header.length);
            out.writeBytes(frame);
        }
        byte[] rest = new byte[10_000];
        random.nextBytes(rest);
        out.writeBytes(rest);
        return out.toByteArray();
    }

    /// Two bytes of frame sync begin many raw streams: tones and noise of any first sample are heard.
    @Test
    void add_rawSamplesThatBeginWithAFrameSync_areHeard() {
        Random random = new Random(2);
        int tried = 0;
        for (int high = 0xE0; high <= 0xFF; high++) {
            for (int next = 0; next <= 0xFF; next++) {
                for (int period : List.of(4, 2000)) { // bytes: a tone of 8 kHz at 16 kHz, and noise
                    byte[] raw = new byte[2000];
                    random.nextBytes(raw);
                    for (int i = 0; i < raw.length; i++) {
                        raw[i] = i % period < 3
                                ? new byte[] {-1, (byte) high, (byte) next}[i % period]
                                : raw[i % period];
                    }
                    assertArrayEquals(raw, sent(stream(), raw, 999));
                    tried++;
                }
            }
        }
        assertEquals(2 * 32 * 256, tried);
    }

    /// Files that other programs wrote.
    @ParameterizedTest
    @CsvSource({"tone.mp3, MP3", "tone.aac, AAC", "tone.m4a, MP4 or M4A", "tone.webm, Matroska or WebM", "tone.ogg, Ogg"
    })
    void add_recordingsOfOtherFormats_areRefused(String name, String kind) throws IOException {
        try (InputStream in = Audio.class.getResourceAsStream(name)) {
            byte[] file = Objects.requireNonNull(in, name).readAllBytes();
            assertTrue(refusal(file).startsWith("audio: looks like " + kind + ", which is not read from a stream"));
            assertThrows(BadInputException.class, () -> sent(stream(), file, 320));
        }
    }
}
