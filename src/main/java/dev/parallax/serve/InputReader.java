package dev.parallax.serve;

import dev.parallax.BadInputException;
import dev.parallax.io.Json;
import dev.parallax.io.JsonArray;
import dev.parallax.io.JsonObject;
import dev.parallax.io.Nearest;
import io.helidon.http.HttpException;
import io.helidon.http.HttpMediaType;
import io.helidon.http.Status;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The bodies of requests: a form with files, JSON whose recordings are base64, or a recording alone. One that is not
/// what its media type says is answered with 400, one of another type with 415.
final class InputReader {

    private static final List<String> NAMES = List.of(Input.AUDIO, Input.TEXT, Input.TIMES, Input.TRANSCRIPT);
    private static final String UTTERANCES = "utterances";

    private InputReader() {}

    /// One utterance or one talk.
    ///
    /// @return copies it out of the body, which until then must stay as it is
    static Supplier<Input> one(@Nullable HttpMediaType type, Stretch body) {
        String name = name(type);
        return malformed(() -> switch (name) {
            case Reply.JSON -> {
                Input input = of(object(body));
                yield () -> input;
            }
            case "multipart/form-data" -> of(Multipart.parse(body, boundary(type)));
            case String other when other.startsWith("audio/") -> () -> new Input(body.copy(), null, null, null);
            default ->
                throw unsupported("multipart/form-data with parts of the names " + NAMES + ", application/json, or the"
                        + " bytes of a recording as audio/wav");
        });
    }

    /// The utterances of a batch: `{"utterances": [{"audio": ..., "text": ...}, ...]}`.
    ///
    /// @return reads each of them, and throws a [BadInputException] where one is broken; the others are not
    static List<Supplier<Input>> many(@Nullable HttpMediaType type, Stretch body, int most) {
        if (!name(type).equals(Reply.JSON)) {
            throw unsupported(Reply.JSON);
        }
        return malformed(() -> {
            JsonObject object = object(body);
            object.allowOnly(List.of(UTTERANCES));
            JsonArray items = object.array(UTTERANCES);
            if (items.size() == 0) {
                throw new BadInputException("body: utterances: is empty; give at least one");
            }
            if (items.size() > most) {
                throw new HttpException(
                        "body: utterances: has " + items.size() + ", this service answers at most " + most
                                + " at once; send several batches",
                        Status.REQUEST_ENTITY_TOO_LARGE_413);
            }
            return IntStream.range(0, items.size())
                    .<Supplier<Input>>mapToObj(i -> () -> item(items, i))
                    .toList();
        });
    }

    private static Input item(JsonArray items, int index) {
        if (items.items().get(index) instanceof JsonObject item) {
            return of(item);
        }
        throw new BadInputException(items.where() + "[" + index + "]: expected an object with some of " + NAMES);
    }

    private static String name(@Nullable HttpMediaType type) {
        return type == null ? "" : (type.type() + "/" + type.subtype()).toLowerCase(Locale.ROOT);
    }

    private static @Nullable String boundary(@Nullable HttpMediaType type) {
        return type == null ? null : type.parameters().get("boundary");
    }

    private static HttpException unsupported(String wanted) {
        return new HttpException("Content-Type: send " + wanted, Status.UNSUPPORTED_MEDIA_TYPE_415);
    }

    private interface Reading<T> {
        T read();
    }

    private static <T> T malformed(Reading<T> reading) {
        try {
            return reading.read();
        } catch (BadInputException e) {
            throw new HttpException(String.valueOf(e.getMessage()), Status.BAD_REQUEST_400, e);
        }
    }

    private static JsonObject object(Stretch body) {
        return Json.parseObject(body.text("body"), "body");
    }

    private static Input of(JsonObject object) {
        object.allowOnly(NAMES);
        String transcript = text(object, Input.TRANSCRIPT);
        return new Input(
                object.has(Input.AUDIO) ? base64(object.text(Input.AUDIO), object.where(Input.AUDIO)) : null,
                text(object, Input.TEXT),
                text(object, Input.TIMES),
                transcript == null ? null : transcript.getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable String text(JsonObject object, String name) {
        return object.has(name) ? object.text(name) : null;
    }

    private static byte[] base64(String text, String where) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new BadInputException(
                    where + ": is not base64 (RFC 4648, without line breaks); encode the file: base64 -w0 clip.wav", e);
        }
    }

    private static Supplier<Input> of(Map<String, Stretch> parts) {
        for (String name : parts.keySet()) {
            if (!NAMES.contains(name)) {
                throw new BadInputException(
                        "body: there is no part \"" + name + "\", the parts are " + NAMES + Nearest.hint(name, NAMES));
            }
        }
        String text = text(parts, Input.TEXT);
        String times = text(parts, Input.TIMES);
        return () -> new Input(copy(parts, Input.AUDIO), text, times, copy(parts, Input.TRANSCRIPT));
    }

    private static @Nullable String text(Map<String, Stretch> parts, String name) {
        Stretch part = parts.get(name);
        return part == null ? null : part.text(name);
    }

    private static byte @Nullable [] copy(Map<String, Stretch> parts, String name) {
        Stretch part = parts.get(name);
        return part == null ? null : part.copy();
    }
}
