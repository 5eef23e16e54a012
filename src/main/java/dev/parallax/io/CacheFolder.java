package dev.parallax.io;

import java.nio.file.Path;
import java.util.Map;

/// Where what can be computed again is kept from run to run.
public final class CacheFolder {

    private CacheFolder() {}

    /// `$XDG_CACHE_HOME/parallax/NAME`, or `~/.cache/parallax/NAME` where that is not set to an absolute path (XDG Base
    /// Directory Specification).
    ///
    /// @param environment that of the process
    /// @param home        the user's home folder
    public static Path of(String name, Map<String, String> environment, Path home) {
        String cacheHome = environment.getOrDefault("XDG_CACHE_HOME", "");
        boolean usable = !cacheHome.isEmpty() && Path.of(cacheHome).isAbsolute();
        Path root = usable ? Path.of(cacheHome) : home.resolve(".cache");
        return root.resolve("parallax").resolve(name);
    }
}
