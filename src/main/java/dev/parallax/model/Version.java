package dev.parallax.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// The version of Parallax. It is defined in `pom.xml`; the build copies it beside this class.
public final class Version {

    private static final String FILE = "version.txt";
    private static final String CURRENT = read();

    private Version() {}

    /// This version, such as `0.1.0`.
    public static String current() {
        return CURRENT;
    }

    private static String read() {
        try (InputStream in = Version.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks dev/parallax/model/" + FILE + "; build it again");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
