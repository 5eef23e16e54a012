package dev.parallax.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the build puts beside the classes, and so into every jar.
class VersionTest {

    private static final Path BASE = Path.of(System.getProperty("basedir", ".")).toAbsolutePath();

    @Test
    void current_isThatOfTheBuild() throws IOException {
        String pom = Files.readString(BASE.resolve("pom.xml"));
        assertEquals(pom.substring(pom.indexOf("<version>") + 9, pom.indexOf("</version>")), Version.current());
    }

    @ParameterizedTest
    @ValueSource(strings = {"LICENSE", "NOTICE"})
    void metaInf_holdsWhatTheLicenceAsksFor(String name) throws IOException, URISyntaxException {
        Path classes = Path.of(Version.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        assertArrayEquals(
                Files.readAllBytes(BASE.resolve(name)),
                Files.readAllBytes(classes.resolve("META-INF").resolve(name)));
    }
}
