package dev.parallax.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafeFilesTest {

    @TempDir
    Path folder = Path.of("replaced by JUnit");

    @Test
    void write_existingFile_isReplacedAndNothingElseStays() throws IOException {
        Path file = folder.resolve("a");
        SafeFiles.write(file, new byte[] {1});
        SafeFiles.write(file, new byte[] {2, 3});
        assertEquals(2, SafeFiles.read(file).length);
        assertEquals(List.of(file), list());
    }

    @Test
    void write_contentThatFails_leavesTheOldFileAlone() throws IOException {
        Path file = folder.resolve("a");
        SafeFiles.write(file, "old".getBytes(StandardCharsets.UTF_8));
        assertEquals(
                file + ": cannot be written (IOException: disk full); check disk and rights",
                Refusal.of(() -> SafeFiles.write(file, out -> {
                    out.write(new byte[100_000]);
                    throw new IOException("disk full");
                })));
        assertThrows(
                IllegalStateException.class,
                () -> SafeFiles.write(file, out -> {
                    throw new IllegalStateException("bug");
                }));
        assertEquals("old", Files.readString(file));
        assertEquals(List.of(file), list());
    }

    @Test
    void write_noSuchFolderOrFolderInTheWay_isOneLine() {
        Path file = folder.resolve("no/file");
        assertEquals(
                file + ": the folder " + folder.resolve("no") + " does not exist; create it first",
                Refusal.of(() -> SafeFiles.write(file, new byte[1])));
        assertEquals(
                folder + ": is a folder, cannot be replaced by a file",
                Refusal.of(() -> SafeFiles.write(folder, new byte[1])));
    }

    @Test
    void createFolder_fileInTheWay_isOneLine() throws IOException {
        Path file = Files.createFile(folder.resolve("a"));
        SafeFiles.createFolder(folder.resolve("b/c"));
        SafeFiles.createFolder(folder.resolve("b/c"));
        assertTrue(Files.isDirectory(folder.resolve("b/c")));
        assertTrue(Refusal.of(() -> SafeFiles.createFolder(file)).startsWith(file + ": cannot be created as a folder"));
    }

    /// The digest of "abc" is the first example of FIPS 180-2.
    @Test
    void sha256_abc_equalsThePublishedDigest() throws IOException {
        String abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        Path file = Files.writeString(folder.resolve("a"), "abc");
        assertEquals(abc, SafeFiles.sha256(file));
        assertEquals(abc, SafeFiles.sha256(new byte[] {'a'}, new byte[] {'b', 'c'}));
        assertEquals(folder.resolve("b") + ": no such file", Refusal.of(() -> SafeFiles.sha256(folder.resolve("b"))));
    }

    private List<Path> list() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
