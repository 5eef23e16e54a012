package dev.parallax.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.audio.Audio;
import dev.parallax.audio.file.WavWriter;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What a stream may not do, and what it gets for it.
class ServiceStreamLimitsTest {

    private static final byte[] HALF_SECOND = new byte[16000];
    private static final int FIN_CONTINUATION = 0x80;
    private static final int BINARY_BEGINS = 0x02;

    private static RunningService service;

    @BeforeAll
    static void start() {
        service = RunningService.plain();
    }

    @AfterAll
    static void stop() throws Exception {
        while (!service.get("/metrics").body().contains("parallax_streams_open 0\n")) {
            Thread.onSpinWait(); // no stream is left behind
        }
        service.close();
    }

    /// What a client does after it was admitted.
    interface Abuse {
        void send(StreamClient client) throws IOException;
    }

    /// @param code   with which the stream is closed
    /// @param detail part of the error that comes before
    record Case(String name, int code, String detail, Abuse abuse) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static byte[] wav(Consumer<ByteBuffer> change) {
        byte[] file = WavWriter.FLOAT_32.toBytes(new Audio(new float[16000], 16000));
        change.accept(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN));
        return file;
    }

    private static final List<Case> CASES = List.of(
            new Case(
                    "a message that is too large",
                    1009,
                    "more than 1048576 bytes",
                    client ->
                            client.send(new byte[] {(byte) StreamClient.BINARY, (byte) 0xFF, 0, 0, 0, 1, 0, 0, 0, 0})),
            new Case("a message of endless parts", 1009, "more than 1048576 bytes", client -> {
                client.frame(BINARY_BEGINS, new byte[1 << 19]);
                client.frame(0, new byte[1 << 19]);
                client.frame(0, new byte[1]);
            }),
            new Case("empty frames", 1008, "bring no samples", client -> {
                client.frame(BINARY_BEGINS, new byte[0]);
                for (int i = 0; i < 1000; i++) {
                    client.frame(0, new byte[0]);
                }
            }),
            new Case("empty messages", 1008, "bring no samples", client -> {
                for (int i = 0; i < 1001; i++) {
                    client.binary(new byte[0]);
                }
            }),
            new Case("pings", 1008, "bring no samples", client -> {
                for (int i = 0; i < 1001; i++) {
                    client.frame(StreamClient.PING, new byte[] {1});
                }
            }),
            new Case("words without end", 1008, "bring no samples", client -> {
                for (int i = 0; i < 1001; i++) {
                    client.text("{\"text\": \"so glad\"}");
                }
            }),
            new Case(
                    "text that is not UTF-8",
                    1007,
                    "is not UTF-8",
                    client -> client.frame(StreamClient.TEXT, new byte[] {'{', (byte) 0xC3, '}'})),
            new Case("no JSON", 1008, "not valid JSON", client -> client.text("so glad")),
            new Case("an unknown key", 1008, "unknown field", client -> client.text("{\"txet\": \"so glad\"}")),
            new Case("a key of another type", 1008, "expected a string", client -> client.text("{\"text\": 7}")),
            new Case("no key", 1008, "give text or end", client -> client.text("{}")),
            new Case("end that is false", 1008, "end is true", client -> client.text("{\"end\": false}")),
            new Case("deep JSON", 1008, "message", client -> client.text("[".repeat(100_000))),
            new Case(
                    "a long text",
                    1008,
                    "this service answers at most 100000",
                    client -> client.text(
                            Json.object().with("text", "a".repeat(100_001)).toText())),
            new Case("the end of nothing", 1008, "before anything came", client -> client.text("{\"end\": true}")),
            new Case(
                    "half a sample",
                    1008,
                    "ends within a frame: 1 of its 2 bytes",
                    client -> client.binary(new byte[3]).text("{\"end\": true}")),
            new Case(
                    "NaN",
                    1008,
                    "not a finite number",
                    client -> client.binary(wav(file -> file.putFloat(44 + 400, Float.NaN)))),
            new Case(
                    "a header that declares more",
                    1008,
                    "truncated",
                    client ->
                            client.binary(wav(file -> file.putInt(40, 1 << 20))).text("{\"end\": true}")),
            new Case(
                    "a header that declares less",
                    1008,
                    "bytes follow them",
                    client -> client.binary(wav(file -> file.putInt(40, 400))).binary(new byte[1 << 20])),
            new Case(
                    "a header of too many channels",
                    1008,
                    "65535 channels",
                    client -> client.binary(wav(file -> {
                        file.putShort(22, (short) 0xFFFF);
                        file.putShort(32, (short) (4 * 0xFFFF));
                    }))),
            new Case(
                    "a header of another coding",
                    1008,
                    "send PCM of 16 bits",
                    client -> client.binary(wav(file -> file.putShort(20, (short) 0x55)))),
            new Case(
                    "a header without end",
                    1008,
                    "do not begin within",
                    client -> client.binary(wav(file -> file.putInt(16, 1 << 30)))),
            new Case(
                    "a header alone",
                    1008,
                    "before any samples",
                    client -> client.binary("RIFF".getBytes(StandardCharsets.US_ASCII))
                            .text("{\"end\": true}")),
            new Case("a frame without a mask", 1002, "no mask", client -> client.send(new byte[] {(byte) 0x82, 0})),
            new Case("a reserved bit", 1002, "reserved bit", client -> client.frame(0xC2, HALF_SECOND)),
            new Case("an unknown opcode", 1002, "no opcode 3", client -> client.frame(0x83, HALF_SECOND)),
            new Case("a long ping", 1002, "control frame", client -> client.frame(StreamClient.PING, new byte[200])),
            new Case("a ping in parts", 1002, "control frame", client -> client.frame(0x09, new byte[2])),
            new Case("a part of nothing", 1002, "never began", client -> client.frame(FIN_CONTINUATION, HALF_SECOND)),
            new Case(
                    "a message within another",
                    1002,
                    "within another",
                    client -> client.frame(BINARY_BEGINS, HALF_SECOND).binary(HALF_SECOND)));

    static Stream<Case> cases() {
        return CASES.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void stream_abuse_getsAnErrorAndIsClosed(Case abuse) throws Exception {
        try (StreamClient client = new StreamClient(service, "")) {
            client.next("ready");
            abuse.abuse.send(client);
            JsonObject error = client.rest().getLast();
            assertEquals(
                    List.of("type", "title", "status", "detail"),
                    List.copyOf(error.fields().keySet()));
            assertTrue(error.text("detail").contains(abuse.detail), error.toString());
            assertEquals(abuse.code, client.closed());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "?model=none | 400 | there is no model",
                "?mdoel=starter | 400 | there is no parameter",
                "?rate=fast | 400 | query: rate must be a decimal number, such as 16000",
                "?rate=999 | 400 | query: rate must be from 1000 to 768000 Hz",
                "?rate=0x1p14 | 400 | query: rate must be a decimal number",
                "?rate=1e4 | 400 | query: rate must be a decimal number",
                "?rate=16000f | 400 | query: rate must be a decimal number",
                "?rate=%2B16000 | 400 | query: rate must be a decimal number",
                "?rate=-16000 | 400 | query: rate must be a decimal number",
                "?rate=%D9%A1%D9%A6000 | 400 | query: rate must be a decimal number",
                "?rate= | 400 | query: rate must be a decimal number",
                "?window=2d | 400 | query: window must be a decimal number",
                "?rate=999999999 | 400 | query: rate must be from 1000 to 768000 Hz",
                "?rate=16000.5 | 400 | whole number",
                "?window=0.4 | 400 | from 0.5 to 30.0 seconds",
                "?window=NaN | 400 | query: window must be a decimal number",
                "?window=31 | 400 | query: window must be from 0.5 to 30.0 seconds",
                "?window=1&window=2 | 400 | twice",
            })
    void upgrade_badQuery_isRefused(String query, int status, String detail) throws Exception {
        try (StreamClient client = new StreamClient(service, query)) {
            assertEquals(query.contains("model=none") ? 404 : status, client.status());
            String problem = client.problem();
            assertTrue(problem.contains(detail), problem);
        }
    }

    static Stream<List<String>> strangers() {
        return Stream.of(
                List.of("403", "Origin: http://elsewhere.example"),
                List.of("403", "Origin: null"),
                List.of("403", "Origin: http://localhost:1"),
                List.of("421", "Host: elsewhere.example"),
                List.of("400", "Sec-WebSocket-Protocol: chat"));
    }

    @ParameterizedTest
    @MethodSource("strangers")
    void upgrade_fromElsewhere_isRefused(List<String> given) throws Exception {
        try (StreamClient client = new StreamClient(service, "", given.get(1))) {
            assertEquals(Integer.parseInt(given.get(0)), client.status());
            String problem = client.problem();
            assertFalse(problem.contains("--") || problem.contains("‹"), problem);
        }
    }

    @Test
    void upgrade_ofThePageOfTheServiceOrANamedOne_isAccepted() throws Exception {
        String own = "http://localhost:" + service.service().port();
        try (StreamClient client = new StreamClient(service, "", "Origin: " + own)) {
            assertEquals(101, client.status());
        }
        try (RunningService guarded = RunningService.guarded("https://named.example");
                StreamClient client = new StreamClient(
                        guarded,
                        "",
                        "Origin: https://named.example",
                        "Authorization: Bearer " + RunningService.TOKEN)) {
            assertEquals(101, client.status());
        }
    }

    @Test
    void upgrade_token_isAskedForInEitherPlace() throws Exception {
        try (RunningService guarded = RunningService.guarded()) {
            try (StreamClient none = new StreamClient(guarded, "")) {
                assertEquals(401, none.status());
                assertTrue(none.answered().contains("WWW-Authenticate: Bearer\r\n"), none.answered());
            }
            String wrong = "bearer." + "0".repeat(32);
            try (StreamClient client = new StreamClient(guarded, "", "Sec-WebSocket-Protocol: parallax.v1, " + wrong)) {
                assertEquals(401, client.status());
            }
            String right = "bearer." + RunningService.TOKEN;
            try (StreamClient client = new StreamClient(guarded, "", "Sec-WebSocket-Protocol: parallax.v1, " + right)) {
                assertEquals(101, client.status());
                assertTrue(client.answered().contains("Sec-WebSocket-Protocol: parallax.v1\r\n"), client.answered());
            }
        }
    }

    @Test
    void get_withoutUpgrade_saysWhatIsAskedFor() throws Exception {
        String detail = RunningService.problem(426, service.get("/v1/stream"));
        assertTrue(detail.contains("Upgrade: websocket"), detail);
    }

    @Test
    void upgrade_oneStreamTooMany_isRefusedUntilAnotherEnds() throws Exception {
        try (RunningService small = RunningService.streaming(new StreamLimits(1, 1 << 20), limits -> limits)) {
            try (StreamClient first = new StreamClient(small, "")) {
                first.next("ready");
                try (StreamClient second = new StreamClient(small, "")) {
                    assertEquals(429, second.status());
                    assertTrue(second.answered().contains("Retry-After: 10\r\n"), second.answered());
                }
            }
            int status = 429;
            while (status == 429) {
                try (StreamClient third = new StreamClient(small, "")) {
                    status = third.status();
                }
            }
            assertEquals(101, status);
        }
    }

    /// What follows a close is a code of those that may be sent, and a reason in UTF-8, or nothing (RFC 6455, 7.4).
    @ParameterizedTest
    @CsvSource({
        "'', 1000",
        "03E8, 1000",
        "03E9, 1000",
        "03F0, 1000", // 1008
        "03F6, 1000", // 1014
        "0BB8, 1000", // 3000
        "1387, 1000", // 4999
        "03E8C3A4, 1000", // a reason in UTF-8
        "03, 1002",
        "0000, 1002",
        "03E7, 1002", // 999
        "03EC, 1002", // 1004
        "03ED, 1002", // 1005
        "03EE, 1002", // 1006
        "03F7, 1002", // 1015
        "07D0, 1002", // 2000
        "1388, 1002", // 5000
        "FFFF, 1002",
        "03E8C328, 1007",
        "03E8C3, 1007"
    })
    void close_anyPayload_isAnsweredByTheCodeOfTheStandard(String payload, int code) throws Exception {
        try (StreamClient client = new StreamClient(service, "")) {
            client.next("ready");
            client.frame(0x88, java.util.HexFormat.of().parseHex(payload));
            assertEquals(code, client.closed());
        }
    }

    @Test
    void message_limit_isAdjustable() throws Exception {
        try (RunningService small = RunningService.streaming(new StreamLimits(1, 1000), limits -> limits);
                StreamClient client = new StreamClient(small, "")) {
            client.next("ready");
            client.binary(new byte[1001]);
            assertTrue(client.next("error").text("detail").contains("more than 1000 bytes"));
            assertEquals(1009, client.closed());
        }
    }

    @Test
    void window_ofMoreBytesThanABodyMayHave_isRefused() throws Exception {
        try (RunningService small = RunningService.of(limits -> limits.body(50_000));
                StreamClient client = new StreamClient(small, "")) {
            client.next("ready");
            client.binary(new byte[2]);
            String detail = client.next("error").text("detail");
            assertTrue(detail.contains("has 64002 bytes, at most 50000 are kept"), detail);
        }
    }

    @ParameterizedTest
    @CsvSource({"''", "82", "82FE", "82830102030400", "028001020304"})
    void stream_thatBringsNothing_isClosed(String begun) throws Exception {
        try (RunningService hasty = RunningService.of(limits -> limits.times(30_000, 200, 30_000));
                StreamClient client = new StreamClient(hasty, "")) {
            client.next("ready");
            client.send(java.util.HexFormat.of().parseHex(begun)); // the beginning of a frame
            JsonObject error = client.next("error");
            assertEquals(408, error.whole("status"));
            assertTrue(error.text("detail").startsWith("nothing came for 0.2 s"), error.toString());
            assertEquals(1008, client.closed());
            assertTrue(client.isCut());
        }
    }

    /// One byte a message: slower, and as right.
    @Test
    void stream_ofTinyMessages_isAnswered() throws Exception {
        try (StreamClient client = new StreamClient(service, "?rate=1000&window=0.5")) {
            client.next("ready");
            byte[] samples = new byte[1100];
            for (int i = 0; i < samples.length; i++) {
                samples[i] = (byte) (i * 31 & 0x3F);
            }
            client.pieces(samples, 1).text("{\"end\": true}");
            JsonObject answer = client.next("answer");
            assertEquals(0.5, answer.number("end"));
            assertEquals(0.55, client.next("final").number("end"));
        }
    }

    @Test
    void samples_afterTheEnd_changeNothing() throws Exception {
        try (StreamClient client = new StreamClient(service, "")) {
            client.next("ready");
            client.binary(HALF_SECOND)
                    .text("{\"end\": true}")
                    .binary(HALF_SECOND)
                    .text("{}");
            client.next("answer");
            assertEquals(0.5, client.next("final").number("end"));
            assertEquals(1000, client.closed());
            client.frame(0x88, new byte[0]);
            assertTrue(client.isCut());
        }
    }

    /// Its answers fill what lies between, then the service stops to read, and after a time it ends the stream.
    @Test
    void client_thatReadsNoAnswers_isHeldBackAndCut() throws Exception {
        try (RunningService hasty = RunningService.of(limits -> limits.times(30_000, 1000, 30_000));
                StreamClient client = new StreamClient(hasty, "?rate=1000&window=0.5")) {
            byte[] second = new byte[2000];
            boolean isCut = false;
            for (int i = 0; !isCut && i < 100_000; i++) {
                try {
                    client.binary(second);
                } catch (IOException e) {
                    isCut = true;
                }
            }
            assertTrue(isCut);
            while (!hasty.get("/metrics").body().contains("parallax_streams_open 0\n")) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void request_whileAStreamIsComputed_isAnswered() throws Exception {
        try (StreamClient client = new StreamClient(service, "")) {
            client.next("ready");
            byte[] minute = new byte[60 * 32000];
            client.pieces(minute, 1 << 18).text("{\"end\": true}");
            RunningService.json(service.post("/v1/predict", Json.object().with("text", "so glad")));
            List<JsonObject> all = client.rest();
            long answers = all.stream()
                    .filter(each -> each.text("type").equals("answer"))
                    .count();
            long skipped = all.stream().mapToLong(each -> each.whole("skipped")).sum();
            assertEquals(120, answers + skipped);
        }
    }
}
