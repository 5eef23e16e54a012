package dev.parallax.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parallax.Refusal;
import dev.parallax.audio.file.AudioFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Readers of whole files and of lines, on input without an end, on far too large input, and in an interrupted
/// thread.
class InputLimitsTest {

    private static final Map<String, Consumer<Path>> READERS = Map.of(
            "bytes", SafeFiles::read,
            "sha256", SafeFiles::sha256,
            "text", TextFile::read,
            "csv", Csv::read,
            "json", Json::parse,
            "npy", Npy::read,
            "safetensors", SafeTensors::read,
            "lines",
                    file -> {
                        try (LineReader lines = LineReader.open(file)) {
                            lines.next();
                        }
                    });

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"bytes", "sha256", "text", "csv", "json", "npy", "safetensors", "lines"})
    void read_deviceWithoutEnd_isRefusedAtOnce(String reader) {
        Path endless = Path.of("/dev/zero");
        assumeTrue(Files.exists(endless));
        String refusal = assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> Refusal.of(() -> reader(reader).accept(endless)));
        assertEquals("/dev/zero: is a pipe or a device, no regular file; save what it gives as a file first", refusal);
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "csv", "npy", "safetensors", "lines"})
    void read_fileOfTwoGigabytes_isRefusedUnread(String reader) throws IOException {
        Path file = folder.resolve("large");
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(2_000_000_000); // sparse: needs no disk space
        }
        String refusal = Refusal.of(() -> reader(reader).accept(file));
        assertTrue(refusal.startsWith(file.toString()), refusal);
        assertEquals(1, refusal.lines().count());
    }

    @Test
    void write_inAnInterruptedThread_saysSo() {
        Path file = folder.resolve("new");
        assertEquals(
                file + ": cannot be written (the thread was interrupted); nothing is wrong with it, try again",
                interrupted(() -> SafeFiles.write(file, new byte[1])));
    }

    @Test
    void open_recordingInAnInterruptedThread_saysSo() throws IOException {
        Path file = Files.write(folder.resolve("a.wav"), new byte[100]);
        assertEquals(
                file + ": cannot be read (the thread was interrupted); nothing is wrong with it, try again",
                interrupted(() -> AudioFile.open(file, _ -> {}).close()));
    }

    private static Consumer<Path> reader(String name) {
        return Objects.requireNonNull(READERS.get(name), name);
    }

    /// The message of a refusal in an interrupted thread.
    private static String interrupted(Runnable reading) {
        Thread.currentThread().interrupt();
        try {
            return Refusal.of(reading);
        } finally {
            assertTrue(Thread.interrupted());
        }
    }
}
