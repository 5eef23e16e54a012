package dev.parallax.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NearbyPathTest {

    @TempDir
    Path folder;

    private Path file(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "x");
    }

    private void assertHint(String missing, Path there, String difference) {
        Path path = folder.resolve(missing);
        Assumptions.assumeFalse(Files.exists(path), "this file system takes both names for one");
        assertEquals("; did you mean \"" + there + "\"? (" + difference + ")", NearbyPath.hint(path));
    }

    @Test
    void hint_caseOfANameOrOfAFolder_isNamed() throws IOException {
        Path there = file("wav/A11.WAV");
        assertHint("wav/A11.wav", there, "differs in case");
        assertHint("WAV/A11.WAV", there, "differs in case");
    }

    @Test
    void hint_otherUnicodeForm_isNamed() throws IOException {
        Path there = file("wav/" + Normalizer.normalize("Jürgen.wav", Normalizer.Form.NFD));
        assertHint(
                "wav/" + Normalizer.normalize("Jürgen.wav", Normalizer.Form.NFC), there, "differs in its Unicode form");
    }

    @Test
    void hint_backslashes_areNamed() throws IOException {
        Path there = file("wav/a11.wav");
        assertHint("wav\\a11.wav", there, "write / for \\");
        assertHint("wav\\A11.wav", there, "write / for \\, differs in case");
    }

    @Test
    void hint_otherKindOrShortName_isNotSuggested() throws IOException {
        file("gone.csv");
        file("home/a.wav");
        assertEquals("", NearbyPath.hint(folder.resolve("gone.wav")));
        assertEquals("", NearbyPath.hint(folder.resolve("nope")));
        assertHint("hone", folder.resolve("home"), "differs in 1 letter");
        assertHint("gone.tsv", folder.resolve("gone.csv"), "differs in 1 letter");
    }

    @Test
    void hint_blanksAtTheEnds_areNamed() throws IOException {
        assertHint("a11.wav", file("a11.wav "), "differs in blanks at its ends");
    }

    @Test
    void hint_typingErrorOrEnding_isNamed() throws IOException {
        Path there = file("interview.wav");
        assertHint("intervew.wav", there, "differs in 1 letter");
        assertHint("interveiw.wav", there, "differs in 2 letters");
        assertHint("interview.flac", there, "differs in its ending");
    }

    @Test
    void hint_anotherNumberOrAnotherName_isNone() throws IOException {
        file("clip_017.wav");
        file("a.wav");
        for (String name : new String[] {"clip_018.wav", "b.wav", "nothing like it.wav", "no/such/folder.wav"}) {
            assertEquals("", NearbyPath.hint(folder.resolve(name)), name);
        }
    }

    @Test
    void read_missingFile_namesTheOneThatIsThere() throws IOException {
        file("manifest.csv");
        Path missing = folder.resolve("manifset.csv");
        String message = Refusal.of(() -> SafeFiles.read(missing));
        assertTrue(message.contains("no such file; did you mean"), message);
    }
}
