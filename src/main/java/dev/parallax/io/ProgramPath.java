package dev.parallax.io;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds programs that others install.
public final class ProgramPath {

    private ProgramPath() {}

    /// The program in the first folder of the `PATH` that holds it, or null.
    public static @Nullable Path find(String name) {
        return find(name, System.getenv().getOrDefault("PATH", ""));
    }

    /// The program in the first folder of a search path that holds it, or null. Folders that are not absolute do not
    /// count.
    public static @Nullable Path find(String name, String searchPath) {
        for (String folder : searchPath.split(Pattern.quote(File.pathSeparator), -1)) {
            for (String file : List.of(name, name + ".exe")) {
                Path program = new File(folder, file).toPath();
                if (program.isAbsolute() && Files.isRegularFile(program) && Files.isExecutable(program)) {
                    return program;
                }
            }
        }
        return null;
    }
}
