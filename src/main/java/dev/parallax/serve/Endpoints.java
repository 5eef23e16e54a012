package dev.parallax.serve;

import dev.parallax.BackendException;
import dev.parallax.BadInputException;
import dev.parallax.ShapeException;
import dev.parallax.audio.Channel;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.Nearest;
import dev.parallax.model.Version;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpException;
import io.helidon.http.Status;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What each route answers. `openapi.json`, which lies beside this class, documents them.
///
/// @param models the first is asked where a request names none
/// @param reload reads models and certificate again
record Endpoints(
        Models models,
        Supplier<JsonObject> reload,
        Predictor predictor,
        WorkQueue work,
        InFlight inFlight,
        Metrics metrics) {

    private static final String OPENAPI = "openapi.json";
    private static final PageFiles PAGE = new PageFiles();
    private static final String MODEL = "model";
    private static final String CHANNEL = "channel";
    private static final String EXPLAIN = "explain";
    private static final List<String> QUERY = List.of(MODEL, CHANNEL);
    private static final List<String> EXPLAINED_QUERY = List.of(MODEL, CHANNEL, EXPLAIN);

    /// All routes.
    List<Route> routes() {
        return List.of(
                new Route("POST", "/v1/predict", Route.Access.PLACE, this::predict),
                new Route("POST", "/v1/predict/batch", Route.Access.PLACE, this::batch),
                new Route("GET", StreamUpgrade.PATH, Route.Access.TOKEN, this::stream),
                new Route("GET", "/v1/models", Route.Access.TOKEN, this::list),
                new Route("GET", "/v1/models/{name}", Route.Access.TOKEN, this::describe),
                new Route("POST", "/v1/admin/reload", Route.Access.ADMIN, this::reload),
                new Route("GET", "/healthz", Route.Access.OPEN, this::health),
                new Route("GET", "/readyz", Route.Access.OPEN, this::ready),
                new Route("GET", "/metrics", Route.Access.TOKEN, this::metrics),
                new Route("GET", "/openapi.json", Route.Access.TOKEN, this::openapi),
                new Route("GET", "/", Route.Access.OPEN, call -> page(call, PageFiles.INDEX)),
                new Route("GET", "/page/{name}", Route.Access.OPEN, call -> page(call, call.name())));
    }

    private Reply predict(Call call) {
        Stretch body = call.body(); // first: an answer before it is read may be lost with the connection
        call.allowOnly(EXPLAINED_QUERY);
        ServedModel model = model(call.query(MODEL));
        Channel channel = channel(call);
        boolean isExplained = flag(call, EXPLAIN);
        Supplier<Input> input = InputReader.one(call.type(), body);
        Callable<JsonObject> task = () -> predictor.answer(model, input.get(), channel, isExplained, call.deadline());
        JsonObject answer = work.compute(List.of(task), call.deadline()).getFirst();
        call.rooms().giveBack(body.array());
        metrics.predicted(model.name(), 1);
        return Reply.of(answer);
    }

    /// `{"predictions": [...]}` in the order of the utterances; one that cannot be answered has `error` in its place.
    private Reply batch(Call call) {
        call.allowOnly(QUERY);
        ServedModel model = model(call.query(MODEL));
        Channel channel = channel(call);
        Stretch body = call.body();
        List<Supplier<Input>> inputs =
                InputReader.many(call.type(), body, call.limits().batchSize());
        call.rooms().giveBack(body.array()); // it has been parsed
        List<Callable<JsonObject>> tasks = inputs.stream()
                .<Callable<JsonObject>>map(input -> () -> answerOrError(model, input, channel, call.deadline()))
                .toList();
        List<JsonObject> answers = work.compute(tasks, call.deadline());
        metrics.predicted(model.name(), answers.size());
        return Reply.of(Json.object().with("predictions", Json.array(answers)));
    }

    private JsonObject answerOrError(ServedModel model, Supplier<Input> input, Channel channel, Deadline deadline) {
        deadline.check();
        try {
            return predictor.answer(model, input.get(), channel, deadline);
        } catch (BadInputException | ShapeException | BackendException e) {
            return Json.object().with("error", PartNames.in(String.valueOf(e.getMessage())));
        } catch (HttpException e) {
            deadline.check(); // its own refusal is that of the whole
            return Json.object().with("error", String.valueOf(e.getMessage()));
        }
    }

    /// The model of a name; the first where there is none.
    ServedModel model(@Nullable String name) {
        if (name == null) {
            return models.all().values().iterator().next();
        }
        ServedModel model = models.all().get(name);
        if (model == null) {
            throw new HttpException(
                    "there is no model \"" + name + "\""
                            + Nearest.hint(name, models.all().keySet()) + "; GET /v1/models lists what there is",
                    Status.NOT_FOUND_404);
        }
        return model;
    }

    private static Channel channel(Call call) {
        String word = call.query(CHANNEL);
        try {
            return word == null ? Channel.MEAN : Channel.parse(word, CHANNEL);
        } catch (BadInputException e) {
            throw new HttpException(String.valueOf(e.getMessage()), Status.BAD_REQUEST_400, e);
        }
    }

    /// Whether a parameter of the query is `true`.
    private static boolean flag(Call call, String parameter) {
        return switch (call.query(parameter)) {
            case "true" -> true;
            case "false" -> false;
            case null -> false;
            case String other ->
                throw new HttpException(
                        "query: " + parameter + " is \"" + other + "\"; write true or false", Status.BAD_REQUEST_400);
        };
    }

    /// What a request gets that does not ask for a WebSocket; [StreamUpgrade] has those that do.
    private Reply stream(Call call) {
        throw new HttpException(
                        "this is a WebSocket: send Connection: Upgrade, Upgrade: websocket and a key",
                        Status.UPGRADE_REQUIRED_426)
                .header(HeaderValues.create(HeaderNames.UPGRADE, "websocket"));
    }

    private Reply list(Call call) {
        call.allowOnly(List.of());
        return Reply.of(Json.object()
                .with("version", Version.current())
                .with(
                        "models",
                        Json.array(models.all().values().stream()
                                .map(ServedModel::summary)
                                .toList())));
    }

    private Reply describe(Call call) {
        call.allowOnly(List.of());
        return Reply.of(model(call.name()).description());
    }

    /// `{"models": [{"name", "modelHash", "outcome", "error"}], "certificate": {"outcome", "error"}}`; the second where
    /// TLS is spoken.
    private Reply reload(Call call) {
        call.allowOnly(List.of());
        return Reply.of(reload.get());
    }

    /// The process runs.
    private Reply health(Call call) {
        return Reply.plain(200, "ok");
    }

    /// It takes requests.
    private Reply ready(Call call) {
        return inFlight.isDraining() ? Reply.plain(503, "draining") : Reply.plain(200, "ready");
    }

    private Reply metrics(Call call) {
        return new Reply(200, Metrics.TYPE, metrics.text(Version.current(), work.taken()), Map.of());
    }

    private static Reply page(Call call, String name) {
        call.allowOnly(List.of());
        String known = call.request().headers().first(HeaderNames.IF_NONE_MATCH).orElse(null);
        return PAGE.reply(name, known);
    }

    private Reply openapi(Call call) {
        return new Reply(200, Reply.JSON, openapi(), Map.of());
    }

    /// The description of the service (OpenAPI 3.0).
    static String openapi() {
        try (InputStream in = Endpoints.class.getResourceAsStream(OPENAPI)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks dev/parallax/serve/" + OPENAPI + "; build it again");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
