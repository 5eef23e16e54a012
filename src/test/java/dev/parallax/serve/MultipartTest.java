package dev.parallax.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parallax.BadInputException;
import dev.parallax.random.RandomStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MultipartTest {

    private static final String BOUNDARY = "--ab--a";

    /// Contents of the letters of the delimiter: they begin like it, overlap with it, and end within it.
    @Test
    void contentsThatLookLikeTheDelimiterAreWhole() {
        RandomStream random = new RandomStream(7, 0, 0, 0);
        for (int trial = 0; trial < 2000; trial++) {
            byte[] audio = contents(random, trial % 60);
            byte[] text = contents(random, trial % 7);
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            part(body, "audio", audio);
            part(body, "text", text);
            write(body, "--" + BOUNDARY + "--\r\n");
            Map<String, byte[]> parts = Multipart.parse(body.toByteArray(), BOUNDARY);
            assertEquals(2, parts.size());
            assertArrayEquals(audio, parts.get("audio"));
            assertArrayEquals(text, parts.get("text"));
        }
    }

    @Test
    void aFormThatBreaksOffWithinItsLastDelimiterIsRefused() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        part(body, "audio", new byte[100]);
        byte[] whole = body.toByteArray();
        for (int cut = 1; cut < BOUNDARY.length(); cut++) {
            byte[] cutOff = Arrays.copyOf(whole, whole.length - cut);
            assertThrows(BadInputException.class, () -> Multipart.parse(cutOff, BOUNDARY));
        }
    }

    private static byte[] contents(RandomStream random, int length) {
        String letters = "\r\n-ab";
        StringBuilder all = new StringBuilder();
        do {
            all.setLength(0);
            for (int i = 0; i < length; i++) {
                all.append(letters.charAt(random.nextInt(letters.length())));
            }
        } while (("\r\n" + all + "\r\n").contains("\r\n--" + BOUNDARY));
        return all.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void part(ByteArrayOutputStream body, String name, byte[] content) {
        write(body, "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n");
        body.writeBytes(content);
        write(body, "\r\n");
    }

    private static void write(ByteArrayOutputStream body, String text) {
        body.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
