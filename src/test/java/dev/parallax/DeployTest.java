package dev.parallax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/// The files of `deploy/` against the command that they start. `deploy/test` runs what they start.
class DeployTest {

    private static final Path FOLDER = Path.of("deploy");
    private static final String ROUTES = "src/main/resources/dev/parallax/serve/openapi.json";

    @Test
    void options_ofTheService_areThoseOfTheCommand() throws IOException {
        String help = Outcome.of("serve", "--help").out();
        for (String file : List.of("Dockerfile", "parallax.service", "kubernetes.yaml")) {
            List<String> options = Pattern.compile("serve\\b[^\\n#]*")
                    .matcher(read(file))
                    .results()
                    .flatMap(line ->
                            Pattern.compile("--[a-z-]+").matcher(line.group()).results())
                    .map(option -> option.group())
                    .toList();
            assertFalse(options.isEmpty(), file);
            for (String option : options) {
                assertTrue(help.contains(option + " "), file + ": " + option);
            }
        }
    }

    @Test
    void image_isBuiltOfFilesThatAreThere() throws IOException {
        List<String> kept = Files.readAllLines(Path.of(".dockerignore")).stream()
                .filter(line -> line.startsWith("!"))
                .map(line -> line.substring(1))
                .toList();
        assertFalse(kept.isEmpty());
        for (String path : kept) {
            assertTrue(Files.exists(Path.of(path)), path);
        }
        for (String needed : List.of("bin", "pom.xml", "src/main", "native", "deploy/runtime", "LICENSE", "NOTICE")) {
            assertTrue(kept.contains(needed), needed);
        }
    }

    @Test
    void manifest_forKubernetes_agreesWithItself() throws IOException {
        List<Map<?, ?>> documents = documents();
        assertEquals(
                List.of("Deployment", "Service", "PodDisruptionBudget"),
                documents.stream().map(each -> each.get("kind")).toList());
        Map<?, ?> pod = map(documents.getFirst(), "spec", "template");
        Object labels = map(pod, "metadata").get("labels");
        assertEquals(labels, map(documents.getFirst(), "spec", "selector").get("matchLabels"));
        assertEquals(labels, map(documents.get(1), "spec").get("selector"));
        assertEquals(labels, map(documents.get(2), "spec", "selector").get("matchLabels"));

        Map<?, ?> container = (Map<?, ?>) ((List<?>) get(pod, "spec", "containers")).getFirst();
        List<?> arguments = (List<?>) get(container, "args");
        Map<?, ?> mount = (Map<?, ?>) ((List<?>) get(container, "volumeMounts")).getFirst();
        assertEquals(
                mount.get("mountPath") + "/token",
                arguments.get(arguments.indexOf("--token-file") + 1),
                "the token is read where it is mounted");
        assertEquals("parallax:" + version(), container.get("image"));

        String routes = Files.readString(Path.of(ROUTES));
        for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
            Object path = get(container, probe, "httpGet", "path");
            assertTrue(routes.contains("\"" + path + "\": {"), probe + " asks " + path);
        }
    }

    /// The file of a secret belongs to root, and to the group that the pod names.
    @Test
    void token_ofThePod_canBeReadByItsUser() throws IOException {
        Map<?, ?> pod = map(documents().getFirst(), "spec", "template", "spec");
        Map<?, ?> security = map(pod, "securityContext");
        assertEquals(security.get("runAsGroup"), security.get("fsGroup"));
        Map<?, ?> volume = (Map<?, ?>) ((List<?>) get(pod, "volumes")).getFirst();
        assertTrue(((int) get(volume, "secret", "defaultMode") & 0040) != 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--help", "--figures", "src/", "/"})
    void runtime_folderThatCannotBeMade_isRefusedInOneLine(String folder, @TempDir Path empty) throws Exception {
        Path said = empty.resolve("said");
        Process process = new ProcessBuilder("bash", FOLDER.resolve("runtime").toString(), folder)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertEquals(1, process.waitFor());
        List<String> lines = Files.readAllLines(said);
        assertEquals(1, lines.size(), lines.toString());
        assertTrue(lines.getFirst().startsWith("parallax: deploy/runtime: "), lines.getFirst());
    }

    /// Whoever stops the service waits longer than it may take to answer what it has accepted.
    @Test
    void stopping_waitsUntilTheServiceHasDrained() throws IOException {
        String help = Outcome.of("serve", "--help").out().replaceAll("\\s+", " ");
        int drain = number("--drain-timeout S [^(]*\\(default: (\\d+)\\)", help);
        assertTrue(number("TimeoutStopSec=(\\d+)", read("parallax.service")) > drain);
        String manifest = read("kubernetes.yaml");
        int pause = number("command: \\[sleep, \"(\\d+)\"]", manifest);
        assertTrue(number("terminationGracePeriodSeconds: (\\d+)", manifest) > drain + pause);
    }

    private static int number(String pattern, String text) {
        List<String> found = new ArrayList<>();
        Pattern.compile(pattern).matcher(text).results().forEach(match -> found.add(match.group(1)));
        assertEquals(1, found.size(), pattern);
        return Integer.parseInt(found.getFirst());
    }

    private static String version() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        return pom.substring(pom.indexOf("<version>") + "<version>".length(), pom.indexOf("</version>"));
    }

    private static List<Map<?, ?>> documents() throws IOException {
        Iterable<Object> all = new Yaml().loadAll(read("kubernetes.yaml"));
        return StreamSupport.stream(all.spliterator(), false)
                .<Map<?, ?>>map(each -> (Map<?, ?>) each)
                .toList();
    }

    private static Map<?, ?> map(Map<?, ?> from, String... keys) {
        return (Map<?, ?>) get(from, keys);
    }

    private static Object get(Map<?, ?> from, String... keys) {
        Object value = from;
        for (String key : keys) {
            value = ((Map<?, ?>) value).get(key);
            assertNotNull(value, key);
        }
        return value;
    }

    private static String read(String file) throws IOException {
        return Files.readString(FOLDER.resolve(file));
    }
}
