package dev.parallax.serve;

import static dev.parallax.serve.RunningService.FORM;
import static dev.parallax.serve.RunningService.form;
import static dev.parallax.serve.RunningService.json;
import static dev.parallax.serve.RunningService.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.BadInputException;
import dev.parallax.audio.Audio;
import dev.parallax.audio.file.WavWriter;
import dev.parallax.io.Json;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests that cannot be answered get a problem document of one line, and the service goes on.
class ServiceRefusalTest {

    @TempDir
    static Path folder;

    private static byte[] audio;
    private static RunningService service;

    @BeforeAll
    static void start() throws IOException {
        audio = Files.readAllBytes(RunningService.recording(folder));
        service = RunningService.plain();
    }

    /// After all of them it still answers.
    @AfterAll
    static void stop() throws Exception {
        json(service.post("/v1/predict", "audio/wav", audio));
        service.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{ | 400 | body line 1, column 2: not valid JSON: it ends too early",
                "[] | 400 | body: expected an object",
                "{} | 422 | predict: give audio, text or both, or transcript",
                "{\"text\": 1} | 400 | body: text: expected a string",
                "{\"txt\": \"x\"} | 400 | body: txt: unknown field",
                "{\"text\": \"a\", \"text\": \"b\"} | 400 | field \"text\" occurs twice",
                "{\"audio\": \"%%%\"} | 400 | body: audio: is not base64",
                "{\"audio\": \"\"} | 422 | audio: ",
                "{\"audio\": \"aGVsbG8=\"} | 422 | audio: ",
                "{\"text\": \" \"} | 422 | predict: the text is empty; give what was said",
                "{\"text\": \"x\", \"times\": \"0-1\"} | 422 | predict: times are those of the words",
                "{\"text\": \"x\", \"transcript\": \"a: b\"} | 422 | predict: text and times are not for transcript",
                "{\"transcript\": \"\"} | 422 | transcript: holds no turn",
                "{\"transcript\": \"1\\n0:01,0 --> 0:0x,0\\nso\\n\"} | 422 | transcript",
            })
    void predict_badJson_saysWhatIsWrong(String body, int status, String expected) throws Exception {
        String detail =
                problem(status, service.post("/v1/predict", "application/json", body.getBytes(StandardCharsets.UTF_8)));
        assertTrue(detail.contains(expected), detail);
        assertFalse(detail.matches(".*(--[a-z]|‹).*"), detail); // clients have no command line
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "multipart/form-data | 400 | names no boundary",
                "multipart/form-data; boundary=abc | 400 | has no boundary",
                "text/plain | 415 | send multipart/form-data",
                "application/x-www-form-urlencoded | 415 | send multipart/form-data",
                "nonsense | 415 | send multipart/form-data",
                "audio/wav | 422 | audio: ",
                "Audio/WAV | 422 | audio: ",
                "APPLICATION/JSON | 400 | not valid JSON",
            })
    void predict_wrongType_saysWhatIsRead(String type, int status, String expected) throws Exception {
        String detail = problem(status, service.post("/v1/predict", type, form("text", "so glad")));
        assertTrue(detail.contains(expected), detail);
    }

    @Test
    void predict_brokenForm_saysWhatIsWrong() throws Exception {
        byte[] whole = form("text", "so glad", "audio", audio);
        json(service.post("/v1/predict", FORM, whole));
        for (int length : List.of(0, 3, 7, 20, 60, 90, whole.length - 9)) {
            String detail = problem(400, service.post("/v1/predict", FORM, Arrays.copyOf(whole, length)));
            assertTrue(detail.startsWith("body: the form "), detail);
        }
        String twice = problem(400, service.post("/v1/predict", FORM, form("text", "a", "text", "b")));
        assertEquals("body: the part \"text\" occurs twice; send it once", twice);
        String unknown = problem(400, service.post("/v1/predict", FORM, form("txet", "a")));
        assertTrue(unknown.endsWith("did you mean \"text\"?") || unknown.contains("did you mean"), unknown);
    }

    @Test
    void predict_invalidUtf8_is400() throws Exception {
        byte[] wrong = {'s', 'o', (byte) 0xC3, '(', 'x'};
        assertEquals(
                "text: byte 2 is not UTF-8; save the text as UTF-8",
                problem(400, service.post("/v1/predict", FORM, form("text", wrong))));
        byte[] body = "{\"text\": \"x\"}".getBytes(StandardCharsets.UTF_8);
        body[10] = (byte) 0xFF;
        assertTrue(problem(400, service.post("/v1/predict", "application/json", body))
                .startsWith("body: byte 10 is not UTF-8"));
    }

    @Test
    void predict_notANumber_is422() throws Exception {
        Path file = folder.resolve("nan.wav");
        WavWriter.PCM_16.write(file, new Audio(new float[8000], 16000));
        byte[] pcm = Files.readAllBytes(file);
        ByteBuffer wav = ByteBuffer.allocate(44 + 4 * 4000).order(ByteOrder.LITTLE_ENDIAN);
        wav.put(pcm, 0, 44)
                .putShort(20, (short) 3)
                .putInt(28, 64000)
                .putShort(32, (short) 4)
                .putShort(34, (short) 32);
        for (int i = 0; i < 4000; i++) {
            wav.putFloat(i == 1000 ? Float.NaN : 0.1f);
        }
        String detail = problem(422, service.post("/v1/predict", "audio/wav", wav.array()));
        assertTrue(detail.startsWith("audio: sample 1000 (at 0.063 s) is not a finite number"), detail);
    }

    /// The command answers silence with a warning, and so does the service.
    @Test
    void predict_silence_isAnsweredAndNeverSure() throws Exception {
        Path file = folder.resolve("silence.wav");
        WavWriter.PCM_16.write(file, new Audio(new float[16000], 16000));
        var answer = json(service.post("/v1/predict", "audio/wav", Files.readAllBytes(file)));
        assertFalse(answer.flag("sure"));
        assertTrue(!answer.array("warnings").texts().isEmpty(), answer.toText());
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/models/..%2f..%2fetc%2fpasswd",
        "/v1/models/%2e%2e/%2e%2e/etc/passwd",
        "/../../etc/passwd",
        "/v1/models/",
        "/page/",
        "/page/..%2fopenapi.json",
        "/page/../openapi.jso",
        "/v1/predict/",
    })
    void get_otherPaths_areNotFound(String path) throws Exception {
        try (RawConnection connection = new RawConnection(service)) {
            connection.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            String status = String.valueOf(connection.line());
            String rest = connection.rest();
            assertTrue(status.equals("HTTP/1.1 404 Not Found") || status.startsWith("HTTP/1.1 400 "), status);
            assertTrue(rest.contains("application/problem+json") && !rest.contains("root:"), rest);
        }
    }

    @Test
    void predict_wrongMethodOrQuery_saysWhatIsAllowed() throws Exception {
        HttpResponse<String> get = service.get("/v1/predict");
        assertEquals("this answers POST alone", problem(405, get));
        assertEquals("POST", get.headers().firstValue("Allow").orElse(""));
        String detail = problem(400, service.post("/v1/predict?modle=x", Json.object()));
        assertTrue(detail.contains("did you mean \"model\""), detail);
        assertTrue(problem(400, service.post("/v1/predict?model=x&model=y", Json.object()))
                .contains("model is given twice"));
        assertTrue(problem(404, service.post("/v1/predict?model=startr", Json.object()))
                .contains("did you mean \"starter\""));
    }

    /// HEAD is GET without its body (RFC 9110, 9.3.2), also where GET is refused.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/page/page.css",
                "/healthz",
                "/readyz",
                "/v1/models",
                "/v1/models/starter",
                "/openapi.json",
                "/v1/models/nobody",
                "/v1/stream",
                "/nothing"
            })
    void head_anyPath_isGetWithoutItsBody(String path) throws Exception {
        HttpResponse<String> get = service.get(path);
        HttpResponse<String> head = service.send(
                HttpRequest.newBuilder(service.uri(path)).method("HEAD", HttpRequest.BodyPublishers.noBody()));
        assertEquals(get.statusCode(), head.statusCode());
        assertEquals("", head.body());
        assertEquals(get.body().getBytes(StandardCharsets.UTF_8).length, length(head));
        for (String header : List.of("Content-Type", "Content-Length", "ETag", "Cache-Control", "Upgrade")) {
            assertEquals(get.headers().firstValue(header), head.headers().firstValue(header), header);
        }
    }

    private static long length(HttpResponse<String> answer) {
        return answer.headers().firstValueAsLong("Content-Length").orElse(-1);
    }

    /// What follows an answer to HEAD is the next answer, and no body.
    @Test
    void head_thenGetOnOneConnection_areBothAnswered() throws Exception {
        try (RawConnection connection = new RawConnection(service)) {
            String answers = connection
                    .head("HEAD /healthz")
                    .head("GET /healthz", "Connection: close")
                    .rest();
            assertEquals(3, answers.split("HTTP/1.1 200 OK", -1).length, answers);
            assertEquals(2, answers.split("ok\n", -1).length, answers);
        }
    }

    @Test
    void head_whereThereIsNoGet_is405() throws Exception {
        HttpResponse<String> head = service.send(
                HttpRequest.newBuilder(service.uri("/v1/predict")).method("HEAD", HttpRequest.BodyPublishers.noBody()));
        assertEquals(405, head.statusCode());
        assertEquals("POST", head.headers().firstValue("Allow").orElse(""));
        HttpResponse<String> delete =
                service.send(HttpRequest.newBuilder(service.uri("/healthz")).DELETE());
        assertEquals("this answers GET, HEAD alone", problem(405, delete));
        assertEquals("GET, HEAD", delete.headers().firstValue("Allow").orElse(""));
    }

    @Test
    void request_otherHost_isMisdirected() throws Exception {
        try (RawConnection connection = new RawConnection(service)) {
            connection.send("GET /v1/models HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
            assertTrue(String.valueOf(connection.line()).startsWith("HTTP/1.1 421 "));
        }
    }

    @Test
    void request_notHttp_isAProblem() throws Exception {
        try (RawConnection connection = new RawConnection(service)) {
            connection.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\nBad Header\r\n\r\n");
            String answer = connection.rest();
            assertTrue(answer.startsWith("HTTP/1.1 400 ") && answer.contains("application/problem+json"), answer);
            assertFalse(answer.contains("\tat "), answer);
        }
    }

    /// A client that goes away costs nobody else an answer; its place is free again.
    @Test
    void predict_cutConnection_freesItsPlace() throws Exception {
        try (RunningService small = RunningService.of(limits -> limits.queue(0))) {
            try (RawConnection connection = new RawConnection(small)) {
                connection.begin(1000).send("{\"text\":");
            }
            HttpResponse<String> answer;
            do {
                answer = small.post("/v1/predict", Json.object().with("text", "so glad"));
            } while (answer.statusCode() == 429);
            json(answer);
        }
    }

    @Test
    void token_missingOrWrong_is401() throws Exception {
        try (RunningService guarded = RunningService.guarded()) {
            for (String given : List.of(
                    "",
                    "Bearer",
                    "Bearer x",
                    "Bearer " + RunningService.TOKEN + "0",
                    "Basic " + RunningService.TOKEN,
                    RunningService.TOKEN)) {
                HttpRequest.Builder request = HttpRequest.newBuilder(guarded.uri("/v1/models"));
                HttpResponse<String> answer =
                        guarded.send(given.isEmpty() ? request : request.header("Authorization", given));
                String detail = problem(401, answer);
                assertEquals(
                        "Bearer",
                        answer.headers().firstValue("WWW-Authenticate").orElse(""));
                assertFalse(detail.contains(RunningService.TOKEN), detail);
            }
            problem(401, guarded.post("/v1/predict", "audio/wav", audio));
            problem(401, guarded.get("/metrics"));
            assertEquals(200, guarded.get("/healthz").statusCode());
            json(guarded.send(HttpRequest.newBuilder(guarded.uri("/v1/models"))
                    .header("Authorization", "bearer " + RunningService.TOKEN)));
        }
    }

    @Test
    void cors_onlyNamedOrigins_mayRead() throws Exception {
        try (RunningService guarded = RunningService.guarded("https://a.example")) {
            for (String origin : List.of("https://a.example", "https://b.example")) {
                HttpResponse<String> answer = guarded.send(HttpRequest.newBuilder(guarded.uri("/v1/predict"))
                        .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                        .header("Origin", origin));
                boolean isNamed = origin.contains("a.");
                assertEquals(isNamed ? 204 : 405, answer.statusCode());
                assertEquals(
                        isNamed ? origin : "",
                        answer.headers()
                                .firstValue("Access-Control-Allow-Origin")
                                .orElse(""));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "null",
                "",
                "example.org",
                "https://Example.org",
                "https://a.example/",
                "https://a.example/x"
            })
    void cors_whatNoBrowserSends_isRefused(String origin) {
        BadInputException refusal = assertThrows(BadInputException.class, () -> RunningService.guarded(origin));
        assertTrue(String.valueOf(refusal.getMessage()).startsWith("serve: ‹cors " + origin + "› is no origin"));
    }

    /// It says so, and does not run where nobody reaches it.
    @Test
    void start_takenPortOrAddressOfAnother_isRefused() {
        int taken = service.uri("/").getPort();
        for (String host : List.of("127.0.0.1", "192.0.2.1")) { // the second belongs to no machine (RFC 5737)
            BadInputException refusal = assertThrows(BadInputException.class, () -> RunningService.at(host, taken));
            assertEquals(
                    "serve: cannot listen at ‹host " + host + "› ‹port " + taken
                            + "›: is the port taken, or the address another machine's? Give another",
                    refusal.getMessage());
        }
    }
}
