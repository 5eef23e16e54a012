package dev.parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.io.Json;
import dev.parallax.model.Starter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// `serve` as a process of its own.
class ServeCommandTest {

    @TempDir
    static Path folder;

    private static Process start(List<String> options, String... words) throws IOException {
        return new ProcessBuilder(command(options, words))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static List<String> command(List<String> options, String... words) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(words));
        return command;
    }

    @Test
    void serve_untilItIsTerminated_answers() throws Exception {
        Process process = start(List.of(), "serve", "--port", "0", "--backend", "scalar");
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = String.valueOf(out.readLine());
            assertTrue(line.matches("listening at http://127\\.0\\.0\\.1:\\d+, models: starter"), line);
            URI uri = URI.create(line.replaceFirst(".* (http\\S+),.*", "$1/v1/predict"));
            try (HttpClient client = HttpClient.newHttpClient()) {
                HttpResponse<String> answer = client.send(
                        HttpRequest.newBuilder(uri)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString("{\"text\": \"so glad\"}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                assertEquals(
                        Outcome.of("predict", "--text", "so glad", "--json").json(),
                        Json.parseObject(answer.body(), "answer"));
            }
            process.destroy(); // SIGTERM
            assertTrue(process.waitFor(30, TimeUnit.SECONDS), "it ends within the time for accepted requests");
            assertEquals(143, process.exitValue());
        } finally {
            process.destroyForcibly();
        }
    }

    /// SIGHUP reads the models again, and ends nothing.
    @Test
    @Timeout(value = 120, unit = TimeUnit.SECONDS)
    @DisabledOnOs(OS.WINDOWS)
    void serve_hangUp_readsModelsAgain() throws Exception {
        Path log = folder.resolve("log.txt");
        Process process = new ProcessBuilder(command(List.of(), "serve", "--port", "0", "--backend", "scalar"))
                .redirectError(log.toFile())
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            assertTrue(String.valueOf(out.readLine()).startsWith("listening at "));
            Process kill = new ProcessBuilder("kill", "-HUP", Long.toString(process.pid())).start();
            assertEquals(0, kill.waitFor());
            while (!Files.readString(log).contains("model starter: unchanged")) {
                assertTrue(process.isAlive(), Files.readString(log));
                Thread.sleep(20);
            }
        } finally {
            process.destroyForcibly();
        }
    }

    /// A model that had to be kept is a warning, which --quiet does not silence.
    @Test
    @Timeout(value = 120, unit = TimeUnit.SECONDS)
    @DisabledOnOs(OS.WINDOWS)
    void serve_hangUpWithABrokenModel_isSaidAlsoWithQuiet() throws Exception {
        Path model = folder.resolve("mine.safetensors");
        try (InputStream starter = Starter.class.getResourceAsStream("starter.safetensors")) {
            Files.write(model, Objects.requireNonNull(starter).readAllBytes());
        }
        Path log = folder.resolve("quiet.txt");
        Process process = new ProcessBuilder(command(
                        List.of(),
                        "serve",
                        "--quiet",
                        "--port",
                        "0",
                        "--backend",
                        "scalar",
                        "--model",
                        model.toString()))
                .redirectError(log.toFile())
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            assertTrue(String.valueOf(out.readLine()).startsWith("listening at "));
            Files.writeString(model, "nonsense");
            Process kill = new ProcessBuilder("kill", "-HUP", Long.toString(process.pid())).start();
            assertEquals(0, kill.waitFor());
            while (!Files.readString(log).contains("\n")) {
                assertTrue(process.isAlive(), Files.readString(log));
                Thread.sleep(20);
            }
            String said = Files.readString(log);
            assertTrue(said.startsWith("warning: model mine: kept; mine"), said);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void serve_halfACertificate_isRefused() {
        Outcome outcome = Outcome.of("serve", "--tls-cert", "cert.pem");
        assertTrue(outcome.code() != 0);
        assertEquals(
                "parallax: serve: --tls-cert and --tls-key belong together; give both, or none",
                outcome.err().strip());
    }

    /// The web server makes no other command slower.
    @Test
    void predict_loadsNoClassOfTheService() throws Exception {
        Path loaded = folder.resolve("loaded.txt");
        Process process = start(List.of("-Xlog:class+load:file=" + loaded), "predict", "--text", "so glad");
        process.getInputStream().readAllBytes();
        assertEquals(0, process.waitFor());
        String classes = Files.readString(loaded);
        assertTrue(classes.contains("dev.parallax.cli.predict.PredictCommand "));
        assertFalse(classes.contains("io.helidon."), "Helidon");
        assertFalse(classes.contains("dev.parallax.serve."), "the service");
    }
}
