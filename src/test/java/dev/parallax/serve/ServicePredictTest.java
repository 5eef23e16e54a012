package dev.parallax.serve;

import static dev.parallax.serve.RunningService.FORM;
import static dev.parallax.serve.RunningService.form;
import static dev.parallax.serve.RunningService.json;
import static dev.parallax.serve.RunningService.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.audio.Audio;
import dev.parallax.audio.file.WavWriter;
import dev.parallax.cli.Outcome;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The answers of a running service are those of `predict --json`, to the last bit.
class ServicePredictTest {

    private static final String TEXT = "I am so glad you came";
    private static final String TALK = """
            1
            00:00:00,100 --> 00:00:00,900
            Ann: so glad you came

            2
            00:00:01,000 --> 00:00:01,900
            Bob: leave me alone
            """;

    @TempDir
    static Path folder;

    private static Path clip;
    private static byte[] audio;
    private static RunningService service;

    @BeforeAll
    static void start() throws IOException {
        clip = RunningService.recording(folder);
        audio = Files.readAllBytes(clip);
        service = RunningService.plain();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static JsonObject predict(String... more) {
        List<String> args = new ArrayList<>(List.of("predict", "--backend", "scalar", "--json"));
        args.addAll(List.of(more));
        Outcome outcome = Outcome.of(args.toArray(String[]::new));
        assertEquals(0, outcome.code(), outcome.err());
        return outcome.json();
    }

    private static String base64() {
        return Base64.getEncoder().encodeToString(audio);
    }

    @Test
    void predict_form_isThatOfTheCommand() throws Exception {
        JsonObject expected = predict("--audio", clip.toString(), "--text", TEXT);
        assertEquals(expected, json(service.post("/v1/predict", FORM, form("audio", audio, "text", TEXT))));
        assertTrue(expected.has("fused") && expected.has("audio") && expected.has("text"));
    }

    @Test
    void predict_json_isThatOfTheCommand() throws Exception {
        JsonObject body = Json.object().with("audio", base64()).with("text", TEXT);
        assertEquals(predict("--audio", clip.toString(), "--text", TEXT), json(service.post("/v1/predict", body)));
        JsonObject words = Json.object().with("text", TEXT);
        assertEquals(predict("--text", TEXT), json(service.post("/v1/predict?model=starter", words)));
    }

    @Test
    void predict_bareRecording_isThatOfTheCommand() throws Exception {
        assertEquals(predict("--audio", clip.toString()), json(service.post("/v1/predict", "audio/wav", audio)));
    }

    @Test
    void predict_channel_isThatOfTheCommand() throws Exception {
        JsonObject expected = predict("--audio", clip.toString(), "--channel", "left");
        assertEquals(expected, json(service.post("/v1/predict?channel=left", "audio/wav", audio)));
        String detail = problem(422, service.post("/v1/predict?channel=right", "audio/wav", audio));
        assertEquals(
                "audio: there is no channel 2 (right): it has one channel, which is heard without channel", detail);
        assertTrue(problem(400, service.post("/v1/predict?channel=up", "audio/wav", audio))
                .startsWith("channel up: no channel"));
    }

    @Test
    void predict_transcript_isThatOfTheCommand() throws Exception {
        Path talk = Files.writeString(folder.resolve("talk.srt"), TALK);
        JsonObject expected = predict("--audio", clip.toString(), "--transcript", talk.toString());
        assertEquals(2, expected.array("turns").size());
        assertEquals(expected, json(service.post("/v1/predict", FORM, form("audio", audio, "transcript", TALK))));
        JsonObject body = Json.object().with("audio", base64()).with("transcript", TALK);
        assertEquals(expected, json(service.post("/v1/predict", body)));
        assertEquals(
                predict("--transcript", talk.toString()),
                json(service.post("/v1/predict", Json.object().with("transcript", TALK))));
    }

    @Test
    void batch_utterances_areThoseOfTheCommand() throws Exception {
        JsonObject body = Json.object()
                .with(
                        "utterances",
                        Json.array(List.of(
                                Json.object().with("text", TEXT),
                                Json.object().with("text", "..."),
                                Json.object().with("audio", base64()))));
        List<JsonObject> answers = json(service.post("/v1/predict/batch", body))
                .array("predictions")
                .objects();
        assertEquals(predict("--text", TEXT), answers.get(0));
        assertEquals(
                Outcome.of("predict", "--quiet", "--text", "...").err().strip(),
                "parallax: " + answers.get(1).text("error"));
        assertEquals(predict("--audio", clip.toString()), answers.get(2));
        assertEquals(3, answers.size());
    }

    /// The others of a batch are answered whatever is wrong with one.
    @Test
    void batch_utterancesThatAreNone_haveTheirErrorsInTheirPlaces() throws Exception {
        String body = """
                {"utterances": [{"text": "so glad you came"}, 7, null, {"txet": "so"}, {"text": 7}, {"audio": "%%"}]}""";
        List<JsonObject> answers = json(service.post(
                        "/v1/predict/batch", "application/json", body.getBytes(StandardCharsets.UTF_8)))
                .array("predictions")
                .objects();
        assertEquals(predict("--text", "so glad you came"), answers.getFirst());
        String object = ": expected an object with some of [audio, text, times, transcript]";
        assertEquals("body: utterances[1]" + object, answers.get(1).text("error"));
        assertEquals("body: utterances[2]" + object, answers.get(2).text("error"));
        List<String> starts = List.of(
                "body: utterances[3].txet: unknown field",
                "body: utterances[4].text: expected a string",
                "body: utterances[5].audio: is not base64");
        for (int i = 0; i < starts.size(); i++) {
            String error = answers.get(3 + i).text("error");
            assertTrue(error.startsWith(starts.get(i)), error);
        }
        assertEquals(6, answers.size());
    }

    /// A warning names parts of a request as a request has them.
    @Test
    void predict_channelsThatCancel_areWarnedOfInWordsOfTheRequest() throws Exception {
        byte[] stereo = new byte[44 + 4 * 16000];
        System.arraycopy(WavWriter.PCM_16.toBytes(new Audio(new float[2], 16000)), 0, stereo, 0, 44);
        ByteBuffer wav = ByteBuffer.wrap(stereo).order(ByteOrder.LITTLE_ENDIAN);
        wav.putInt(4, stereo.length - 8)
                .putShort(22, (short) 2)
                .putInt(28, 64000)
                .putShort(32, (short) 4);
        wav.putInt(40, stereo.length - 44).position(44);
        for (int i = 0; i < 16000; i++) {
            short sample = (short) (8000 * Math.sin(i * 0.05));
            wav.putShort(sample).putShort((short) -sample);
        }
        List<String> warnings = json(service.post("/v1/predict", "audio/wav", stereo))
                .array("warnings")
                .texts();
        assertTrue(
                warnings.stream().anyMatch(line -> line.endsWith("choose one channel (channel left)")),
                warnings::toString);
        assertEquals(
                List.of(),
                warnings.stream()
                        .filter(line -> line.contains("--") || line.contains("‹"))
                        .toList());
    }

    /// Requests at once get the same bits as one after the other.
    @Test
    void predict_manyAtOnce_areAllTheSame() throws Exception {
        JsonObject expected = predict("--audio", clip.toString(), "--text", TEXT);
        byte[] body = form("audio", audio, "text", TEXT);
        try (RunningService two = RunningService.of("starter", "again");
                var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
            List<java.util.concurrent.Future<JsonObject>> answers = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                String model = i % 2 == 0 ? "starter" : "again";
                answers.add(threads.submit(() -> json(two.post("/v1/predict?model=" + model, FORM, body))));
            }
            for (int i = 0; i < answers.size(); i++) {
                String model = i % 2 == 0 ? "starter" : "again";
                assertEquals(expected.with("model", model), answers.get(i).get());
            }
        }
    }

    @Test
    void models_several_areListedAndDescribed() throws Exception {
        try (RunningService two = RunningService.of("first", "second")) {
            List<JsonObject> models =
                    json(two.get("/v1/models")).array("models").objects();
            assertEquals(
                    List.of("first", "second"),
                    models.stream().map(each -> each.text("name")).toList());
            JsonObject second = json(two.get("/v1/models/second"));
            assertEquals("second", second.text("name"));
            assertEquals(predict("--text", TEXT).text("modelHash"), second.text("modelHash"));
            assertEquals(
                    List.of("anger", "happiness", "neutral", "sadness"),
                    second.array("labels").texts());
            assertTrue(second.object("features").fields().size() > 3, "features");
            assertTrue(second.text("card").startsWith("---\nlicense: unknown\n"), second.text("card"));
            assertFalse(second.toText().contains(System.getProperty("user.dir")), "a path");
            String detail = problem(404, two.get("/v1/models/secnd"));
            assertTrue(detail.contains("did you mean \"second\""), detail);
            assertEquals(
                    "first",
                    json(two.post("/v1/predict", Json.object().with("text", TEXT)))
                            .text("model"));
        }
    }

    @Test
    void health_running_isOk() throws Exception {
        assertEquals("ok\n", service.get("/healthz").body());
        assertEquals("ready\n", service.get("/readyz").body());
    }

    /// Neither what is counted nor what is logged holds anything of a request but its route.
    @Test
    void metricsAndLog_afterRequests_countRoutesAndHoldNoText() throws Exception {
        try (RunningService fresh = RunningService.plain()) {
            json(fresh.post("/v1/predict", Json.object().with("text", "my secret sorrow")));
            problem(404, fresh.get("/my/secret/path?secret=1"));
            problem(404, fresh.get("/v1/models/secret"));
            problem(422, fresh.post("/v1/predict", Json.object().with("text", "???")));
            String metrics = fresh.get("/metrics").body();
            for (String line : List.of(
                    "parallax_requests_total{method=\"POST\",route=\"/v1/predict\",status=\"200\"} 1",
                    "parallax_requests_total{method=\"POST\",route=\"/v1/predict\",status=\"422\"} 1",
                    "parallax_requests_total{method=\"none\",route=\"none\",status=\"404\"} 1",
                    "parallax_predictions_total{model=\"starter\"} 1",
                    "parallax_places_taken 0",
                    "parallax_request_seconds_count{route=\"/v1/predict\"} 2",
                    "parallax_request_seconds_bucket{route=\"/v1/predict\",le=\"+Inf\"} 2")) {
                assertTrue(metrics.contains(line + "\n"), line + "\n" + metrics);
            }
            String log = String.join("\n", fresh.lines());
            assertTrue(log.startsWith("POST /v1/predict 200, "), log);
            assertFalse((metrics + log).contains("secret"), metrics + log);
        }
    }

    @Test
    void predict_timesOfWords_areRead() throws Exception {
        byte[] body = form("audio", audio, "text", "so glad", "times", "0.1-0.4 0.5-0.9");
        JsonObject expected = predict("--audio", clip.toString(), "--text", "so glad", "--times", "0.1-0.4 0.5-0.9");
        assertEquals(expected, json(service.post("/v1/predict", FORM, body)));
        String detail = problem(
                422,
                service.post(
                        "/v1/predict",
                        FORM,
                        form("text", "so glad", "times", "0.1-0.4".getBytes(StandardCharsets.UTF_8))));
        assertEquals("predict: times are those of the words of text in audio; give both", detail);
    }
}
