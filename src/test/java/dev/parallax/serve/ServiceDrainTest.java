package dev.parallax.serve;

import static dev.parallax.serve.RunningService.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// A service that stops answers what it has accepted, and nothing else.
class ServiceDrainTest {

    private static final JsonObject WORDS = Json.object().with("text", "so glad you came");

    @Test
    void close_requestUnderWay_isAnsweredAndLaterOnesGet503() throws Exception {
        try (RunningService service = RunningService.plain();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                RawConnection accepted = new RawConnection(service)) {
            String body = WORDS.toText();
            accepted.begin(body.length());
            Future<?> closing = threads.submit(() -> service.service().close());
            while (service.get("/readyz").statusCode() != 503) {
                Thread.onSpinWait();
            }
            assertEquals(200, service.get("/healthz").statusCode());
            assertEquals(
                    "the service is about to stop and takes no new requests; ask another",
                    problem(503, service.post("/v1/predict", WORDS)));
            problem(503, service.get("/v1/models"));
            assertEquals("HTTP/1.1 200 OK", accepted.send(body).line());
            closing.get();
            assertThrows(IOException.class, () -> service.get("/healthz"));
        }
    }

    @Test
    void close_requestThatNeverEnds_waitsNoLongerThanItsTime() throws Exception {
        try (RunningService service = RunningService.of(limits -> limits.times(30_000, 20_000, 50));
                RawConnection stuck = new RawConnection(service)) {
            stuck.begin(1000);
            service.service().close();
            service.service().awaitClosed();
            assertThrows(IOException.class, () -> service.get("/healthz"));
            assertTrue(stuck.rest().isEmpty(), "the connection is closed");
        }
    }
}
