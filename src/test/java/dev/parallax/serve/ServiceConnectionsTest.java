package dev.parallax.serve;

import static dev.parallax.serve.RunningService.json;
import static dev.parallax.serve.RunningService.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What happens to connections: none waits for ever, and no refusal is lost with one.
class ServiceConnectionsTest {

    private static final JsonObject WORDS = Json.object().with("text", "so glad you came");
    private static final byte[] MEGABYTES = new byte[4 << 20];
    private static final int TIMES = 40;

    /// A request is refused before its body is read, and its client, which writes all of it, reads the refusal.
    @Test
    void refusal_beforeALargeBody_isNeverLost() throws Exception {
        try (RunningService guarded = RunningService.guarded()) {
            for (int i = 0; i < TIMES; i++) {
                problem(401, guarded.post("/v1/predict", "audio/wav", MEGABYTES));
                problem(401, guarded.send(chunked(guarded, "/v1/predict")));
            }
        }
        try (RunningService full = RunningService.of(limits -> limits.queue(0).body(2 << 20));
                RawConnection holder = new RawConnection(full)) {
            holder.begin(1000);
            for (int i = 0; i < TIMES; i++) {
                problem(429, full.post("/v1/predict", "audio/wav", new byte[2 << 20]));
                problem(429, full.send(chunked(full, "/v1/predict")));
                problem(404, full.send(chunked(full, "/nothing")));
                problem(405, full.send(chunked(full, "/v1/models")));
                problem(413, full.post("/v1/models", "audio/wav", MEGABYTES));
            }
        }
    }

    private static HttpRequest.Builder chunked(RunningService service, String path) {
        return HttpRequest.newBuilder(service.uri(path))
                .header("Content-Type", "audio/wav")
                .POST(HttpRequest.BodyPublishers.ofInputStream(
                        () -> new java.io.ByteArrayInputStream(MEGABYTES, 0, 1 << 20)));
    }

    /// A client that waits to be asked for its body is not asked for one that is refused.
    @Test
    void refusal_ofABodyThatWaits_asksForNothing() throws Exception {
        try (RunningService guarded = RunningService.guarded();
                RawConnection connection = new RawConnection(guarded)) {
            connection.head("POST /v1/predict", "Content-Length: 1000", "Expect: 100-continue");
            String answer = connection.rest();
            assertTrue(answer.startsWith("HTTP/1.1 401 "), answer);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GET /healthz HTTP/1.1\r\nHost: localhost\r\n", "GET /heal"})
    void connection_withoutAWholeHead_isClosed(String start) throws Exception {
        try (RunningService service = RunningService.of(limits -> limits.idle(100));
                RawConnection connection = new RawConnection(service)) {
            connection.send(start);
            assertNull(connection.line());
            assertEquals(List.of("connection closed: no whole head of a request within 0.1 s"), service.lines());
            String metrics = service.get("/metrics").body();
            assertTrue(metrics.contains("parallax_connections_timed_out_total{waiting=\"head\"} 1\n"), metrics);
            assertFalse(metrics.contains("status=\"500\""), metrics);
        }
    }

    /// A header a moment keeps no connection open.
    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void connection_whoseHeadersNeverEnd_isClosed() throws Exception {
        try (RunningService service =
                        RunningService.of(limits -> limits.idle(100).headers(1 << 20));
                RawConnection connection = new RawConnection(service)) {
            connection.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n");
            assertThrows(IOException.class, () -> {
                while (true) {
                    connection.send("X: x\r\n");
                    Thread.sleep(5);
                }
            });
        }
    }

    @Test
    void connection_afterItsAnswer_isClosedWhenNoOtherRequestComes() throws Exception {
        try (RunningService service = RunningService.of(limits -> limits.idle(100));
                RawConnection connection = new RawConnection(service)) {
            String answer = connection.head("GET /healthz").rest();
            assertTrue(answer.startsWith("HTTP/1.1 200 ") && answer.endsWith("ok\n"), answer);
            String metrics = service.get("/metrics").body();
            assertTrue(metrics.contains("parallax_connections_timed_out_total{waiting=\"idle\"} 1\n"), metrics);
        }
    }

    /// A second head that is never whole is one, whatever was answered before.
    @Test
    void connection_whoseSecondHeadNeverEnds_isSaidToBeClosed() throws Exception {
        try (RunningService service = RunningService.of(limits -> limits.idle(100));
                RawConnection connection = new RawConnection(service)) {
            connection.head("GET /healthz").send("GET /secret HTTP/1.1\r\nHost: localhost\r\n");
            assertTrue(connection.rest().endsWith("ok\n"));
            assertEquals(
                    "connection closed: no whole head of a request within 0.1 s",
                    service.lines().getLast());
        }
    }

    /// The time for a head is not that for a body or an answer.
    @Test
    void connection_whoseRequestIsUnderWay_isNotClosed() throws Exception {
        try (RunningService service = RunningService.of(limits -> limits.idle(50));
                RawConnection slow = new RawConnection(service);
                RawConnection idle = new RawConnection(service)) {
            String body = WORDS.toText();
            slow.begin(body.length());
            for (int i = 0; i < 3; i++) { // as long as three others need to be closed
                try (RawConnection other = new RawConnection(service)) {
                    assertNull(other.line());
                }
            }
            assertNull(idle.line());
            assertEquals("HTTP/1.1 200 OK", slow.send(body).line());
        }
    }

    /// A byte a moment holds no place longer than a request may take.
    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void connection_whoseBodyTrickles_isClosedWhenTheRequestIsOver() throws Exception {
        try (RunningService service =
                        RunningService.of(limits -> limits.queue(0).times(300, 30_000, 1000));
                RawConnection slow = new RawConnection(service)) {
            slow.begin(100_000);
            assertEquals("HTTP/1.1 408 Request Timeout", slow.trickleUntilAnswered());
            json(service.post("/v1/predict", WORDS));
        }
    }

    /// A client that asks and asks and reads no answer.
    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void connection_whoseAnswersAreNotTaken_isClosed() throws Exception {
        try (RunningService service = RunningService.of(limits -> limits.times(200, 200, 1000))) {
            try (RawConnection deaf = new RawConnection(service)) {
                assertThrows(IOException.class, () -> {
                    while (true) {
                        deaf.head("GET /openapi.json");
                    }
                });
            }
            String closed = "connection closed: its client did not take the answer within 0.2 s";
            assertTrue(service.lines().contains(closed), "it is logged");
            json(service.post("/v1/predict", WORDS));
        }
    }

    /// One connection more than are allowed waits, and is answered when another ends.
    @Test
    void connections_allTaken_nextIsAnsweredWhenOneEnds() throws Exception {
        try (RunningService service = RunningService.of(limits -> limits.connections(1));
                RawConnection first = new RawConnection(service)) {
            assertEquals("HTTP/1.1 200 OK", first.head("GET /healthz").line());
            try (RawConnection second = new RawConnection(service)) {
                second.head("GET /healthz", "Connection: close").patience(200);
                assertThrows(SocketTimeoutException.class, second::line);
                first.head("GET /healthz", "Connection: close").rest();
                second.patience(20_000);
                assertEquals("HTTP/1.1 200 OK", second.line());
            }
        }
    }
}
