package dev.parallax.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parallax.Refusal;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextFileTest {

    private static final String TEXT = "id,text\n1,Grüße 😀\n";

    @Test
    void decode_marksOfUtf8AndUtf16_giveTheText() {
        for (Charset charset :
                new Charset[] {StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE}) {
            assertEquals(TEXT, TextFile.decode(("\uFEFF" + TEXT).getBytes(charset), "f"), charset.name());
        }
        assertEquals(TEXT, TextFile.decode(TEXT.getBytes(StandardCharsets.UTF_8), "f"));
    }

    @Test
    void decode_otherEncodings_areRefusedWithTheLine() {
        byte[] latin = "id,text\r\n1,a\r\n2,Grüße\r\n".getBytes(StandardCharsets.ISO_8859_1);
        String mend = "; save it as UTF-8 (Excel calls that \"CSV UTF-8\")";
        assertEquals("f line 3: byte 0xFC is not UTF-8" + mend, Refusal.of(() -> TextFile.decode(latin, "f")));
        byte[] half = {(byte) 0xFF, (byte) 0xFE, 'a', 0, '\n', 0, 0, (byte) 0xDC};
        assertEquals("f line 2: byte 0x00 is not UTF-16" + mend, Refusal.of(() -> TextFile.decode(half, "f")));
        byte[] wide = {(byte) 0xFF, (byte) 0xFE, 0, 0, 'a', 0, 0, 0};
        assertEquals("f: is UTF-32" + mend, Refusal.of(() -> TextFile.decode(wide, "f")));
        byte[] unmarked = "id".getBytes(StandardCharsets.UTF_16LE);
        assertEquals(
                "f line 1: holds a zero byte, as no text does; if it is UTF-16 without a byte order mark, "
                        + mend.substring(2),
                Refusal.of(() -> TextFile.decode(unmarked, "f")));
    }

    @Test
    void read_fileTooLarge_isRefusedUnread(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("large.csv");
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(TextFile.MOST_BYTES + 1); // sparse: needs no disk space
        }
        assertTrue(Refusal.of(() -> TextFile.read(file)).endsWith("of the largest table that is read; split it"));
    }

    @Test
    void read_deviceOrFolder_isRefused(@TempDir Path folder) {
        assertEquals(
                folder + ": is a folder, expected a file; name one in it", Refusal.of(() -> TextFile.read(folder)));
        Path endless = Path.of("/dev/zero");
        assumeTrue(Files.exists(endless));
        assertEquals(
                "/dev/zero: is a pipe or a device, no regular file; save what it gives as a file first",
                Refusal.of(() -> TextFile.read(endless)));
    }
}
