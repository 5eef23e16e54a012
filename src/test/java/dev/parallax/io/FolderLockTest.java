package dev.parallax.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.BadInputException;
import dev.parallax.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {

    @TempDir
    Path folder;

    private final List<String> told = new ArrayList<>();

    @Test
    void of_takenFolder_isRefusedUntilItIsGivenBack() {
        Path run = folder.resolve("run");
        try (FolderLock _ = FolderLock.of(run, told::add)) {
            assertTrue(FolderLock.isEmpty(run));
            String message = Refusal.of(() -> FolderLock.of(run, told::add));
            assertEquals(run + ": another run is writing there; wait for its end, or give another folder", message);
        }
        FolderLock.of(run, told::add).close();
        assertEquals(List.of(), told);
    }

    /// Another process, as a command line starts one, is refused; a refused second lock in this process must not
    /// release the first.
    @Test
    void of_folderTakenHere_isRefusedToAnotherProcess() throws IOException, InterruptedException {
        Path run = folder.resolve("run");
        try (FolderLock _ = FolderLock.of(run, told::add)) {
            Refusal.of(() -> FolderLock.of(run, told::add));
            assertEquals(3, exitCodeOfAnother(run));
        }
        assertEquals(0, exitCodeOfAnother(run));
    }

    private static int exitCodeOfAnother(Path run) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        java, "-cp", System.getProperty("java.class.path"), Another.class.getName(), run.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    /// Locks a folder and releases it: exit code 0, or 3 where the lock is refused.
    static final class Another {
        private Another() {}

        public static void main(String[] args) {
            try {
                FolderLock.of(Path.of(args[0]), warning -> {}).close();
            } catch (BadInputException e) {
                System.exit(3);
            }
        }
    }

    @Test
    void close_folderMadeForNothing_isGone() {
        Path run = folder.resolve("a").resolve("run");
        FolderLock.of(run, told::add).close();
        assertFalse(Files.exists(run));
        FolderLock.of(folder, told::add).close();
        assertTrue(Files.exists(folder), "what was there stays");
    }

    @Test
    void close_folderWithFiles_keepsThem() throws IOException {
        Path run = folder.resolve("run");
        try (FolderLock _ = FolderLock.of(run, told::add)) {
            Files.writeString(run.resolve("model"), "weights");
            assertFalse(FolderLock.isEmpty(run));
        }
        assertEquals("weights", Files.readString(run.resolve("model")));
    }

    @Test
    void of_fileInTheWay_isRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertTrue(Refusal.of(() -> FolderLock.of(file, told::add)).contains("cannot be created as a folder"));
    }

    @Test
    void deleteUnfinished_leavesAllElse() throws IOException {
        Files.writeString(folder.resolve(".best.safetensors.12-1-99.tmp"), "half");
        Files.writeString(folder.resolve("notes.tmp"), "a user's");
        SafeFiles.deleteUnfinished(folder);
        try (var files = Files.list(folder)) {
            assertEquals(List.of(folder.resolve("notes.tmp")), files.toList());
        }
    }
}
