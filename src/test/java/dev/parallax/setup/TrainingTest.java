package dev.parallax.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingTest {

    @TempDir
    Path folder;

    @Test
    void copy_filesOfAnotherRun_doNotStay() throws IOException {
        Path from = Files.createDirectories(folder.resolve("from"));
        Path to = Files.createDirectories(folder.resolve("to"));
        Files.writeString(to.resolve("metrics.csv"), "old");
        Files.writeString(to.resolve("run.json"), "old");
        Files.writeString(from.resolve("run.json"), "new");
        Training.copy(from, to);
        assertFalse(Files.exists(to.resolve("metrics.csv")));
        assertEquals("new", Files.readString(to.resolve("run.json")));
    }
}
