package dev.parallax.backend.device;

import dev.parallax.BadInputException;
import dev.parallax.io.CacheFolder;
import dev.parallax.io.SafeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Compiled programs, kept from run to run: a file for each driver, device, options and source. A cache only:
/// what cannot be read is compiled, and what cannot be written is compiled again the next time.
///
/// @param folder made when needed
public record BinaryCache(Path folder) {

    /// `$XDG_CACHE_HOME/parallax/kernels`, or `~/.cache/parallax/kernels` where that is not set to an absolute
    /// path.
    public static BinaryCache ofUser() {
        return of(System.getenv(), Path.of(System.getProperty("user.home", ".")));
    }

    /// @param environment that of the process
    /// @param home        the user's home folder
    static BinaryCache of(Map<String, String> environment, Path home) {
        return new BinaryCache(CacheFolder.of("kernels", environment, home));
    }

    /// The program of this key, or null.
    byte @Nullable [] get(String key) {
        try {
            byte[] program = Files.readAllBytes(file(key));
            return program.length == 0 ? null : program;
        } catch (IOException e) {
            return null;
        }
    }

    /// Keeps a program.
    ///
    /// @param log receives a line where that is not possible
    void put(String key, byte[] program, Consumer<String> log) {
        try {
            SafeFiles.createFolder(folder);
            SafeFiles.writeCached(file(key), program);
        } catch (BadInputException e) {
            log.accept("compiled kernels are not kept, the next start compiles them again: " + e.getMessage());
        }
    }

    private Path file(String key) {
        return folder.resolve(key + ".bin");
    }
}
