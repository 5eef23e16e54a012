package dev.parallax.pretrained;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.stream.Stream;

/// Folders of encoders as users have them, made of the files of the golden numbers.
public final class GoldenFolders {

    private GoldenFolders() {}

    /// A file or folder below `dev/parallax/pretrained` of the tests' resources.
    public static Path golden(String name) {
        try {
            return Path.of(Objects.requireNonNull(GoldenFolders.class.getResource("/dev/parallax/pretrained/" + name))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Copies files into a folder, under their own names; a folder is copied with its files.
    public static Path copy(Path target, String... names) throws IOException {
        Files.createDirectories(target);
        for (String name : names) {
            Path source = golden(name);
            if (Files.isDirectory(source)) {
                try (Stream<Path> files = Files.list(source)) {
                    for (Path file : files.toList()) {
                        copyFile(file, target);
                    }
                }
            } else {
                copyFile(source, target);
            }
        }
        return target;
    }

    private static void copyFile(Path source, Path target) throws IOException {
        Files.copy(source, target.resolve(source.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }
}
