package dev.parallax.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class Utf8Test {

    @Test
    void decode_anyText_isGivenBack() {
        for (String text : new String[] {"", "plain", "müde – 怒り 😠", "a replacement \uFFFD of its own"}) {
            assertEquals(text, Utf8.decode(text.getBytes(StandardCharsets.UTF_8), "test"));
        }
    }

    @Test
    void decode_notUtf8_namesLineAndByte() {
        byte[] bytes = "gr\u00fc\u00dfe".getBytes(StandardCharsets.ISO_8859_1);
        String message = Refusal.of(() -> Utf8.decode(bytes, "the file"));
        assertTrue(message.startsWith("the file: byte 2 is not UTF-8"), message);
        byte[] cut = "one\ntwo\r\nthree \u00e9".getBytes(StandardCharsets.UTF_8);
        String atEnd = Refusal.of(() -> Utf8.decode(cut, 4, cut.length - 5, "the file"));
        assertTrue(atEnd.startsWith("the file: byte 11, in line 2, is not UTF-8"), atEnd);
        byte[] both = "\uFFFD then \u00e9".getBytes(StandardCharsets.UTF_8);
        both[both.length - 1] = 'x'; // the second byte of the last letter
        assertTrue(Refusal.of(() -> Utf8.decode(both, "the file")).contains("the file: byte 9 is not UTF-8"));
    }
}
