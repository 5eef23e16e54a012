package dev.parallax.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parallax.BadInputException;
import dev.parallax.random.RandomStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
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
            Map<String, Stretch> parts = Multipart.parse(amongOthers(body, trial % 5), BOUNDARY);
            assertEquals(2, parts.size());
            assertArrayEquals(audio, Objects.requireNonNull(parts.get("audio")).copy());
            assertArrayEquals(text, Objects.requireNonNull(parts.get("text")).copy());
        }
    }

    @Test
    void aFormThatBreaksOffWithinItsLastDelimiterIsRefused() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        part(body, "audio", new byte[100]);
        write(body, "--" + BOUNDARY + "--\r\n");
        Stretch whole = amongOthers(body, 3);
        assertEquals(1, Multipart.parse(whole, BOUNDARY).size());
        for (int cut = 3; cut < BOUNDARY.length() + 8; cut++) {
            Stretch cutOff = new Stretch(whole.array(), whole.from(), whole.to() - cut);
            assertThrows(BadInputException.class, () -> Multipart.parse(cutOff, BOUNDARY));
        }
    }

    /// A body within an array that has held a longer one, whose rest looks like the end of this.
    private static Stretch amongOthers(ByteArrayOutputStream body, int before) {
        byte[] array = new byte[before + body.size() + 200];
        byte[] rest =
                ("--" + BOUNDARY + "--\r\n--" + BOUNDARY + "--\r\n").repeat(12).getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(rest, 0, array, before + body.size(), Math.min(200, rest.length));
        System.arraycopy(body.toByteArray(), 0, array, before, body.size());
        return new Stretch(array, before, before + body.size());
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
