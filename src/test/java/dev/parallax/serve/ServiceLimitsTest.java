package dev.parallax.serve;

import static dev.parallax.serve.RunningService.FORM;
import static dev.parallax.serve.RunningService.form;
import static dev.parallax.serve.RunningService.json;
import static dev.parallax.serve.RunningService.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.BadInputException;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import io.helidon.http.HttpException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each limit of a service, with what a request beyond it gets.
class ServiceLimitsTest {

    private static final JsonObject WORDS = Json.object().with("text", "so glad you came");

    @TempDir
    static Path folder;

    @Test
    void body_tooLarge_is413() throws Exception {
        try (RunningService service = RunningService.of(limits -> limits.body(1000))) {
            json(service.post("/v1/predict", FORM, form("text", "so glad")));
            try (RawConnection whole = new RawConnection(service)) {
                whole.head("POST /v1/predict", "Content-Type: audio/wav", "Content-Length: 1001");
                String answer = whole.rest();
                assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
                assertTrue(
                        answer.contains(
                                "\"detail\": \"body: is larger than 1000 bytes, the most that this service takes; send"),
                        answer);
            }
            try (RawConnection chunked = new RawConnection(service)) {
                chunked.head("POST /v1/predict", "Content-Type: audio/wav", "Transfer-Encoding: chunked");
                chunked.send("1f4\r\n" + "x".repeat(500) + "\r\n").send("7fffffff\r\n");
                String answer = chunked.rest();
                assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
                assertTrue(
                        answer.contains(
                                "\"detail\": \"body: is larger than 1000 bytes, the most that this service takes; send"),
                        answer);
            }
        }
    }

    @Test
    void audio_tooLong_is413() throws Exception {
        byte[] audio = Files.readAllBytes(RunningService.recording(folder));
        try (RunningService service = RunningService.of(limits -> limits.audio(1.5))) {
            assertEquals(
                    "audio: has 2.0 s, this service answers at most 1.5 s; cut it",
                    problem(413, service.post("/v1/predict", "audio/wav", audio)));
        }
    }

    @Test
    void text_tooLong_is413() throws Exception {
        try (RunningService service = RunningService.of(limits -> limits.text(20))) {
            json(service.post("/v1/predict", WORDS));
            assertEquals(
                    "text: has 21 characters, this service answers at most 20; split it",
                    problem(413, service.post("/v1/predict", Json.object().with("text", "x".repeat(21)))));
            assertEquals(
                    "transcript: has 21 characters, this service answers at most 20; split it",
                    problem(413, service.post("/v1/predict", Json.object().with("transcript", "x".repeat(21)))));
            // in a batch it is the error of its utterance alone
            JsonObject batch = Json.object()
                    .with("utterances", Json.array(List.of(Json.object().with("text", "x".repeat(21)), WORDS)));
            List<JsonObject> answers = json(service.post("/v1/predict/batch", batch))
                    .array("predictions")
                    .objects();
            assertTrue(answers.get(0).has("error") && answers.get(1).has("decision"), answers.toString());
        }
    }

    @Test
    void batch_tooLarge_is413() throws Exception {
        try (RunningService service = RunningService.of(limits -> limits.batch(2))) {
            JsonObject body = Json.object().with("utterances", Json.array(List.of(WORDS, WORDS, WORDS)));
            assertEquals(
                    "body: utterances: has 3, this service answers at most 2 at once; send several batches",
                    problem(413, service.post("/v1/predict/batch", body)));
            assertEquals(
                    "body: utterances: is empty; give at least one",
                    problem(400, service.post("/v1/predict/batch", Json.object().with("utterances", Json.array()))));
            problem(415, service.post("/v1/predict/batch", FORM, form("text", "x")));
        }
    }

    @Test
    void headers_aThousand_are431() throws Exception {
        try (RunningService service = RunningService.plain();
                RawConnection connection = new RawConnection(service)) {
            StringBuilder request = new StringBuilder("GET /healthz HTTP/1.1\r\nHost: localhost\r\n");
            for (int i = 0; i < 1000; i++) {
                request.append("X-").append(i).append(": value\r\n");
            }
            connection.send(request.append("\r\n").toString());
            String answer = connection.rest();
            assertTrue(answer.startsWith("HTTP/1.1 431 "), answer);
            assertTrue(answer.contains("the headers are longer than 8192 bytes;"), answer);
        }
    }

    @Test
    void places_allTaken_is429() throws Exception {
        try (RunningService service = RunningService.of(limits -> limits.queue(1));
                RawConnection first = new RawConnection(service);
                RawConnection second = new RawConnection(service)) {
            String body = WORDS.toText();
            first.begin(body.length());
            second.begin(body.length());
            HttpResponse<String> answer = service.post("/v1/predict", WORDS);
            assertEquals("all 2 places of the service are taken; ask again in a second", problem(429, answer));
            assertEquals("1", answer.headers().firstValue("Retry-After").orElse(""));
            assertEquals(200, service.get("/v1/models").statusCode(), "what computes nothing needs no place");
            assertTrue(service.get("/metrics").body().contains("\nparallax_places_taken 2\n"));
            assertEquals("HTTP/1.1 200 OK", first.send(body).line());
            assertEquals("HTTP/1.1 200 OK", second.send(body).line());
        }
    }

    @Test
    void body_pausesTooLong_is408() throws Exception {
        try (RunningService service = RunningService.of(limits -> limits.times(60_000, 100, 1000));
                RawConnection connection = new RawConnection(service)) {
            connection.begin(1000).send("{\"text\":");
            String answer = connection.rest(); // also tells that the connection is closed
            assertTrue(answer.startsWith("HTTP/1.1 408 "), answer);
            assertTrue(answer.contains("body: came too slowly"), answer);
        }
    }

    /// Bytes that come without a long pause do not hold a place for ever.
    @Test
    void body_notWholeInTime_is408() throws Exception {
        try (RunningService service = RunningService.of(limits -> limits.times(50, 30_000, 1000));
                RawConnection connection = new RawConnection(service)) {
            connection.begin(1000).send("{");
            String answer = connection.rest();
            assertTrue(answer.startsWith("HTTP/1.1 408 "), answer);
        }
    }

    @Test
    void answer_notInTime_is503AndFreesTheThread() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        try (WorkQueue queue = new WorkQueue(1, 0);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> slow = () -> {
                begun.countDown();
                mayEnd.await();
                return 1;
            };
            Future<List<Integer>> first =
                    threads.submit(() -> queue.compute(List.of(slow), Deadline.after(Duration.ofSeconds(60))));
            begun.await();
            HttpException late = assertThrows(
                    HttpException.class, () -> queue.compute(List.of(() -> 2), Deadline.after(Duration.ofMillis(20))));
            assertEquals(503, late.status().code());
            assertTrue(String.valueOf(late.getMessage()).startsWith("there was no answer within 0.02 s"));
            mayEnd.countDown();
            assertEquals(List.of(1), first.get());
            assertEquals(List.of(3), queue.compute(List.of(() -> 3), Deadline.after(Duration.ofSeconds(60))));
        }
    }

    @Test
    void limits_thatMeanNothing_areRefused() {
        assertThrows(BadInputException.class, () -> Limits.standard().body(0));
        assertThrows(BadInputException.class, () -> Limits.standard().audio(Double.NaN));
        assertThrows(BadInputException.class, () -> Limits.standard().text(0));
        assertThrows(BadInputException.class, () -> Limits.standard().queue(-1));
        assertThrows(BadInputException.class, () -> Limits.standard().headers(10));
        assertThrows(BadInputException.class, () -> Limits.standard().times(0, 1, 1));
        assertThrows(BadInputException.class, () -> Limits.standard().times(10, 0, 1));
    }
}
