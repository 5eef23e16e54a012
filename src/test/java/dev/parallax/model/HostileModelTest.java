package dev.parallax.model;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import dev.parallax.TestBackends;
import dev.parallax.audio.Audio;
import dev.parallax.backend.Backend;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Files that ask for more than a computer has, or answer what is no number: refused in a line, before any memory is
/// taken.
class HostileModelTest {

    private static final Backend BACKEND = TestBackends.all().toList().getFirst();
    private static final int LENGTH = Long.BYTES; // of the header, in front of it

    @TempDir
    Path folder;

    private static byte[] starter() throws IOException {
        try (InputStream in = Starter.class.getResourceAsStream("starter.safetensors")) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }

    private static int headerSize(byte[] file) {
        return (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
    }

    private static String header(byte[] file) {
        return new String(file, LENGTH, headerSize(file), StandardCharsets.UTF_8);
    }

    /// The starter's file with something else in its header.
    private Path changed(String former, String now) throws IOException {
        byte[] file = starter();
        String header = header(file);
        assertTrue(header.contains(former), former);
        byte[] other = header.replaceFirst("\"checksum\":\"[^\"]*\",", "") // somebody who means harm has no use for it
                .replace(former, now)
                .getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int padded = (other.length + Long.BYTES - 1) / Long.BYTES * Long.BYTES;
        out.writeBytes(ByteBuffer.allocate(LENGTH)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(padded)
                .array());
        out.writeBytes(other);
        out.writeBytes(" ".repeat(padded - other.length).getBytes(StandardCharsets.UTF_8));
        out.write(file, LENGTH + headerSize(file), file.length - LENGTH - headerSize(file));
        return Files.write(folder.resolve("hostile.safetensors"), out.toByteArray());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nFft\\\":512 | nFft\\\":1073741824 | spectrum: nFft is 1073741824",
                "sampleRate\\\":16000 | sampleRate\\\":1073741824 | sampleRate 1073741824",
                "frameLength\\\":400 | frameLength\\\":1073741824 | framing: frames of 1073741824",
                "mel\\\":{\\\"count\\\":40 | mel\\\":{\\\"count\\\":1073741824 | mel bands: 1073741824",
                "layers\\\":1 | layers\\\":1000000 | layers 1000000",
                "hidden\\\":64 | hidden\\\":1000000000 | hidden 1000000000",
                "embedding\\\":40 | embedding\\\":1000000000 | embedding is 1000000000",
                "fusionWidth\\\":64 | fusionWidth\\\":2147483647 | fusionWidth is 2147483647",
                "buckets\\\":8192 | buckets\\\":2000000000 | 2^31 - 1",
                "embedding\\\":40 | embedding\\\":60000 | has shape",
            })
    void load_sizesOutOfAllBounds_areRefused(String former, String now, String message) throws IOException {
        Path file = changed(former, now);
        RuntimeException refusal = assertThrows(RuntimeException.class, () -> EmotionModel.load(file, BACKEND));
        String text = String.valueOf(refusal.getMessage());
        assertTrue(text.contains(message), refusal.toString());
    }

    @Test
    void predict_weightsWhoseSumsOverflow_isNoAnswer() throws IOException {
        byte[] file = starter();
        int from = LENGTH + headerSize(file);
        ByteBuffer values = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        String header = header(file).replace("crc32c:", "other-:"); // of the same length, and of no meaning
        System.arraycopy(header.getBytes(StandardCharsets.UTF_8), 0, file, LENGTH, headerSize(file));
        String[] offsets = header.substring(header.indexOf("text.head.weight"))
                .split("\\[", 4)[2]
                .split("]", 2)[0]
                .split(",", -1);
        for (int at = Integer.parseInt(offsets[0]); at < Integer.parseInt(offsets[1]); at += Float.BYTES) {
            values.putFloat(from + at, 3e38f);
        }
        EmotionModel model = EmotionModel.load(Files.write(folder.resolve("huge.safetensors"), file));
        String message = Refusal.of(() -> model.predict((Audio) null, "I am so happy"));
        assertTrue(message.contains("a logit is"), message);
    }
}
