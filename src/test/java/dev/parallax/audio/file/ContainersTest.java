package dev.parallax.audio.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What surrounds the samples: chunks with and without padding, long headers, tags, and what follows.
class ContainersTest {

    private static final String TAIL = "F3ACD3118CD100C04F8EDB8A";

    private final List<String> warnings = new ArrayList<>();

    private float[] read(byte[] bytes) {
        return AudioFile.read(bytes, "x", warnings::add).samples();
    }

    private void assertRead(byte[] bytes) {
        assertArrayEquals(new float[] {0.5f, -0.5f}, read(bytes));
    }

    private void assertRefused(byte[] bytes, String part) {
        String message = Refusal.of(() -> read(bytes));
        assertTrue(message.startsWith("x: ") && message.contains(part), message);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(out::writeBytes);
        return out.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] chunk(String id, byte[] body) {
        return joined(ascii(id), WavBytes.bytes(4, b -> b.putInt(body.length)), body);
    }

    private static byte[] fmt() {
        byte[] file = new WavBytes().fmt(1, 1, 16000, 16).riff();
        return Arrays.copyOfRange(file, 12, file.length);
    }

    private static byte[] data() {
        return chunk("data", WavBytes.shorts(16384, -16384));
    }

    private static byte[] wav(byte[]... chunks) {
        byte[] all = joined(chunks);
        return joined(ascii("RIFF"), WavBytes.bytes(4, b -> b.putInt(4 + all.length)), ascii("WAVE"), all);
    }

    private static byte[] id3() {
        return joined(ascii("ID3\4\0\0\0\0\0\7"), new byte[7]);
    }

    private static byte[] guid(String start, long length, byte[] body) {
        String name = HexFormat.of().formatHex(ascii(start)) + TAIL;
        byte[] padding = new byte[(8 - body.length % 8) % 8];
        return joined(HexFormat.of().parseHex(name), WavBytes.bytes(8, b -> b.putLong(length)), body, padding);
    }

    /// A Wave64 file of two samples.
    ///
    /// @param declared what its data chunk says, with the 24 bytes of its header
    private static byte[] wave64(long declared) {
        byte[] fmt = Arrays.copyOfRange(fmt(), 8, 24);
        byte[] chunks = joined(
                guid("fmt ", 40, fmt),
                guid("fact", 29, new byte[5]),
                guid("data", declared, WavBytes.shorts(16384, -16384)));
        return joined(
                HexFormat.of().parseHex("726966662E91CF11A5D628DB04C10000"),
                WavBytes.bytes(8, b -> b.putLong(40 + chunks.length)),
                HexFormat.of().parseHex("77617665" + TAIL),
                chunks);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Recorder 1.2", "any", "", "data of no"})
    void read_oddChunkWithoutPadding_isPassedOver(String text) {
        byte[] odd = ascii(text.length() % 2 == 0 ? text + "." : text);
        assertRead(wav(fmt(), chunk("LIST", odd), data()));
        assertRead(wav(fmt(), joined(chunk("LIST", odd), new byte[1]), data()));
        assertRead(wav(chunk("xtra", odd), fmt(), data(), chunk("LIST", odd)));
        assertEquals(List.of(), warnings);
    }

    @Test
    void read_oddChunkWithoutPaddingBeforeDataWhosePlacesBothLookLikeChunks_takesTheKnownOne() {
        byte[] samples = new byte[0x7D40 + 2]; // of its length the lowest byte is the letter B
        byte[] bytes = wav(fmt(), chunk("LIST", new byte[3]), chunk("data", samples));
        assertEquals(samples.length / 2, read(bytes).length);
    }

    @Test
    void read_aiffWithOddChunkWithoutPadding_isRead() {
        byte[] comm = WavBytes.bytes(
                18, b -> b.put((byte) 0).put((byte) 1).put(new byte[] {0, 0, 0, 2, 0, 16, 0x40, 0x0C, (byte) 0xFA}));
        byte[] sound = joined(new byte[8], new byte[] {64, 0, -64, 0});
        byte[] chunks = joined(
                ascii("NAME"),
                new byte[] {0, 0, 0, 5},
                ascii("hello"),
                ascii("COMM"),
                new byte[] {0, 0, 0, 18},
                comm,
                ascii("SSND"),
                new byte[] {0, 0, 0, 12},
                sound);
        byte[] whole = joined(ascii("FORM"), new byte[] {0, 0, 0, (byte) (4 + chunks.length)}, ascii("AIFF"), chunks);
        assertRead(whole);
        assertEquals(List.of(), warnings);
        assertRead(joined(whole, new byte[100]));
        assertEquals(1, warnings.size());
    }

    @Test
    void read_bw64AndBrokenLongHeaders_areReadOrRefused() {
        byte[] ds64 =
                chunk("ds64", WavBytes.bytes(28, b -> b.putLong(100).putLong(4).putLong(2)));
        byte[] absurd = chunk(
                "ds64", WavBytes.bytes(28, b -> b.putLong(100).putLong(1L << 60).putLong(2)));
        byte[] unknown = joined(ascii("data"), WavBytes.bytes(4, b -> b.putInt(-1)), WavBytes.shorts(16384, -16384));
        byte[] head = joined(ascii("BW64"), WavBytes.bytes(4, b -> b.putInt(-1)), ascii("WAVE"));
        assertRead(joined(head, ds64, fmt(), unknown));
        assertEquals(List.of(), warnings);
        assertRead(joined(head, fmt(), unknown));
        assertTrue(warnings.getFirst().contains("does not say how long it is"), warnings.toString());
        assertRefused(joined(head, absurd, fmt(), unknown), "truncated: declares 1152921504606846976 bytes");
    }

    @Test
    void read_wave64_isReadAndItsLengthsAreNotTrusted() {
        assertRead(wave64(24 + 4));
        assertEquals(List.of(), warnings);
        assertRefused(wave64(24 + 4000), "truncated: declares 4000 bytes");
        assertRefused(wave64(1L << 61), "truncated");
        assertRefused(wave64(-77), "broken header");
        assertRefused(wave64(7), "broken header");
        assertRefused(wave64(24), "holds no samples");
        byte[] whole = wave64(24 + 4);
        for (int length = 1; length < whole.length - 4; length++) {
            assertRefused(Arrays.copyOf(whole, length), "x: ");
        }
        assertEquals(4, read(wave64(Long.MAX_VALUE)).length);
        assertTrue(warnings.getFirst().contains("does not say how long it is"), warnings.toString());
    }

    @Test
    void read_anyKindBehindATag_isRead() {
        assertRead(joined(id3(), wav(fmt(), data())));
        assertRead(joined(id3(), id3(), wave64(28)));
        assertRead(joined(
                id3(),
                new FlacBytes(16000, 1, 16, 2)
                        .frame(0, new int[] {16384, -16384})
                        .bytes()));
        assertEquals(List.of(), warnings);
        byte[] huge = id3();
        Arrays.fill(huge, 6, 10, (byte) 0x7F);
        assertRefused(joined(huge, wav(fmt(), data())), "truncated: its ID3 tag declares 268435455 bytes");
        assertRefused(id3(), "holds nothing but tags");
    }

    @Test
    void read_recordingsBehindTheFirst_areCountedAndPassedOver() {
        byte[] one = wav(fmt(), data());
        assertRead(joined(one, one));
        assertTrue(warnings.getLast().startsWith("x: only the first of 2 recordings"), warnings.toString());
        assertTrue(warnings.getLast().contains(one.length + " bytes"), warnings.toString());
        assertRead(joined(one, one, wav(fmt(), chunk("LIST", new byte[4]), data())));
        assertTrue(warnings.getLast().contains("first of 3 recordings"), warnings.toString());
        byte[] flac = new FlacBytes(16000, 1, 16, 2)
                .frame(0, new int[] {16384, -16384})
                .bytes();
        assertRead(joined(flac, flac));
        assertTrue(warnings.getLast().contains("first of 2 recordings"), warnings.toString());
        byte[] uncounted = new FlacBytes(16000, 1, 16, 0)
                .frame(0, new int[] {16384, -16384})
                .bytes();
        assertRead(joined(uncounted, uncounted));
        assertEquals(4, warnings.size());
    }

    @Test
    void read_otherBytesBehindTheRecording_areWarnedOfUnlessTheyAreTags() {
        byte[] one = wav(fmt(), data());
        assertRead(joined(one, ascii("TAG"), new byte[125]));
        assertRead(joined(one, new byte[1]));
        assertEquals(List.of(), warnings);
        assertRead(joined(one, new byte[400]));
        assertTrue(warnings.getLast().startsWith("x: 400 bytes behind the samples"), warnings.toString());
        byte[] flac = new FlacBytes(16000, 1, 16, 2)
                .frame(0, new int[] {16384, -16384})
                .bytes();
        assertRead(joined(flac, ascii("no frame of FLAC")));
        assertTrue(warnings.getLast().startsWith("x: 16 bytes"), warnings.toString());
    }
}
