package dev.parallax.corpus;

import dev.parallax.BadInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What lies in the folders of a corpus. Names are compared whatever their case, since copies differ in it. What
/// begins with a dot is passed over: macOS leaves `._x.wav` beside `x.wav`, which is no recording. The order is that
/// of the names, on every machine.
final class Listing {

    private Listing() {}

    /// The files of a folder that end like this.
    ///
    /// @param ending such as `.wav`
    static List<Path> files(Path folder, String ending) {
        return below(folder, 1, Listing::isFile).stream()
                .filter(file -> endsWith(file, ending))
                .toList();
    }

    /// The files of a folder and of those inside it that end like this.
    ///
    /// @param depth how many folders deep, 1 for the folder itself
    static List<Path> filesBelow(Path folder, String ending, int depth) {
        return below(folder, depth, Listing::isFile).stream()
                .filter(file -> endsWith(file, ending))
                .toList();
    }

    /// The folders of a folder.
    static List<Path> folders(Path folder) {
        return below(folder, 1, Files::isDirectory).stream()
                .filter(path -> !path.equals(folder))
                .toList();
    }

    /// The file or folder of this name, whatever its case; null where there is none.
    static @Nullable Path child(Path folder, String name) {
        Path exact = folder.resolve(name);
        if (Files.exists(exact)) {
            return exact;
        }
        if (!Files.isDirectory(folder)) {
            return null;
        }
        return below(folder, 1, path -> !path.equals(folder)).stream()
                .filter(path -> name(path).equalsIgnoreCase(name))
                .findFirst()
                .orElse(null);
    }

    /// The folder at the end of these names, each whatever its case; null where one is missing.
    static @Nullable Path folder(Path start, String... names) {
        Path at = start;
        for (String name : names) {
            Path next = at == null ? null : child(at, name);
            at = next != null && Files.isDirectory(next) ? next : null;
        }
        return at;
    }

    /// The last name of a path.
    static String name(Path path) {
        Path last = path.getFileName();
        return last == null ? "" : last.toString();
    }

    /// The name of a file without its ending.
    static String stem(Path file) {
        String name = name(file);
        int dot = name.lastIndexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    private static boolean isFile(Path path) {
        return Files.isRegularFile(path);
    }

    private static boolean endsWith(Path file, String ending) {
        return name(file).toLowerCase(Locale.ROOT).endsWith(ending);
    }

    private static List<Path> below(Path folder, int depth, Predicate<Path> wanted) {
        try (Stream<Path> all = Files.walk(folder, depth)) {
            return all.filter(path -> path.equals(folder) || isVisible(folder.relativize(path)))
                    .filter(wanted)
                    .sorted(Comparator.comparing(path -> folder.relativize(path).toString()))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new BadInputException(
                    folder + ": cannot be listed (" + e.getMessage() + "); check disk and rights", e);
        }
    }

    /// Whether neither the file nor a folder on the way to it begins with a dot.
    private static boolean isVisible(Path relative) {
        for (Path part : relative) {
            if (part.toString().startsWith(".")) {
                return false;
            }
        }
        return true;
    }
}
