package dev.parallax.audio.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.BadInputException;
import dev.parallax.Refusal;
import dev.parallax.audio.Audio;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// AIFF, AU and FLAC: files built here byte by byte, and real ones from `src/test/resources/formats`.
class FormatsTest {

    private final List<String> warnings = new ArrayList<>();

    /// A recording of each format, 3200 frames or more, and the message when it is truncated.
    record Recording(String name, Supplier<byte[]> content) {
        byte[] bytes() {
            return content.get();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static byte[] file(String name) {
        try (InputStream in = FormatsTest.class.getResourceAsStream("/formats/" + name)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(name, e);
        }
    }

    static Stream<Recording> recordings() {
        int[] ramp = new int[3200];
        for (int i = 0; i < ramp.length; i++) {
            ramp[i] = i * 7 % 4000 - 2000;
        }
        return Stream.of(
                new Recording("tone.flac", () -> file("tone.flac")),
                new Recording("tone-fixed.flac", () -> file("tone-fixed.flac")),
                new Recording("ramp.aiff", () -> aiff("AIFF", "", 16, 3200, shorts(ramp))),
                new Recording("ramp.au", () -> au(3, 6400, shorts(ramp))),
                new Recording(
                        "ramp.wav",
                        () -> new WavBytes()
                                .fmt(1, 1, 16000, 16)
                                .chunk("data", WavBytes.shorts(ramp))
                                .riff()));
    }

    private Audio read(byte[] bytes) {
        return AudioFile.read(bytes, "x", warnings::add);
    }

    private void assertSamples(byte[] bytes, float... expected) {
        assertArrayEquals(expected, read(bytes).samples(), 0f);
    }

    private void assertRefused(byte[] bytes, String part) {
        String message = Refusal.of(() -> read(bytes));
        assertTrue(message.startsWith("x: ") && message.contains(part), message);
    }

    private static byte[] bigEndian(int size, Consumer<ByteBuffer> fill) {
        byte[] bytes = new byte[size];
        fill.accept(ByteBuffer.wrap(bytes));
        return bytes;
    }

    private static byte[] shorts(int... values) {
        return bigEndian(2 * values.length, b -> Arrays.stream(values).forEach(v -> b.putShort((short) v)));
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] chunk(String id, byte[] body) {
        byte[] head =
                bigEndian(8, b -> b.put(id.getBytes(StandardCharsets.US_ASCII)).putInt(body.length));
        return joined(head, body, new byte[body.length % 2]);
    }

    /// One channel at 16 kHz: 16000 is 0x400C FA00... in 80 bits.
    private static byte[] aiff(String form, String kind, int bits, int frames, byte[] samples) {
        byte[] comm = bigEndian(
                kind.isEmpty() ? 18 : 24,
                b -> b.putShort((short) 1)
                        .putInt(frames)
                        .putShort((short) bits)
                        .putShort((short) 0x400C)
                        .putLong(0xFA00_0000_0000_0000L)
                        .put(kind.getBytes(StandardCharsets.US_ASCII)));
        byte[] sound = joined(new byte[8], samples);
        byte[] body = joined(
                form.getBytes(StandardCharsets.US_ASCII),
                chunk("NAME", new byte[5]),
                chunk("COMM", comm),
                chunk("SSND", sound));
        return chunk("FORM", body);
    }

    private static byte[] au(int encoding, long declared, byte[] samples) {
        byte[] head = bigEndian(
                28,
                b -> b.put(".snd".getBytes(StandardCharsets.US_ASCII))
                        .putInt(28)
                        .putInt((int) declared)
                        .putInt(encoding)
                        .putInt(8000)
                        .putInt(1)
                        .put("text".getBytes(StandardCharsets.US_ASCII)));
        return joined(head, samples);
    }

    @Test
    void read_aiff_eachKindOfSample() {
        assertSamples(aiff("AIFF", "", 16, 3, shorts(-32768, 0, 16384)), -1f, 0f, 0.5f);
        assertSamples(aiff("AIFF", "", 8, 2, new byte[] {-128, 64}), -1f, 0.5f);
        assertSamples(aiff("AIFF", "", 24, 2, new byte[] {-128, 0, 0, 64, 0, 0}), -1f, 0.5f);
        assertSamples(aiff("AIFC", "NONE", 32, 1, bigEndian(4, b -> b.putInt(1 << 30))), 0.5f);
        assertSamples(aiff("AIFC", "sowt", 16, 1, new byte[] {0, 64}), 0.5f);
        assertSamples(aiff("AIFC", "fl32", 32, 1, bigEndian(4, b -> b.putFloat(-1.5f))), -1.5f);
        assertSamples(aiff("AIFC", "fl64", 64, 1, bigEndian(8, b -> b.putDouble(0.25))), 0.25f);
        assertSamples(aiff("AIFC", "ulaw", 8, 2, new byte[] {(byte) 0xFF, (byte) 0x80}), 0f, 32124 / 32768f);
        assertEquals(16000, read(aiff("AIFF", "", 16, 1, shorts(1))).sampleRate());
    }

    @Test
    void read_aiffThatIsWrong_isRefused() {
        byte[] whole = aiff("AIFF", "", 16, 100, shorts(new int[100]));
        assertRefused(Arrays.copyOf(whole, 150), "truncated: its chunk \"SSND\" declares 208 bytes");
        assertRefused(Arrays.copyOf(whole, 40), "truncated");
        assertRefused(aiff("AIFF", "", 16, 101, shorts(new int[100])), "declares 202 bytes of samples, 200 are there");
        assertRefused(aiff("AIFC", "ima4", 4, 4, new byte[34]), "kind \"ima4\" is not read");
        assertRefused(aiff("AIFF", "", 16, 0, new byte[0]), "holds no samples");
        assertRefused(aiff("AIFF", "", 40, 1, new byte[5]), "40-bit");
    }

    @Test
    void read_au_eachKindOfSample() {
        assertSamples(au(3, 6, shorts(-32768, 0, 16384)), -1f, 0f, 0.5f);
        assertSamples(au(2, 2, new byte[] {-128, 64}), -1f, 0.5f);
        assertSamples(au(4, 3, new byte[] {64, 0, 0}), 0.5f);
        assertSamples(au(5, 4, bigEndian(4, b -> b.putInt(1 << 30))), 0.5f);
        assertSamples(au(6, 4, bigEndian(4, b -> b.putFloat(-1.5f))), -1.5f);
        assertSamples(au(7, 8, bigEndian(8, b -> b.putDouble(0.25))), 0.25f);
        assertSamples(au(27, 1, new byte[] {(byte) 0xD5}), 8 / 32768f);
        assertEquals(1, warnings.size());
        assertTrue(warnings.getFirst().startsWith("x: has samples of 8 bits"), warnings.getFirst());
        assertSamples(au(3, 0xFFFFFFFFL, shorts(16384)), 0.5f);
        assertEquals(2, warnings.size());
    }

    @Test
    void read_auThatIsWrong_isRefused() {
        assertRefused(au(3, 8, shorts(1, 2)), "declares 8 bytes of samples, 4 are there");
        assertRefused(Arrays.copyOf(au(3, 4, shorts(1, 2)), 20), "truncated: it ends within its header");
        assertRefused(au(23, 4, shorts(1, 2)), "encoding 23 is not read");
        assertRefused(au(3, 0, new byte[0]), "holds no samples");
    }

    @Test
    void read_flacOfAnEncoder_equalsTheWaveFileItIsMadeOf() {
        Audio expected = read(file("tone.wav"));
        for (String name : List.of("tone.flac", "tone-fixed.flac")) {
            Audio found = read(file(name));
            assertEquals(16000, found.sampleRate());
            assertArrayEquals(expected.samples(), found.samples(), name);
        }
    }

    @Test
    void read_flacOfAnyDepthAndChannels_isScaledAndAveraged() {
        int[] left = {-32768, 0, 16384};
        int[] right = {-32768, 16384, 16384};
        int[] constant = {64, 64, 64};
        assertSamples(new FlacBytes(16000, 1, 16, 3).frame(0, left).bytes(), -1f, 0f, 0.5f);
        assertSamples(new FlacBytes(16000, 2, 16, 3).frame(0, left, right).bytes(), -1f, 0.25f, 0.5f);
        assertSamples(new FlacBytes(16000, 1, 8, 0).frame(0, constant).bytes(), 0.5f, 0.5f, 0.5f);
        assertSamples(
                new FlacBytes(16000, 1, 24, 2)
                        .frame(8, new int[] {1 << 22, -1 << 23})
                        .bytes(),
                0.5f,
                -1f);
        assertSamples(
                new FlacBytes(16000, 1, 32, 2)
                        .frame(0, new int[] {1 << 30, Integer.MIN_VALUE})
                        .bytes(),
                0.5f,
                -1f);
    }

    @Test
    void read_flacBetweenTags_skipsThem() {
        byte[] id3 = joined("ID3\4\0\0\0\0\0\7".getBytes(StandardCharsets.ISO_8859_1), new byte[7]);
        byte[] flac =
                new FlacBytes(16000, 1, 16, 2).frame(0, new int[] {16384, 0}).bytes();
        byte[] id3v1 = joined("TAG".getBytes(StandardCharsets.ISO_8859_1), new byte[125]);
        assertSamples(joined(id3, flac, id3v1), 0.5f, 0f);
    }

    @Test
    void read_flacThatIsWrong_isRefused() {
        byte[] flac = new FlacBytes(16000, 1, 16, 6)
                .frame(0, new int[] {1, 2, 3})
                .frame(0, new int[] {4, 5, 6})
                .bytes();
        assertEquals(6, read(flac).samples().length);
        byte[] flipped = flac.clone();
        flipped[flac.length - 5] ^= 4;
        assertRefused(flipped, "truncated or damaged at 0.000 s: the checksum is wrong there");
        assertRefused(Arrays.copyOf(flac, 20), "truncated: it ends within its metadata");
        assertRefused(Arrays.copyOf(flac, 42), "truncated: no samples follow its metadata");
        byte[] short1 =
                new FlacBytes(16000, 1, 16, 6).frame(0, new int[] {1, 2, 3}).bytes();
        assertRefused(short1, "truncated: declares 6 samples, 3 are there");
        assertRefused(new FlacBytes(100, 1, 16, 0).frame(0, new int[] {1}).bytes(), "at 100 Hz");
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void read_everyPrefixOfAFile_isRefusedInOneLine(Recording recording) {
        assertTrue(read(recording.bytes()).samples().length >= 3200);
        for (int length = 0; length < recording.bytes().length; length += length < 100 ? 1 : 97) {
            int cut = length;
            String message = Refusal.of(() -> read(Arrays.copyOf(recording.bytes(), cut)));
            assertTrue(message.startsWith("x: ") && message.lines().count() == 1, message);
        }
    }

    /// What a damaged file gives is samples or one line, never another exception.
    @ParameterizedTest
    @MethodSource("recordings")
    void read_anyFlippedByte_isRefusedInOneLineOrRead(Recording recording) {
        int refused = 0;
        for (int at = 0; at < recording.bytes().length; at += at < 100 ? 1 : 31) {
            byte[] damaged = recording.bytes().clone();
            damaged[at] ^= (byte) 0x5A;
            try {
                for (float sample : read(damaged).samples()) {
                    assertTrue(Float.isFinite(sample));
                }
            } catch (BadInputException e) {
                refused++;
            }
        }
        assertTrue(refused > 0);
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void read_windows_equalPartsOfTheWhole(Recording recording) {
        float[] whole = read(recording.bytes()).samples();
        try (AudioFile file = AudioFile.of(recording.bytes(), "x", warnings::add)) {
            assertEquals(whole.length, file.frames());
            for (int start : new int[] {0, 3000, 1, 1151, 1152, 1153, 2304, 700, whole.length}) {
                float[] window = file.read(start, 1000).samples();
                assertArrayEquals(Arrays.copyOfRange(whole, start, Math.min(whole.length, start + 1000)), window);
            }
        }
    }

    @Test
    void read_wavAndFlac_areToldByContentNotByName() {
        assertEquals(
                read(file("tone.wav")).samples().length,
                AudioFile.read(file("tone.flac"), "tone.wav", warnings::add).samples().length);
    }
}
