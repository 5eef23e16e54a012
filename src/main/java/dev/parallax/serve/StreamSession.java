package dev.parallax.serve;

import dev.parallax.BadInputException;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.model.Model;
import dev.parallax.model.Prediction;
import dev.parallax.model.document.LiveJson;
import dev.parallax.model.live.LiveSettings;
import dev.parallax.model.live.LiveStream;
import dev.parallax.serve.websocket.WebSocket;
import io.helidon.http.HttpException;
import io.helidon.http.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The messages of a stream: samples and words come, answers go. `docs/service.md` has the protocol.
final class StreamSession {

    private static final String TEXT = "text";
    private static final String END = "end";
    private static final Duration PATIENCE = Duration.ofMillis(500); // of a window: the next one is due then

    private final ServedModel served;
    private final LiveSettings settings;
    private final Endpoints endpoints;
    private final ServiceLimits limits;
    private final WebSocket socket;
    private final LiveStream stream;
    private final LiveJson json;
    private boolean isFinished;
    private boolean hasBegun; // something to be answered has come

    StreamSession(
            ServedModel served, LiveSettings settings, Endpoints endpoints, ServiceLimits limits, WebSocket socket) {
        this.served = served;
        this.settings = settings;
        this.endpoints = endpoints;
        this.limits = limits;
        this.socket = socket;
        Model model = served.model();
        this.stream = new LiveStream(model, settings, 1, this::answer);
        this.json = new LiveJson(served.json(), model.labels().names());
    }

    /// Says what is spoken here.
    void begin() throws IOException {
        send(Json.object()
                .with("type", "ready")
                .with("model", served.name())
                .with("labels", served.model().labels().names())
                .with("rate", settings.raw().sampleRate())
                .with("window", settings.window())
                .with("step", LiveStream.STEP));
    }

    /// Whether the last answer is out.
    boolean isFinished() {
        return isFinished;
    }

    /// Takes samples; the answers that become due go out before it returns.
    void hear(byte[] bytes) {
        hasBegun = true;
        stream.hear(bytes, answer -> {
            try {
                send(json.of(answer, false));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /// Takes `{"text": ...}` or `{"end": true}`.
    void read(String message) throws IOException {
        JsonObject object = parse(message);
        boolean ends = object.has(END);
        if (object.has(TEXT)) {
            say(object.text(TEXT));
        }
        if (ends) {
            finish();
        }
    }

    private JsonObject parse(String message) {
        try {
            JsonObject object = Json.parseObject(message, "message");
            object.allowOnly(List.of(TEXT, END));
            boolean ends = object.has(END);
            if (ends && !object.flag(END)) {
                throw new BadInputException("message: end is true, or is left out");
            }
            if (object.has(TEXT)) {
                object.text(TEXT); // refuses another type
            } else if (!ends) {
                throw new BadInputException("message: give text or end");
            }
            return object;
        } catch (BadInputException e) {
            throw new HttpException(String.valueOf(e.getMessage()), Status.BAD_REQUEST_400, e);
        }
    }

    private void say(String words) {
        if (words.length() > limits.textCharacters()) {
            throw new HttpException(
                    "text: has " + words.length() + " characters, this service answers at most "
                            + limits.textCharacters() + "; send those of the window alone",
                    Status.REQUEST_ENTITY_TOO_LARGE_413);
        }
        hasBegun = true;
        stream.say(words);
    }

    private void finish() throws IOException {
        if (!hasBegun) {
            throw new HttpException("the stream ends before anything came; send samples", Status.BAD_REQUEST_400);
        }
        finishWhatCame();
    }

    /// The answer to the end of what has come, where anything has.
    void finishWhatCame() throws IOException {
        isFinished = true;
        if (hasBegun) {
            send(json.of(stream.end(), true));
        }
    }

    /// Sends a problem.
    void tell(Reply problem) throws IOException {
        send(Json.parseObject(problem.text(), "problem").with("type", "error"));
    }

    private @Nullable Prediction answer(LiveStream.Asked asked, boolean isLast) {
        Prediction prediction = endpoints
                .work()
                .computeWithin(isLast ? limits.request() : PATIENCE, asked::predict, Deadline.after(limits.request()));
        if (prediction == null && isLast) {
            throw Deadline.after(limits.request()).missed();
        }
        if (prediction != null) {
            endpoints.metrics().streamAnswered(served.name());
        }
        return prediction;
    }

    private void send(JsonObject message) throws IOException {
        socket.send(message.toText());
    }
}
