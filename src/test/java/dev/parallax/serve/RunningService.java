package dev.parallax.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parallax.audio.Audio;
import dev.parallax.audio.file.WavWriter;
import dev.parallax.backend.Backend;
import dev.parallax.backend.scalar.ScalarBackend;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.model.Starter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// A service with the starter model on a free port of this machine: a fixture.
final class RunningService implements AutoCloseable {

    static final String TOKEN = "0123456789abcdef0123456789abcdef";

    private final Backend backend = new ScalarBackend();
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final List<String> warnings = Collections.synchronizedList(new ArrayList<>());
    private final List<Throwable> errors = Collections.synchronizedList(new ArrayList<>());
    private final HttpClient client = HttpClient.newHttpClient();
    private final EmotionService service;
    private final int port;

    private RunningService(ServiceConfig config, List<String> names) {
        service =
                start(config, names.stream().map(name -> starter(name, backend)).toList());
        port = service.port();
    }

    private RunningService(Function<Backend, List<ModelSource>> models) {
        service = start(config(2, null, limits -> limits), models.apply(backend));
        port = service.port();
    }

    private EmotionService start(ServiceConfig config, List<ModelSource> models) {
        return EmotionService.start(config, models, new ServiceLog(lines::add, warnings::add, errors::add));
    }

    /// One with the default limits, without a token.
    static RunningService plain() {
        return of(limits -> limits);
    }

    /// One with other limits, one thread, and without a token.
    static RunningService of(UnaryOperator<Limits> change) {
        return new RunningService(config(1, null, change), List.of("starter"));
    }

    /// One with other limits for streams.
    static RunningService streaming(StreamLimits streams, UnaryOperator<Limits> change) {
        ServiceConfig config = config(1, null, change);
        return new RunningService(
                new ServiceConfig("127.0.0.1", 0, 1, null, null, List.of(), config.limits(), streams),
                List.of("starter"));
    }

    /// One that asks for [#TOKEN], and lets pages of an origin read.
    static RunningService guarded(String... origins) {
        ServiceConfig config = config(1, Token.of(TOKEN, "test"), limits -> limits);
        return new RunningService(
                new ServiceConfig(
                        "127.0.0.1", 0, 1, config.token(), null, List.of(origins), config.limits(), config.streams()),
                List.of("starter"));
    }

    /// One that listens at all addresses, and asks for [#TOKEN].
    static RunningService open() {
        ServiceConfig config = config(1, Token.of(TOKEN, "test"), limits -> limits);
        return new RunningService(
                new ServiceConfig("0.0.0.0", 0, 1, config.token(), null, List.of(), config.limits(), config.streams()),
                List.of("starter"));
    }

    /// One that asks for [#TOKEN], at some place.
    static RunningService at(String host, int port) {
        ServiceConfig config = config(1, Token.of(TOKEN, "test"), limits -> limits);
        return new RunningService(
                new ServiceConfig(host, port, 1, config.token(), null, List.of(), config.limits(), config.streams()),
                List.of("starter"));
    }

    /// One that speaks TLS.
    static RunningService over(TlsCertificate certificate, UnaryOperator<Limits> change) {
        ServiceConfig config = config(1, null, change);
        return new RunningService(
                new ServiceConfig("127.0.0.1", 0, 1, null, certificate, List.of(), config.limits(), config.streams()),
                List.of("starter"));
    }

    /// One with models of its own.
    static RunningService of(List<ModelSource> models) {
        return new RunningService(_ -> models);
    }

    /// One with the starter under several names.
    static RunningService of(String... names) {
        return new RunningService(config(2, null, limits -> limits), List.of(names));
    }

    private static ServiceConfig config(
            int threads, @org.jspecify.annotations.Nullable Token token, UnaryOperator<Limits> change) {
        return new ServiceConfig(
                "127.0.0.1",
                0,
                threads,
                token,
                null,
                List.of(),
                change.apply(Limits.standard()).limits(),
                StreamLimits.DEFAULT);
    }

    /// One with other models.
    static RunningService with(Function<Backend, List<ModelSource>> models) {
        return new RunningService(models);
    }

    static ModelSource starter(String name, Backend backend) {
        return new ModelSource(name, name, Starter::file, _ -> Starter.load(backend));
    }

    EmotionService service() {
        return service;
    }

    /// What was logged.
    List<String> lines() {
        return List.copyOf(lines);
    }

    /// What was warned of.
    List<String> warnings() {
        return List.copyOf(warnings);
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /// Sends a request with a body of a media type.
    HttpResponse<String> post(String path, String type, byte[] body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    HttpResponse<String> post(String path, Json body) throws IOException, InterruptedException {
        return post(path, "application/json", body.toText().getBytes(StandardCharsets.UTF_8));
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /// The document of an answer.
    static JsonObject json(HttpResponse<String> response) {
        assertEquals(200, response.statusCode(), response.body());
        return Json.parseObject(response.body(), "answer");
    }

    /// The detail of a problem of a status.
    static String problem(int status, HttpResponse<String> response) {
        assertEquals(status, response.statusCode(), response.body());
        assertEquals(
                "application/problem+json",
                response.headers().firstValue("Content-Type").orElse(""));
        return Json.parseObject(response.body(), "problem").text("detail");
    }

    /// A voice-like sound of two seconds as a WAV file.
    static Path recording(Path folder) throws IOException {
        Path file = folder.resolve("clip.wav");
        if (!Files.exists(file)) {
            float[] samples = new float[32000];
            for (int i = 0; i < samples.length; i++) {
                double phase = 2 * Math.PI * i * (120 + 30.0 * i / samples.length) / 16000;
                for (int partial = 1; partial <= 12; partial++) {
                    samples[i] += (float) (0.2 * Math.sin(partial * phase) / partial);
                }
            }
            WavWriter.PCM_16.write(file, new Audio(samples, 16000));
        }
        return file;
    }

    /// A form with the parts of names and bytes.
    static byte[] form(Object... namesAndBytes) {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        for (int i = 0; i < namesAndBytes.length; i += 2) {
            out.writeBytes(("--xyz\r\nContent-Disposition: form-data; name=\"" + namesAndBytes[i]
                            + "\"; filename=\"../../etc/passwd\"\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            out.writeBytes(
                    namesAndBytes[i + 1] instanceof byte[] bytes
                            ? bytes
                            : namesAndBytes[i + 1].toString().getBytes(StandardCharsets.UTF_8));
            out.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        }
        out.writeBytes("--xyz--\r\n".getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    /// The media type of [#form].
    static final String FORM = "multipart/form-data; boundary=xyz";

    @Override
    public void close() {
        service.close();
        client.close();
        backend.close();
        assertEquals(List.of(), errors, "errors of Parallax");
    }
}
