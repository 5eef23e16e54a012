package dev.parallax.backend.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.BackendException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A library that is missing, and one that is there but is none.
class NativeLibraryTest {

    private static final String ABSENT = "libparallax-has-no-such.so.1";

    @TempDir
    private Path folder;

    private static String refusal(List<String> names) {
        BackendException error = assertThrows(
                BackendException.class, () -> NativeLibrary.required("cuda", "NVIDIA driver", names, "install it"));
        return String.valueOf(error.getMessage());
    }

    @Test
    void required_thatIsNotThere_isMissing() {
        assertEquals(
                "cuda: this machine has no NVIDIA driver (" + ABSENT + "); install it",
                refusal(List.of(ABSENT, folder.resolve(ABSENT).toString())));
    }

    /// An empty file on the loader's path is no reason to install a driver that may well be there.
    @Test
    void required_thatCannotBeLoaded_namesTheFileAndWhatIsWrongWithIt() throws IOException {
        Path file = Files.writeString(folder.resolve("libcuda.so.1"), "garbage");
        assertEquals(
                "cuda: the NVIDIA driver cannot be loaded: " + file + ": file too short; mend or remove that file, or"
                        + " install it",
                refusal(List.of(ABSENT, file.toString())));
    }

    @Test
    void first_ofSeveral_isTheOneThatLoads() throws IOException {
        String garbage =
                Files.writeString(folder.resolve("garbage.so"), "garbage").toString();
        Path java = Path.of(System.getProperty("java.home"), "lib", System.mapLibraryName("java"));
        assertTrue(NativeLibrary.first(List.of(ABSENT, garbage)).isEmpty());
        assertTrue(
                NativeLibrary.first(List.of(ABSENT, garbage, java.toString())).isPresent());
    }
}
