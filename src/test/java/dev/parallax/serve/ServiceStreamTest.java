package dev.parallax.serve;

import static dev.parallax.serve.RunningService.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.audio.Audio;
import dev.parallax.audio.file.AudioFile;
import dev.parallax.audio.file.WavWriter;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Streams are answered as `POST /v1/predict` answers the same samples.
class ServiceStreamTest {

    private static final int HEADER = 44;
    private static final String END = "{\"end\": true}";

    @TempDir
    static Path folder;

    private static RunningService service;
    private static byte[] wav; // 2 s, 16 kHz, 16 bits
    private static byte[] samples;

    @BeforeAll
    static void start() throws IOException {
        service = RunningService.plain();
        wav = Files.readAllBytes(RunningService.recording(folder));
        samples = Arrays.copyOfRange(wav, HEADER, wav.length);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    /// What `POST /v1/predict` says of a stretch of the clip.
    private static JsonObject predicted(double from, double to, String text) throws Exception {
        Audio part = AudioFile.read(wav, "clip", _ -> {}).part(frames(from), frames(to - from));
        byte[] file = WavWriter.PCM_16.toBytes(part);
        byte[] body =
                text.isEmpty() ? RunningService.form("audio", file) : RunningService.form("audio", file, "text", text);
        return json(service.post("/v1/predict", RunningService.FORM, body));
    }

    @Test
    void stream_samples_getTheAnswersOfPredictEachHalfSecond() throws Exception {
        try (StreamClient client = new StreamClient(service, "?window=1", "Sec-WebSocket-Protocol: parallax.v1")) {
            assertEquals(101, client.status());
            assertTrue(client.answered().contains("Sec-WebSocket-Protocol: parallax.v1\r\n"), client.answered());
            assertTrue(
                    client.answered().contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n")); // RFC 6455
            JsonObject ready = client.next("ready");
            assertEquals(List.of("type", "model", "labels", "rate", "window", "step"), keys(ready));
            client.pieces(
                    Arrays.copyOf(samples, 3 * samples.length / 4), 777); // samples begin in one and end in another
            for (double end = 0.5; end <= 1.5; end += 0.5) {
                JsonObject answer = client.next("answer");
                assertEquals(List.of("type", "start", "end", "prediction", "smoothed", "skipped"), keys(answer));
                assertEquals(Math.max(0, end - 1), answer.number("start"));
                assertEquals(end, answer.number("end"));
                assertEquals(predicted(Math.max(0, end - 1), end, ""), answer.object("prediction"));
                assertEquals(0, answer.whole("skipped"));
            }
            client.text("{\"text\": \"so glad\"}").text("{\"text\": \"so glad you came\"}");
            client.binary(Arrays.copyOfRange(samples, 3 * samples.length / 4, samples.length - 200));
            client.text(END);
            JsonObject last = client.next("final");
            assertEquals(0.99375, last.number("start"));
            assertEquals(1.99375, last.number("end"));
            assertEquals(predicted(0.99375, 1.99375, "so glad you came"), last.object("prediction"));
            assertEquals(List.of("fused", "audio", "text"), keys(last.object("smoothed")));
            assertEquals(1000, client.closed());
        }
    }

    private static int frames(double seconds) {
        return (int) Math.round(seconds * 16000);
    }

    private static List<String> keys(JsonObject object) {
        return List.copyOf(object.fields().keySet());
    }

    /// Faster than it is computed, in the largest messages, and nothing is read before all is sent.
    @Test
    void stream_wavFileAtOnce_isAnsweredWholly() throws Exception {
        float[] both = new float[10 * 44100];
        for (int i = 0; i < both.length; i++) {
            both[i] = (float) (0.3 * Math.sin(i * 0.02 * (1 + i / 1e6)));
        }
        Audio sound = new Audio(both, 44100);
        byte[] file = WavWriter.FLOAT_32.toBytes(sound);
        try (StreamClient client = new StreamClient(service, "")) {
            client.pieces(file, 1 << 20).text(END);
            client.next("ready");
            List<JsonObject> all = client.rest();
            assertEquals(1000, client.closed());
            assertEquals(
                    20,
                    all.stream()
                            .filter(each -> each.text("type").equals("answer"))
                            .count());
            JsonObject last = all.getLast();
            assertEquals(8, last.number("start"));
            Audio window = sound.part(8 * 44100, 2 * 44100);
            byte[] body = RunningService.form("audio", WavWriter.FLOAT_32.toBytes(window));
            JsonObject same = json(service.post("/v1/predict", RunningService.FORM, body));
            assertEquals(same, last.object("prediction"));
        }
    }

    @Test
    void stream_wordsAlone_areAnsweredAtTheEnd() throws Exception {
        try (StreamClient client = new StreamClient(service, "")) {
            client.next("ready");
            client.text("{\"text\": \"so glad you came\", \"end\": true}");
            assertEquals(
                    json(service.post("/v1/predict", Json.object().with("text", "so glad you came"))),
                    client.next("final").object("prediction"));
            assertEquals(1000, client.closed());
        }
    }

    /// A client that was written by others.
    @Test
    void stream_clientOfTheJdk_getsTheFinalAnswer() throws Exception {
        CompletableFuture<Integer> closed = new CompletableFuture<>();
        StringBuilder heard = new StringBuilder();
        URI uri = URI.create(service.uri("/v1/stream?rate=16000").toString().replace("http", "ws"));
        try (HttpClient http = HttpClient.newHttpClient()) {
            WebSocket socket = http.newWebSocketBuilder()
                    .subprotocols("parallax.v1", "bearer.none-is-asked-for")
                    .buildAsync(uri, new WebSocket.Listener() {
                        @Override
                        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
                            heard.append(data);
                            webSocket.request(1);
                            return CompletableFuture.completedStage(null);
                        }

                        @Override
                        public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
                            closed.complete(code);
                            return CompletableFuture.completedStage(null);
                        }
                    })
                    .join();
            assertEquals("parallax.v1", socket.getSubprotocol());
            socket.sendBinary(java.nio.ByteBuffer.wrap(wav), true).join();
            socket.sendText(END, true).join();
            assertEquals(1000, closed.join());
            assertTrue(heard.toString().contains("\"type\":\"final\""), heard.toString());
        }
    }

    @Test
    void metrics_streams_areCounted() throws Exception {
        try (RunningService own = RunningService.plain()) {
            try (StreamClient client = new StreamClient(own, "")) {
                client.next("ready");
                assertTrue(own.get("/metrics").body().contains("parallax_streams_open 1\n"));
                client.binary(samples).text(END).next();
                client.rest();
                assertEquals(1000, client.closed());
            }
            while (!own.get("/metrics").body().contains("parallax_streams_open 0\n")) {
                Thread.onSpinWait();
            }
            String metrics = own.get("/metrics").body();
            assertTrue(metrics.contains("parallax_stream_answers_total{model=\"starter\"} 4\n"), metrics);
            assertTrue(metrics.contains("route=\"/v1/stream\",status=\"101\"} 1\n"), metrics);
            assertTrue(
                    own.lines().getFirst().startsWith("GET /v1/stream 101, "),
                    own.lines().toString());
        }
    }

    @SuppressWarnings("try") // closed before the others
    @Test
    void close_streamUnderWay_getsItsFinalAnswerAnd1001() throws Exception {
        try (RunningService own = RunningService.plain();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                StreamClient client = new StreamClient(own, "");
                StreamClient idle = new StreamClient(own, "")) {
            client.next("ready");
            idle.next("ready");
            client.binary(Arrays.copyOf(samples, samples.length / 2 + 1000));
            client.next("answer");
            client.next("answer");
            Future<?> closing = threads.submit(() -> own.service().close());
            assertEquals(
                    predicted(0, 1 + 500 / 16000.0, ""), client.next("final").object("prediction"));
            assertEquals(1001, client.closed());
            assertEquals(1001, idle.closed());
            client.frame(0x88, new byte[0]);
            idle.frame(0x88, new byte[0]);
            closing.get();
        }
    }

    @Test
    void upgrade_whileTheServiceDrains_isRefused() throws Exception {
        try (RunningService own = RunningService.plain();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                RawConnection accepted = new RawConnection(own)) {
            String body = "{\"text\": \"so glad\"}";
            accepted.begin(body.length()); // it is not over before this has its answer
            Future<?> closing = threads.submit(() -> own.service().close());
            while (own.get("/readyz").statusCode() != 503) {
                Thread.onSpinWait();
            }
            try (StreamClient late = new StreamClient(own, "")) {
                assertEquals(503, late.status());
                assertTrue(late.problem().startsWith("the service is about to stop"));
            }
            assertEquals("HTTP/1.1 200 OK", accepted.send(body).line());
            closing.get();
        }
    }
}
