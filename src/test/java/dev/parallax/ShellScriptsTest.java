package dev.parallax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The scripts that people start, in a folder of their own: `bin/parallax` with a `java` that prints what it is given,
/// and
/// the example of a dependent.
class ShellScriptsTest {

    private static final String SERIAL = "-XX:+UseSerialGC";
    private static final String SMALL_YOUNG_GENERATION = "-Xmn20m";

    @TempDir
    Path home;

    /// An unpacked release with a JDK beside it.
    @BeforeEach
    void unpack() throws IOException {
        for (String script : List.of("bin/parallax", "examples/library/run")) {
            Files.createDirectories(home.resolve(script).getParent());
            Files.copy(Path.of(script), home.resolve(script));
        }
        Files.createDirectories(home.resolve("target"));
        Files.writeString(home.resolve("target/parallax.jar"), "a jar");
        Path java = home.resolve("jdk/bin/java");
        Files.createDirectories(java.getParent());
        Files.writeString(java, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        assertTrue(java.toFile().setExecutable(true));
        Files.writeString(home.resolve("jdk/release"), "JAVA_VERSION=\"25\"\nMODULES=\"java.base\"\n");
    }

    private record Ran(int code, List<String> lines) {}

    private Ran run(String script, Map<String, String> environment, String... words) throws Exception {
        Path said = home.resolve("said");
        ProcessBuilder builder = new ProcessBuilder("bash", home.resolve(script).toString());
        builder.command().addAll(List.of(words));
        builder.environment().keySet().removeIf(name -> name.startsWith("PARALLAX_"));
        builder.environment().putAll(environment);
        Process process =
                builder.redirectErrorStream(true).redirectOutput(said.toFile()).start();
        return new Ran(process.waitFor(), Files.readAllLines(said));
    }

    /// What the launcher gives to `java`.
    private List<String> given(String options, String... words) throws Exception {
        Map<String, String> environment =
                Map.of("PARALLAX_JAVA", home.resolve("jdk").toString(), "PARALLAX_JAVA_OPTS", options);
        Ran ran = run("bin/parallax", environment, words);
        assertEquals(0, ran.code(), ran.lines().toString());
        return ran.lines();
    }

    @Test
    void launcher_command_getsItsWordsAndTheJarAtTheEnd() throws Exception {
        List<String> all = given("-Xmx1g  -Dx=y", "predict", "--text", "so glad you came");
        List<String> end = List.of(
                "-Xmx1g",
                "-Dx=y",
                "-jar",
                home.toRealPath() + "/target/parallax.jar",
                "predict",
                "--text",
                "so glad you came");
        assertEquals(end, all.subList(all.size() - end.size(), all.size()));
    }

    @Test
    void launcher_service_keepsItsHeapSmall() throws Exception {
        assertTrue(given("", "serve").containsAll(List.of(SERIAL, "-Xms28m", SMALL_YOUNG_GENERATION)));
        List<String> other = given("", "predict");
        assertTrue(other.contains(SERIAL));
        assertFalse(other.contains(SMALL_YOUNG_GENERATION), "other commands make no garbage for long");
    }

    /// A small young generation beside a heap of another size would be neither's choice.
    @ParameterizedTest
    @ValueSource(strings = {"-Xmx2g", "-Xms1g", "-Dx=y -Xmn1g"})
    void launcher_whoSizesTheHeapOfAService_sizesAllOfIt(String options) throws Exception {
        List<String> all = given(options, "serve");
        assertTrue(all.contains(SERIAL), all.toString());
        List<String> sizes = all.stream()
                .filter(option -> option.startsWith("-Xm") || option.contains("Ratio"))
                .toList();
        assertEquals(List.of(options.substring(options.indexOf("-Xm"))), sizes);
    }

    @Test
    void launcher_optionsThatSizeNothing_changeNothing() throws Exception {
        assertTrue(given("-Xmixed -Dx=y", "serve").contains(SMALL_YOUNG_GENERATION));
    }

    @Test
    void launcher_anotherCollector_isLeftToItself() throws Exception {
        List<String> all = given("-XX:+UseG1GC", "serve");
        assertFalse(all.contains(SERIAL) || all.contains(SMALL_YOUNG_GENERATION), all.toString());
    }

    @Test
    void example_withoutTheJarOfALibrary_saysHowToMakeIt() throws Exception {
        Files.copy(Path.of("pom.xml"), home.resolve("pom.xml"));
        Ran ran = run("examples/library/run", Map.of());
        assertEquals(2, ran.code());
        assertEquals(1, ran.lines().size(), ran.lines().toString());
        String line = ran.lines().getFirst();
        assertTrue(line.startsWith("parallax: examples/library/run: there is no " + home.toRealPath()), line);
        assertTrue(line.contains("; make it: mvn package -DskipTests"), line);
    }
}
