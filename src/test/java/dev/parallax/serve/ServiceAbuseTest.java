package dev.parallax.serve;

import static dev.parallax.serve.RunningService.FORM;
import static dev.parallax.serve.RunningService.form;
import static dev.parallax.serve.RunningService.json;
import static dev.parallax.serve.RunningService.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What nobody sends by mistake: each has its answer, and after all of them the service answers as before. Others are
/// in [ServiceRefusalTest], [ServiceLimitsTest] and [ServiceConnectionsTest].
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ServiceAbuseTest {

    private static final JsonObject WORDS = Json.object().with("text", "so glad you came");

    @TempDir
    static Path folder;

    private static byte[] audio;
    private static RunningService service;
    private static JsonObject before;

    @BeforeAll
    static void start() throws Exception {
        audio = Files.readAllBytes(RunningService.recording(folder));
        service = RunningService.plain();
        before = json(service.post("/v1/predict", FORM, form("audio", audio, "text", "so glad")));
    }

    /// No place is taken, and the answers are the same.
    @AfterAll
    static void stop() throws Exception {
        assertEquals(before, json(service.post("/v1/predict", FORM, form("audio", audio, "text", "so glad"))));
        String metrics = service.get("/metrics").body();
        while (!metrics.contains("\nparallax_places_taken 0\n")) { // of the clients that went away
            metrics = service.get("/metrics").body();
        }
        assertTrue(!metrics.contains("status=\"500\""), metrics);
        service.close();
    }

    /// Heads that are none, or could be read in two ways (request smuggling).
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET /healthz HTTP/1.0\\r\\n\\r\\n | 505",
                "GET /healthz HTTP/1.1\\r\\n\\r\\n | 400",
                "GET /healthz HTTP/9.9\\r\\nHost: localhost\\r\\n\\r\\n | 400",
                "GET\\r\\n\\r\\n | 400",
                "POST /v1/predict HTTP/1.1\\r\\nHost: localhost\\r\\nContent-Length: 3\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n0\\r\\n\\r\\n | 400",
                "POST /v1/predict HTTP/1.1\\r\\nHost: localhost\\r\\nContent-Length: 3\\r\\nContent-Length: 4\\r\\n\\r\\nabcd | 400",
                "POST /v1/predict HTTP/1.1\\r\\nHost: localhost\\r\\nContent-Length: -3\\r\\n\\r\\n | 400",
                "POST /v1/predict HTTP/1.1\\r\\nHost: localhost\\r\\nContent-Length: many\\r\\n\\r\\n | 400",
                "POST /v1/predict HTTP/1.1\\r\\nHost: localhost\\r\\nTransfer-Encoding: gzip\\r\\n\\r\\n | 400",
                "POST /v1/predict HTTP/1.1\\r\\nHost: localhost\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\nzz\\r\\n | 400",
                "TRACE /healthz HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n | 405",
                "CONNECT localhost:443 HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n | 404",
                "GET /v1/models/%00 HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n | 404",
                "GET /v1/models/%zz HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n | 400",
                "GET /v1/models?x=%00&x=1 HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n | 400",
                "GET /v1/models HTTP/1.1\\r\\nHost: localhost:99:1\\r\\nConnection: close\\r\\n\\r\\n | 400",
            })
    void head_thatIsNone_isRefused(String request, int status) throws IOException {
        try (RawConnection connection = new RawConnection(service)) {
            connection.send(request.replace("\\r", "\r").replace("\\n", "\n"));
            String answer = connection.rest();
            assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
            assertTrue(answer.contains("application/problem+json") && !answer.contains("\tat "), answer);
        }
        String last = service.lines().getLast();
        assertTrue(last.contains(" " + status + ", "), last);
    }

    /// What is refused before it has a route is counted and logged all the same, without a word of it.
    @Test
    void request_refusedUnread_isCountedAndLogged() throws Exception {
        List<String> refused = List.of(
                "400 GET /secret HTTP/1.1\r\nHost: localhost\r\nBad Header\r\n\r\n",
                "413 POST /secret HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n",
                "414 GET /secret" + "x".repeat(10_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "431 GET /secret HTTP/1.1\r\nHost: localhost\r\nX-Secret: " + "x".repeat(10_000) + "\r\n\r\n",
                "505 GET /secret HTTP/1.0\r\n\r\n");
        try (RunningService fresh = RunningService.plain()) {
            for (String each : refused) {
                String status = each.substring(0, 3);
                try (RawConnection connection = new RawConnection(fresh)) {
                    String answer = connection.send(each.substring(4)).rest();
                    assertTrue(answer.startsWith("HTTP/1.1 " + status), answer);
                }
                assertEquals(
                        "none none " + status + ", refused unread",
                        fresh.lines().getLast());
                String counted =
                        "parallax_requests_total{method=\"none\",route=\"none\",status=\"" + status + "\"} 1\n";
                assertTrue(fresh.get("/metrics").body().contains(counted), counted);
            }
            assertFalse(
                    fresh.lines().toString().contains("secret"), fresh.lines().toString());
            assertFalse(fresh.get("/metrics").body().contains("secret"));
        }
    }

    /// A length is digits alone (RFC 9112, 6.2), which no proxy in between reads in another way.
    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: +3", "Content-Length: 0x3", "Content-Length: 3 3", "Content-Length: ٣"})
    void length_thatIsNotDigits_is400(String header) throws IOException {
        try (RawConnection connection = new RawConnection(service)) {
            connection
                    .head("POST /v1/predict", "Content-Type: audio/wav", header)
                    .send("abc");
            String answer = connection.rest();
            assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
        }
    }

    @Test
    void header_ofAMegabyte_is431() throws IOException {
        try (RawConnection connection = new RawConnection(service)) {
            connection.head("GET /healthz", "X-Long: " + "x".repeat(1 << 20));
            String answer = connection.rest();
            assertTrue(answer.startsWith("HTTP/1.1 431 "), answer);
        }
    }

    @Test
    void path_tooLong_is414() throws IOException {
        try (RawConnection connection = new RawConnection(service)) {
            connection.head("GET /" + "x".repeat(10_000));
            String answer = connection.rest();
            assertTrue(answer.startsWith("HTTP/1.1 414 "), answer);
        }
    }

    @ParameterizedTest
    @CsvSource({"10737418240", "104857600", "9223372036854775807"})
    void body_ofGigabytesAsDeclared_is413(long length) throws IOException {
        try (RawConnection connection = new RawConnection(service)) {
            connection.head("POST /v1/predict", "Content-Type: application/json", "Content-Length: " + length);
            String answer = connection.rest();
            assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
        }
    }

    @Test
    void body_ofChunksWithoutEnd_is413() throws IOException {
        try (RawConnection connection = new RawConnection(service)) {
            connection.head("POST /v1/predict", "Content-Type: audio/wav", "Transfer-Encoding: chunked");
            byte[] chunk = ("10000\r\n" + "x".repeat(1 << 16) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i <= (32 << 20) / (1 << 16); i++) {
                connection.send(chunk);
            }
            String answer = connection.rest();
            assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
        }
    }

    @Test
    void text_ofMegabytes_is413() throws Exception {
        JsonObject body = Json.object().with("text", "so ".repeat(10 << 20));
        assertTrue(problem(413, service.post("/v1/predict", body))
                .startsWith("text: has 31457280 characters, this service answers at most 100000"));
    }

    @Test
    void audio_anHourOfSilence_is413() throws Exception {
        byte[] hour = wav(8000, 1, 8, 3600 * 8000, new byte[3600 * 8000]);
        assertEquals(
                "audio: has 3600.0 s, this service answers at most 600 s; cut it",
                problem(413, service.post("/v1/predict", "audio/wav", hour)));
    }

    /// A length that is a lie reserves nothing: what is there is heard.
    @Test
    void audio_thatDeclaresGigabytes_isReadAsFarAsItGoes() throws Exception {
        byte[] lying = audio.clone();
        ByteBuffer.wrap(lying).order(ByteOrder.LITTLE_ENDIAN).putInt(4, -12).putInt(40, -48);
        JsonObject answer = json(service.post("/v1/predict", "audio/wav", lying));
        assertTrue(!answer.array("warnings").texts().isEmpty(), answer.toText());
    }

    /// FLAC in 42 bytes that declares 2^36 - 1 samples.
    @Test
    void audio_thatUnpacksToDays_is413() throws Exception {
        ByteBuffer flac = ByteBuffer.allocate(42);
        flac.put("fLaC".getBytes(StandardCharsets.US_ASCII)).putInt(0x80000022); // the last block, of 34 bytes
        flac.putShort((short) 4096).putShort((short) 4096).put(new byte[6]);
        flac.putLong((16000L << 44) | (15L << 36) | 0xFFFFFFFFFL); // rate, one channel, 16 bits, samples
        var answer = service.post("/v1/predict", "audio/flac", flac.array());
        assertTrue(List.of(413, 422).contains(answer.statusCode()), answer.body());
        problem(answer.statusCode(), answer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json | ",
                "application/json | {\"text\": 1e999}",
                "application/json | {\"utterances\": NaN}",
                "multipart/form-data; boundary=xyz | --xyz\\r\\n\\r\\nso glad\\r\\n--xyz--\\r\\n",
                "multipart/form-data; boundary=xyz | --xyz\\r\\nContent-Disposition: form-data\\r\\n\\r\\nso\\r\\n--xyz--\\r\\n",
                "multipart/form-data; boundary=xyz | --xyz\\r\\nContent-Disposition: form-data; name=\"text\"\\r\\n\\r\\nso",
            })
    void body_thatIsBroken_is400(String type, String body) throws Exception {
        String text = body == null ? "" : body.replace("\\r", "\r").replace("\\n", "\n");
        String detail = problem(400, service.post("/v1/predict", type, text.getBytes(StandardCharsets.UTF_8)));
        assertTrue(detail.startsWith("body"), detail);
    }

    /// A form within a form is a text that has dashes in it.
    @Test
    void body_formWithinAForm_isNotUnpacked() throws Exception {
        String inner = "--abc\r\nContent-Disposition: form-data; name=\"audio\"\r\n\r\nx\r\n--abc--";
        json(service.post("/v1/predict", FORM, form("text", "so glad " + inner)));
    }

    @Test
    void body_ofAHundredThousandBrackets_is400() throws Exception {
        for (String bracket : List.of("[", "{\"text\":")) {
            byte[] body = bracket.repeat(100_000).getBytes(StandardCharsets.UTF_8);
            assertTrue(problem(400, service.post("/v1/predict", "application/json", body))
                    .startsWith("body"));
        }
    }

    @Test
    void audio_empty_isRefused() throws Exception {
        assertTrue(problem(422, service.post("/v1/predict", "audio/wav", new byte[0]))
                .startsWith("audio: "));
    }

    /// The service starts no other program, and has no path of what it is sent.
    @Test
    void audio_ofOtherFormats_isToldWhatIsRead() throws Exception {
        byte[] mp3 = Arrays.copyOf(new byte[] {'I', 'D', '3', 4, 0, 0, 0, 0, 0, 0, (byte) 0xFF, (byte) 0xFB}, 200);
        for (byte[] other : List.of("just some text here".getBytes(StandardCharsets.UTF_8), mp3)) {
            String detail = problem(422, service.post("/v1/predict", "audio/mpeg", other));
            assertTrue(detail.startsWith("audio: "), detail);
            assertTrue(detail.endsWith("convert it before it is sent, to WAV, AIFF, AU, FLAC"), detail);
            assertTrue(!detail.contains("ffmpeg"), detail);
        }
    }

    @Test
    void requests_oneAfterTheOtherWithoutWaiting_areAnsweredInTheirOrder() throws IOException {
        try (RawConnection connection = new RawConnection(service)) {
            connection.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(3)
                    + "GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            String answers = connection.rest();
            assertEquals(4, answers.split("HTTP/1.1 200 OK", -1).length - 1, answers);
            assertTrue(answers.endsWith("ready\n") && answers.indexOf("ready") > answers.lastIndexOf("ok\n"), answers);
        }
    }

    @Test
    void client_thatLeavesBeforeItsAnswer_harmsNobody() throws IOException {
        for (int i = 0; i < 20; i++) {
            try (RawConnection connection = new RawConnection(service)) {
                String body = WORDS.toText();
                connection
                        .head("POST /v1/predict", "Content-Type: application/json", "Content-Length: " + body.length())
                        .send(i % 2 == 0 ? body : body.substring(1));
            }
        }
    }

    private static byte[] wav(int rate, int channels, int bits, int declared, byte[] samples) {
        ByteBuffer wav = ByteBuffer.allocate(44 + samples.length).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + declared);
        wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        wav.putShort((short) 1).putShort((short) channels).putInt(rate);
        wav.putInt(rate * channels * bits / 8)
                .putShort((short) (channels * bits / 8))
                .putShort((short) bits);
        wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(declared);
        Arrays.fill(samples, (byte) 128); // silence of 8 bits
        return wav.put(samples).array();
    }
}
