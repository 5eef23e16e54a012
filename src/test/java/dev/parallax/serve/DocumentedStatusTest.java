package dev.parallax.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.parallax.io.Json;
import dev.parallax.io.JsonArray;
import dev.parallax.io.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/// Each status that `openapi.json` documents for a path and a method is the answer of a running service to some
/// request, and has the schema that the document names.
class DocumentedStatusTest {

    private static final JsonObject DOCUMENT = Json.parseObject(Endpoints.openapi(), "openapi.json");
    private static final String PREDICT = "/v1/predict";
    private static final String BATCH = "/v1/predict/batch";
    private static final String RELOAD = "/v1/admin/reload";
    private static final String STREAM = "/v1/stream";
    private static final String WORDS = "{\"text\": \"so glad\"}";
    private static final Map<String, String> BODIES =
            Map.of(PREDICT, WORDS, BATCH, "{\"utterances\": [" + WORDS + "]}", RELOAD, "");

    /// One documented answer.
    private record Documented(String method, String path, String status, JsonObject response) {

        /// The path as it is asked for.
        String asked() {
            return path.replace("{name}", path.startsWith("/page/") ? "page.css" : "starter");
        }

        @Override
        public String toString() {
            return method + " " + path + " " + status;
        }
    }

    private static List<Documented> documented() {
        List<Documented> all = new ArrayList<>();
        JsonObject paths = DOCUMENT.object("paths");
        for (String path : paths.fields().keySet()) {
            for (String method : paths.object(path).fields().keySet()) {
                JsonObject responses = paths.object(path).object(method).object("responses");
                for (String status : responses.fields().keySet()) {
                    all.add(new Documented(method.toUpperCase(Locale.ROOT), path, status, responses.object(status)));
                }
            }
        }
        return all;
    }

    @Test
    void statuses_thatAreDocumented_areAnswered() throws Exception {
        Set<String> documented = new TreeSet<>();
        Set<String> answered = new TreeSet<>();
        try (RunningService plain = RunningService.of(limits -> limits.text(1000));
                RunningService small =
                        RunningService.of(limits -> limits.queue(0).body(200));
                RunningService impatient = RunningService.of(limits -> limits.times(60_000, 50, 1000));
                RunningService guarded = RunningService.guarded();
                RunningService draining = RunningService.plain();
                RawConnection holder = new RawConnection(small);
                RawConnection last = new RawConnection(draining);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            last.begin(WORDS.length());
            var _ = threads.submit(() -> draining.service().close());
            while (draining.get("/readyz").statusCode() != 503) {
                Thread.onSpinWait();
            }
            for (Documented each : documented()) {
                if (each.status().equals("default") || each.status().equals("429")) {
                    continue; // the second is asked for below, when the place is taken
                }
                documented.add(each.toString());
                if (each.path().equals(STREAM) && !each.status().equals("426")) {
                    answered.add(upgrade(plain, guarded, draining, each));
                    continue;
                }
                HttpResponse<String> answer = switch (each.status()) {
                    case "200" -> ask(plain, each, each.asked(), body(each), null);
                    case "400" -> ask(plain, each, each.asked() + "?surprise=1", body(each), null);
                    case "401" -> ask(guarded, each, each.asked(), body(each), null);
                    case "403" -> ask(plain, each, each.asked(), body(each), "https://a.example");
                    case "404" -> ask(plain, each, missing(each), body(each), null);
                    case "413" -> ask(small, each, each.asked(), " ".repeat(300), null);
                    case "415" -> ask(plain, each, each.asked(), null, null);
                    case "422" -> ask(plain, each, each.asked(), "{}", null);
                    case "304" -> unchanged(plain, each);
                    case "426" -> ask(plain, each, each.asked(), body(each), null);
                    case "503" -> ask(draining, each, each.asked(), body(each), null);
                    case "408" -> null;
                    default -> fail("no request for " + each);
                };
                if (answer == null) {
                    try (RawConnection slow = new RawConnection(impatient)) {
                        slow.head("POST " + each.asked(), "Content-Type: application/json", "Content-Length: 9");
                        assertEquals("HTTP/1.1 408 Request Timeout", slow.line());
                    }
                    answered.add(each.toString());
                } else {
                    answered.add(each.method() + " " + each.path() + " " + answer.statusCode());
                    assertBody(each, answer);
                }
            }
            holder.begin(100);
            for (Documented each : documented()) {
                if (each.status().equals("429") && each.path().equals(STREAM)) {
                    documented.add(each.toString());
                    answered.add(oneStreamTooMany(each));
                } else if (each.status().equals("429")) {
                    documented.add(each.toString());
                    HttpResponse<String> answer = ask(small, each, each.asked(), body(each), null);
                    answered.add(each.method() + " " + each.path() + " " + answer.statusCode());
                    assertBody(each, answer);
                }
            }
            last.send(WORDS).line();
        }
        assertEquals(documented, answered);
        assertTrue(documented.size() > 30, documented.toString());
    }

    /// A stream is asked for by a handshake, of which a client of HTTP knows nothing.
    private static String upgrade(
            RunningService plain, RunningService guarded, RunningService draining, Documented each) throws IOException {
        try (StreamClient client = switch (each.status()) {
            case "101" -> new StreamClient(plain, "");
            case "400" -> new StreamClient(plain, "?surprise=1");
            case "401" -> new StreamClient(guarded, "");
            case "403" -> new StreamClient(plain, "", "Origin: https://a.example");
            case "404" -> new StreamClient(plain, "?model=nobody");
            case "503" -> new StreamClient(draining, "");
            default -> fail("no request for " + each);
        }) {
            return upgraded(client, each);
        }
    }

    private static String oneStreamTooMany(Documented each) throws IOException {
        try (RunningService narrow =
                        RunningService.streaming(new StreamLimits(1, StreamLimits.DEFAULT.messageBytes()), l -> l);
                StreamClient one = new StreamClient(narrow, "");
                StreamClient other = new StreamClient(narrow, "")) {
            assertEquals(101, one.status());
            return upgraded(other, each);
        }
    }

    private static String upgraded(StreamClient client, Documented each) throws IOException {
        if (client.status() != 101) {
            assertTrue(each.response().object("content").has("application/problem+json"), each.toString());
            assertFalse(client.problem().isEmpty(), each.toString());
        }
        return each.method() + " " + each.path() + " " + client.status();
    }

    /// Asks for what has been asked for already.
    private static HttpResponse<String> unchanged(RunningService service, Documented each)
            throws IOException, InterruptedException {
        URI uri = service.uri(each.asked());
        String tag = service.send(HttpRequest.newBuilder(uri))
                .headers()
                .firstValue("ETag")
                .orElseThrow();
        return service.send(HttpRequest.newBuilder(uri).header("If-None-Match", tag));
    }

    private static String missing(Documented each) {
        return each.path().contains("{name}") ? "/v1/models/nobody" : each.path() + "?model=nobody";
    }

    private static String body(Documented each) {
        return BODIES.getOrDefault(each.path(), "");
    }

    /// @param body null for one of a type that is not read
    private static HttpResponse<String> ask(
            RunningService service,
            Documented each,
            String path,
            @org.jspecify.annotations.Nullable String body,
            @org.jspecify.annotations.Nullable String origin)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(service.uri(path))
                .header("Content-Type", body == null ? "text/plain" : "application/json")
                .method(
                        each.method(),
                        each.method().equals("GET")
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body == null ? "x" : body));
        return service.send(origin == null ? request : request.header("Origin", origin));
    }

    /// The media type and the schema of an answer are the documented ones, and so are its headers.
    private static void assertBody(Documented each, HttpResponse<String> answer) {
        if (!each.response().has("content")) {
            assertEquals("", answer.body(), each.toString());
            return;
        }
        String type = answer.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
        JsonObject content = each.response().object("content");
        assertTrue(content.has(type), each + ": " + type + "\n" + answer.body());
        if (each.response().has("headers")) {
            for (String header : each.response().object("headers").fields().keySet()) {
                assertTrue(answer.headers().firstValue(header).isPresent(), each + " has no " + header);
            }
        }
        if (type.endsWith("json")) {
            Json document = Json.parseObject(answer.body(), each.toString());
            assertFits(document, content.object(type).object("schema"), each.toString());
        } else {
            assertTrue(answer.body().getBytes(StandardCharsets.UTF_8).length > 0, each.toString());
        }
    }

    /// Types, required keys and the choices of words; of several schemas one fits.
    private static void assertFits(Json value, JsonObject schema, String where) {
        if (schema.has("$ref")) {
            String name = schema.text("$ref").replaceFirst(".*/", "");
            assertFits(value, DOCUMENT.object("components").object("schemas").object(name), where);
        } else if (schema.has("oneOf")) {
            List<AssertionError> wrong = new ArrayList<>();
            List<JsonObject> all = schema.array("oneOf").objects();
            for (JsonObject one : all) {
                try {
                    assertFits(value, one, where);
                } catch (AssertionError e) {
                    wrong.add(e);
                }
            }
            assertTrue(wrong.size() < all.size(), wrong.toString());
        } else if (value instanceof Json.Null) {
            assertTrue(schema.has("nullable") && schema.flag("nullable"), where + " is null");
        } else if (schema.has("allOf")) {
            schema.array("allOf").objects().forEach(one -> assertFits(value, one, where));
        } else {
            assertType(value, schema, where);
        }
    }

    private static void assertType(Json value, JsonObject schema, String where) {
        switch (schema.text("type")) {
            case "object" -> {
                JsonObject object = assertInstanceOf(JsonObject.class, value, where);
                if (schema.has("required")) {
                    for (String key : schema.array("required").texts()) {
                        assertTrue(object.fields().containsKey(key), where + " has no " + key);
                    }
                }
                if (schema.has("properties")) {
                    JsonObject properties = schema.object("properties");
                    object.fields().forEach((key, each) -> {
                        if (properties.has(key)) {
                            assertFits(each, properties.object(key), where + "." + key);
                        }
                    });
                }
            }
            case "array" -> {
                int i = 0;
                for (Json item : assertInstanceOf(JsonArray.class, value, where).items()) {
                    assertFits(item, schema.object("items"), where + "[" + i++ + "]");
                }
            }
            case "string" -> {
                String word = assertInstanceOf(Json.Text.class, value, where).value();
                assertTrue(!schema.has("enum") || schema.array("enum").texts().contains(word), where + ": " + word);
            }
            case "boolean" -> assertInstanceOf(Json.Flag.class, value, where);
            case "integer" -> assertInstanceOf(Json.Whole.class, value, where);
            case "number" -> assertTrue(value instanceof Json.Whole || value instanceof Json.Real, where);
            default -> fail(where + ": " + schema.text("type"));
        }
    }
}
