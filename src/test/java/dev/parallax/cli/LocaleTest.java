package dev.parallax.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The locale changes nothing: neither the digits and letters of Egypt and Turkey nor the decimal comma reach an id,
/// a hash or a file.
class LocaleTest {

    private static final String EGYPT = "ar-EG-u-nu-arab";
    private static final String SPEAKER = "speaker-000";

    @TempDir
    Path folder;

    private interface Work<T> {
        T run() throws IOException;
    }

    private static <T> T in(String locale, Work<T> work) throws IOException {
        Locale former = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag(locale));
        try {
            return work.run();
        } finally {
            Locale.setDefault(former);
        }
    }

    private byte[] trained(String name) throws IOException {
        Path out = folder.resolve(name);
        Outcome outcome = Outcome.of(
                "train",
                "--corpus",
                "synthetic:3",
                "--modalities",
                "text",
                "--set",
                "training.epochs=1",
                "--out",
                out.toString());
        assertEquals(0, outcome.code(), outcome.err());
        return Files.readAllBytes(out.resolve("best.safetensors"));
    }

    private static String stats() {
        Outcome outcome = Outcome.of("corpus", "stats", "synthetic:3", "--json");
        assertEquals(0, outcome.code(), outcome.err());
        return outcome.out();
    }

    @Test
    void digits_ofEgypt_areOthers() throws IOException {
        String speaker = in(EGYPT, () -> String.format(Locale.getDefault(), "speaker-%03d", 0));
        assertTrue(!speaker.equals(SPEAKER), "this JDK has no Arabic digits, so the tests here would see nothing");
    }

    @ParameterizedTest
    @ValueSource(strings = {EGYPT, "tr-TR"})
    void commands_anyLocale_giveTheSameBytes(String locale) throws IOException {
        assertEquals(in("en-US", LocaleTest::stats), in(locale, LocaleTest::stats));
        assertArrayEquals(in("en-US", () -> trained("here")), in(locale, () -> trained("there")));
    }
}
