package dev.parallax.serve;

import static dev.parallax.serve.RunningService.json;
import static dev.parallax.serve.RunningService.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.audio.file.AudioFile;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.attention.Attention;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The files of the page as browsers get them, and `?explain=true`, which the page asks for.
class ServicePageTest {

    @TempDir
    static Path folder;

    @Test
    void page_withoutToken_isServedWithStrictHeaders() throws Exception {
        try (RunningService guarded = RunningService.guarded()) {
            HttpResponse<String> page = guarded.get("/");
            assertEquals(200, page.statusCode());
            assertEquals("text/html; charset=utf-8", header(page, "Content-Type"));
            String policy = header(page, "Content-Security-Policy");
            assertTrue(policy.startsWith("default-src 'none'; script-src 'self'; style-src 'self';"), policy);
            assertFalse(policy.contains("unsafe"), policy);
            assertEquals("nosniff", header(page, "X-Content-Type-Options"));
            assertEquals("no-referrer", header(page, "Referrer-Policy"));
            assertEquals("no-cache", header(page, "Cache-Control"));
            assertEquals("text/javascript; charset=utf-8", header(guarded.get("/page/page.js"), "Content-Type"));
            problem(404, guarded.get("/page/nothing.js"));
            problem(401, guarded.get("/v1/models"));
        }
    }

    @Test
    void page_thatTheBrowserHas_isNotSentAgain() throws Exception {
        try (RunningService service = RunningService.plain()) {
            String tag = header(service.get("/page/page.css"), "ETag");
            HttpRequest.Builder again = HttpRequest.newBuilder(service.uri("/page/page.css"));
            HttpResponse<String> answer = service.send(again.header("If-None-Match", tag));
            assertEquals(304, answer.statusCode());
            assertEquals("", answer.body());
            HttpRequest.Builder other = HttpRequest.newBuilder(service.uri("/page/page.css"));
            assertEquals(
                    200,
                    service.send(other.header("If-None-Match", "\"other\"")).statusCode());
        }
    }

    /// All files of the folder are served, and none asks for anything from elsewhere.
    @Test
    void files_all_areServedAndAskNobodyElse() throws Exception {
        Path place = Path.of("src/main/resources/dev/parallax/serve/page");
        TreeSet<String> there = new TreeSet<>();
        try (Stream<Path> files = Files.list(place)) {
            for (Path file : files.toList()) {
                there.add(file.getFileName().toString());
                String text = Files.readString(file).replace("http://www.w3.org/2000/svg", "");
                assertFalse(Pattern.compile("https?://").matcher(text).find(), file + " names an address");
                assertFalse(text.contains("innerHTML"), file + " makes markup of text");
            }
        }
        assertEquals(there, new TreeSet<>(PageFiles.NAMES));
    }

    private static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @Test
    void explain_asked_tellsWhereTheModelLooks() throws Exception {
        Path clip = RunningService.recording(folder);
        byte[] audio = Files.readAllBytes(clip);
        try (RunningService service =
                RunningService.with(backend -> List.of(LookingModel.of("looking", folder, backend)))) {
            byte[] body = RunningService.form("audio", audio, "text", "so glad");
            JsonObject plain = json(service.post("/v1/predict", RunningService.FORM, body));
            assertFalse(plain.has("explanation"), "only when it is asked for");
            JsonObject explained = json(service.post("/v1/predict?explain=true", RunningService.FORM, body));
            JsonObject expected;
            try (EmotionModel model = EmotionModel.load(folder.resolve("looking.safetensors"));
                    AudioFile file = AudioFile.open(clip, _ -> {})) {
                expected = Attention.of(model, file, "so glad").toJson();
            }
            assertSame(expected, explained.object("explanation"));
            assertEquals(plain, Json.object().with(without(explained)));

            byte[] talk = RunningService.form(
                    "audio", audio, "transcript", "WEBVTT\n\n00:01.000 --> 00:01.900\n<v Bob>so glad\n");
            JsonObject turn = json(service.post("/v1/predict?explain=true", RunningService.FORM, talk))
                    .array("turns")
                    .objects()
                    .getFirst()
                    .object("explanation");
            List<Json> times = turn.object("audio").array("times").items();
            assertEquals("1.0", times.getFirst().toText());
            assertEquals("1.9", times.getLast().toText());
            assertEquals(2, turn.object("text").array("words").items().size());
            assertEquals(
                    "query: explain is \"yes\"; write true or false",
                    problem(400, service.post("/v1/predict?explain=yes", RunningService.FORM, body)));
        }
    }

    /// The same but for the rounding of another backend.
    private static void assertSame(JsonObject expected, JsonObject found) {
        for (String part : List.of("audio", "text")) {
            List<Json> all = expected.object(part).array("attention").items();
            List<Json> its = found.object(part).array("attention").items();
            assertEquals(all.size(), its.size());
            for (int i = 0; i < all.size(); i++) {
                assertEquals(
                        Double.parseDouble(all.get(i).toText()),
                        Double.parseDouble(its.get(i).toText()),
                        1e-5);
            }
        }
        assertEquals(
                expected.object("text").array("words"), found.object("text").array("words"));
        assertEquals(
                expected.object("audio").array("times"), found.object("audio").array("times"));
    }

    private static JsonObject without(JsonObject explained) {
        JsonObject all = Json.object();
        for (String key : explained.fields().keySet()) {
            Json value = explained.get(key);
            if (value != null && !key.equals("explanation")) {
                all = all.with(key, value);
            }
        }
        return all;
    }
}
