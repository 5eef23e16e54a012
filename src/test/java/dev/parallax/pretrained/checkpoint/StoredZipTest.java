package dev.parallax.pretrained.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Archives as they should be, and those that lie about themselves.
class StoredZipTest {

    private static ZipWriter two() {
        return new ZipWriter()
                .entry("a/x", "first".getBytes(StandardCharsets.US_ASCII))
                .entry("a/y", "second".getBytes(StandardCharsets.US_ASCII));
    }

    private static Map<String, MemorySegment> entries(byte[] zip) {
        return StoredZip.entries(MemorySegment.ofArray(zip), "f");
    }

    /// What is said about an archive in which something was overwritten.
    private static String refusal(byte[] zip, Consumer<ByteBuffer> lie) {
        lie.accept(ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN));
        String message = Refusal.of(() -> entries(zip));
        assertTrue(message.startsWith("f: "), message);
        return message;
    }

    private static String damage(String why) {
        return "f: as a zip archive it is damaged or cut off: " + why + "; copy it again";
    }

    @Test
    void entries_anyKindOfEnd_areFound() {
        for (ZipWriter zip : List.of(
                two(),
                two().zip64(),
                two().comment("PK\u0005\u0006".repeat(9)),
                two().zip64().comment("x".repeat(300)))) {
            Map<String, MemorySegment> entries = entries(zip.toBytes());
            assertEquals(List.of("a/x", "a/y"), List.copyOf(entries.keySet()));
            MemorySegment second = Objects.requireNonNull(entries.get("a/y"));
            assertArrayEquals("second".getBytes(StandardCharsets.US_ASCII), second.toArray(ValueLayout.JAVA_BYTE));
        }
    }

    @Test
    void entries_compressedOrEncrypted_areRefused() {
        byte[] zip = two().toBytes();
        int central = ZipWriter.find(zip, ZipWriter.CENTRAL, 1);
        assertEquals(
                "f: entry \"a/y\" is compressed; expected a file as torch.save writes it, whose entries are stored",
                refusal(zip.clone(), bytes -> bytes.putShort(central + 10, (short) 8)));
        assertTrue(refusal(zip.clone(), bytes -> bytes.putInt(central + 20, 3)).contains("is compressed"));
        assertEquals(
                damage("entry \"a/y\" is encrypted"),
                refusal(zip.clone(), bytes -> bytes.putShort(central + 8, (short) 1)));
    }

    @Test
    void entries_overlapping_areRefused() {
        byte[] zip = two().toBytes();
        int central = ZipWriter.find(zip, ZipWriter.CENTRAL, 0);
        int size = 5 + ZipWriter.find(zip, ZipWriter.LOCAL, 1) - ZipWriter.find(zip, ZipWriter.LOCAL, 0);
        assertEquals(
                damage("entry \"a/y\" overlaps another one"),
                refusal(zip, bytes -> bytes.putInt(central + 20, size).putInt(central + 24, size)));
    }

    @Test
    void entries_sameNameTwiceOrOtherNameInPlace_areRefused() {
        byte[] zip = two().toBytes();
        int central = ZipWriter.find(zip, ZipWriter.CENTRAL, 1);
        int local = ZipWriter.find(zip, ZipWriter.LOCAL, 1);
        assertEquals(
                damage("entry \"a/y\" at byte " + local + " has another name or length there"),
                refusal(zip.clone(), bytes -> bytes.put(local + 32, (byte) 'x')));
        assertEquals(
                damage("entry \"a/x\" occurs twice"),
                refusal(zip.clone(), bytes -> bytes.put(local + 32, (byte) 'x').put(central + 48, (byte) 'x')));
    }

    @Test
    void entries_placesAndLengthsBeyondTheFile_areRefused() {
        byte[] zip = two().toBytes();
        int central = ZipWriter.find(zip, ZipWriter.CENTRAL, 1);
        int end = ZipWriter.find(zip, ZipWriter.END, 0);
        int local = ZipWriter.find(zip, ZipWriter.LOCAL, 1);
        assertTrue(refusal(zip.clone(), bytes -> bytes.putInt(central + 42, 0x7FFFFFFF))
                .contains("points to byte 2147483647"));
        assertEquals(
                damage("entry \"a/y\" is not at byte 1"), refusal(zip.clone(), bytes -> bytes.putInt(central + 42, 1)));
        assertTrue(refusal(
                        zip.clone(),
                        bytes -> bytes.putInt(central + 20, 0x7FFFFFFF).putInt(central + 24, 0x7FFFFFFF))
                .contains("another name or length"));
        assertTrue(refusal(zip.clone(), bytes -> bytes.putShort(local + 28, (short) -1))
                .contains("in the middle of 65535 bytes"));
        assertTrue(refusal(zip.clone(), bytes -> bytes.putInt(end + 16, 0x7FFFFFFF))
                .contains("its directory would be"));
        assertTrue(refusal(zip.clone(), bytes -> bytes.putInt(end + 12, 0x7FFFFFFF))
                .contains("its directory would be"));
        assertEquals(
                damage("its directory would have 999 entries in 98 bytes"),
                refusal(
                        zip.clone(),
                        bytes -> bytes.putShort(end + 8, (short) 999).putShort(end + 10, (short) 999)));
        assertEquals(
                damage("its directory has another length than it says"),
                refusal(zip.clone(), bytes -> bytes.putShort(end + 8, (short) 1).putShort(end + 10, (short) 1)));
        assertEquals(
                damage("its end does not say where its directory is"),
                refusal(zip.clone(), bytes -> bytes.putShort(end + 8, (short) 1)));
        assertEquals(
                damage("its directory has no entry at byte " + central),
                refusal(zip.clone(), bytes -> bytes.putInt(central, 0)));
        assertEquals(damage("its directory is missing"), refusal(zip.clone(), bytes -> bytes.putInt(end, 0)));
    }

    @Test
    void entries_onSeveralDisks_areRefused() {
        byte[] zip = two().toBytes();
        int end = ZipWriter.find(zip, ZipWriter.END, 0);
        String message = damage("its end does not say where its directory is");
        assertEquals(message, refusal(zip.clone(), bytes -> bytes.putShort(end + 4, (short) 1)));
        assertEquals(message, refusal(zip.clone(), bytes -> bytes.putShort(end + 6, (short) 1)));
    }

    @Test
    void entries_directoryOfHugeLength_isRefused() {
        int length = 65 << 20;
        assertEquals(
                damage("its directory would have 1 entries in " + length + " bytes"),
                refusal(
                        new byte[length + 22],
                        bytes -> bytes.putInt(length, ZipWriter.END)
                                .putShort(length + 8, (short) 1)
                                .putShort(length + 10, (short) 1)
                                .putInt(length + 12, length)));
    }

    @Test
    void entries_liesInZip64_areRefused() {
        byte[] zip = two().zip64().toBytes();
        int end = ZipWriter.find(zip, ZipWriter.END, 0);
        int end64 = ZipWriter.find(zip, ZipWriter.END_64, 0);
        int extra = ZipWriter.find(zip, ZipWriter.CENTRAL, 1) + 46 + 3;
        for (long lie : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 40}) {
            assertEquals(
                    damage("its zip64 end is not before its end"),
                    refusal(zip.clone(), bytes -> bytes.putLong(end - 12, lie)));
            assertTrue(refusal(zip.clone(), bytes -> bytes.putLong(end64 + 40, lie))
                    .contains("its directory would be"));
            assertTrue(refusal(zip.clone(), bytes -> bytes.putLong(end64 + 48, lie))
                    .contains("its directory would be"));
            refusal(zip.clone(), bytes -> bytes.putLong(end64 + 24, lie).putLong(end64 + 32, lie));
            assertTrue(refusal(
                            zip.clone(), bytes -> bytes.putLong(extra + 10, lie).putLong(extra + 18, lie))
                    .contains("another name or length"));
            assertTrue(refusal(zip.clone(), bytes -> bytes.putLong(extra + 26, lie))
                    .contains("points to byte"));
        }
        assertEquals(
                damage("its zip64 end is not where it says"),
                refusal(zip.clone(), bytes -> bytes.putLong(end - 12, end64 - 1)));
        assertEquals(
                damage("entry \"a/y\" has no zip64 numbers"),
                refusal(zip.clone(), bytes -> bytes.putShort(extra + 6, (short) 2)));
        assertEquals(
                damage("entry \"a/y\" has no zip64 numbers"),
                refusal(
                        zip.clone(),
                        bytes -> bytes.putShort(extra - 3 - 46 + 30, (short) 26)
                                .putShort(extra - 3 - 46 + 32, (short) 8)));
    }
}
