package dev.parallax.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// `openapi.json` is valid, has the routes that there are, and its schemas have the keys of the answers.
class OpenApiTest {

    private static final JsonObject DOCUMENT = Json.parseObject(Endpoints.openapi(), "openapi.json");

    @Test
    void document_byTheParserOfSwagger_isValid() {
        SwaggerParseResult parsed = new OpenAPIV3Parser().readContents(Endpoints.openapi());
        assertEquals(List.of(), parsed.getMessages());
        assertNotNull(parsed.getOpenAPI());
        assertEquals("OK", answered("/openapi.json"));
    }

    /// The title of the answer: `OK` where the document is served as it is.
    private static String answered(String path) {
        try (RunningService service = RunningService.plain()) {
            return service.get(path).body().equals(Endpoints.openapi()) ? "OK" : "another document";
        } catch (java.io.IOException | InterruptedException e) {
            return e.toString();
        }
    }

    @Test
    void paths_areTheRoutes() {
        TreeSet<String> documented = new TreeSet<>();
        JsonObject paths = DOCUMENT.object("paths");
        for (String path : paths.fields().keySet()) {
            paths.object(path)
                    .fields()
                    .keySet()
                    .forEach(method -> documented.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path));
        }
        TreeSet<String> served = new TreeSet<>();
        try (WorkQueue work = new WorkQueue(1, 0)) {
            new Endpoints(new Models(List.of()), Json::object, new Predictor(1, 1), work, new InFlight(), new Metrics())
                    .routes()
                    .forEach(route -> served.add(route.method() + " " + route.path()));
        }
        assertEquals(documented, served);
    }

    /// The keys of each answer are those that its schema requires.
    @Test
    void schemas_requireTheKeysOfTheAnswers() throws Exception {
        try (RunningService service = RunningService.plain()) {
            JsonObject words = Json.object().with("text", "so glad you came");
            JsonObject prediction = RunningService.json(service.post("/v1/predict", words));
            assertKeys("Prediction", prediction);
            assertKeys("Answer", prediction.object("text"));
            JsonObject talk = RunningService.json(
                    service.post("/v1/predict", Json.object().with("transcript", "Ann: so glad you came")));
            assertKeys("Talk", talk);
            assertKeys("Models", RunningService.json(service.get("/v1/models")));
            assertKeys("Model", RunningService.json(service.get("/v1/models/starter")));
            JsonObject batch = Json.object().with("utterances", Json.array(List.of(words)));
            assertKeys("Predictions", RunningService.json(service.post("/v1/predict/batch", batch)));
            assertKeys("Problem", Json.parseObject(service.get("/nothing").body(), "problem"));
        }
    }

    private static void assertKeys(String schema, JsonObject answer) {
        JsonObject its = DOCUMENT.object("components").object("schemas").object(schema);
        assertEquals(
                new TreeSet<>(its.array("required").texts()),
                new TreeSet<>(answer.fields().keySet()),
                schema);
    }
}
