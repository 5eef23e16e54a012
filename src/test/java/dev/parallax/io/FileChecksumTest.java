package dev.parallax.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileChecksumTest {

    @TempDir
    Path folder;

    private static byte[] file() {
        return new SafeTensors.Builder()
                .checked()
                .metadata("text", "words")
                .floats("x", new int[] {3}, new float[] {1, 2, 3})
                .toBytes();
    }

    /// The published check value of CRC-32C (RFC 3720): the sum of the characters 1 to 9.
    @Test
    void algorithm_checkValue_isThatOfTheTables() {
        CRC32C sum = new CRC32C();
        sum.update("123456789".getBytes(StandardCharsets.US_ASCII));
        assertEquals(0xE3069283L, sum.getValue());
    }

    @Test
    void parse_everyFlippedBitOfTheFile_isRefused() {
        byte[] file = file();
        assertEquals("words", SafeTensors.parse(file, "a").metadata().get("text"));
        int unnoticed = 0;
        for (int at = 0; at < file.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] damaged = file.clone();
                damaged[at] ^= (byte) (1 << bit);
                unnoticed += isRead(damaged) ? 1 : 0;
            }
        }
        // where the word "checksum" itself or its kind is damaged, there is none to check; ModelFile refuses
        // such metadata
        assertTrue(unnoticed <= 8 * "checksumcrc32c:".length(), unnoticed + " of " + 8 * file.length);
    }

    private static boolean isRead(byte[] file) {
        try {
            SafeTensors read = SafeTensors.parse(file, "damaged");
            return read.contains("x") && "words".equals(read.metadata().get("text"));
        } catch (RuntimeException e) {
            return false;
        }
    }

    @Test
    void parse_damagedNumber_saysSo() {
        byte[] file = file();
        file[file.length - 1] ^= 1;
        String message = Refusal.of(() -> SafeTensors.parse(file, "model.safetensors"));
        assertTrue(message.startsWith("model.safetensors: the file is damaged (its checksum is "), message);
    }

    @Test
    void write_toDisk_hasTheSameBytes() {
        Path path = folder.resolve("a.safetensors");
        new SafeTensors.Builder()
                .checked()
                .metadata("text", "words")
                .floats("x", new int[] {3}, new float[] {1, 2, 3})
                .write(path);
        assertArrayEquals(file(), SafeFiles.read(path));
    }
}
