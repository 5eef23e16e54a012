package dev.parallax.serve;

import dev.parallax.BadInputException;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.Nearest;
import dev.parallax.io.Utf8;
import io.helidon.http.HttpException;
import io.helidon.http.HttpMediaType;
import io.helidon.http.Status;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The bodies of requests: a form with files, JSON whose recordings are base64, or a recording alone. One that is not
/// what its media type says is answered with 400, one of another type with 415.
final class InputReader {

    private static final List<String> NAMES = List.of(Input.AUDIO, Input.TEXT, Input.TIMES, Input.TRANSCRIPT);
    private static final String UTTERANCES = "utterances";

    private InputReader() {}

    /// One utterance or one talk.
    static Input one(@Nullable HttpMediaType type, byte[] body) {
        String name = name(type);
        return malformed(() -> switch (name) {
            case Reply.JSON -> of(object(body));
            case "multipart/form-data" -> of(Multipart.parse(body, boundary(type)));
            case String other when other.startsWith("audio/") -> new Input(body, null, null, null);
            default ->
                throw unsupported("multipart/form-data with parts of the names " + NAMES + ", application/json, or the"
                        + " bytes of a recording as audio/wav");
        });
    }

    /// The utterances of a batch: `{"utterances": [{"audio": ..., "text": ...}, ...]}`.
    static List<Input> many(@Nullable HttpMediaType type, byte[] body, int most) {
        if (!name(type).equals(Reply.JSON)) {
            throw unsupported(Reply.JSON);
        }
        return malformed(() -> {
            JsonObject object = object(body);
            object.allowOnly(List.of(UTTERANCES));
            List<JsonObject> items = object.array(UTTERANCES).objects();
            if (items.isEmpty()) {
                throw new BadInputException("body: utterances: is empty; give at least one");
            }
            if (items.size() > most) {
                throw new HttpException(
                        "body: utterances: has " + items.size() + ", at most " + most + " are answered at once",
                        Status.REQUEST_ENTITY_TOO_LARGE_413);
            }
            List<Input> all = new ArrayList<>();
            items.forEach(item -> all.add(of(item)));
            return all;
        });
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

    private static JsonObject object(byte[] body) {
        return Json.parseObject(Utf8.decode(body, "body"), "body");
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

    private static Input of(Map<String, byte[]> parts) {
        for (String name : parts.keySet()) {
            if (!NAMES.contains(name)) {
                throw new BadInputException(
                        "body: there is no part \"" + name + "\", the parts are " + NAMES + Nearest.hint(name, NAMES));
            }
        }
        return new Input(
                parts.get(Input.AUDIO), text(parts, Input.TEXT), text(parts, Input.TIMES), parts.get(Input.TRANSCRIPT));
    }

    private static @Nullable String text(Map<String, byte[]> parts, String name) {
        byte[] bytes = parts.get(name);
        return bytes == null ? null : Utf8.decode(bytes, name);
    }
}
