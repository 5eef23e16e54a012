package dev.parallax.io;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A JSON document as an immutable tree. Objects keep the order of their fields, so that writing is deterministic.
///
/// Reading: `Json.parseObject(text, "run.json").object("training").whole("seed")`; the message about a wrong value
/// is one line with its place: `run.json: training.seed: expected a whole number, found "x"`.
/// Writing: `Json.object().with("seed", 1).with("labels", Json.array("anger", "sadness")).toText()`.
public sealed interface Json permits JsonObject, JsonArray, Json.Text, Json.Whole, Json.Real, Json.Flag, Json.Null {

    /// A string.
    record Text(String value) implements Json {}

    /// A number written without fraction and exponent that fits 64 bits.
    record Whole(long value) implements Json {}

    /// Any other number. NaN and infinities, which JSON does not have, are written as `null`.
    record Real(double value) implements Json {}

    /// `true` or `false`.
    record Flag(boolean value) implements Json {}

    /// `null`.
    record Null() implements Json {}

    /// Reads one document.
    ///
    /// @param where what the text is (a file's name), the start of every message
    /// @throws dev.parallax.BadInputException if it is not JSON, repeats a field, is nested deeper than 64 or
    ///     larger than 256 million characters
    static Json parse(String text, String where) {
        return JsonText.parse(text, where);
    }

    /// Reads a file in UTF-8.
    static Json parse(Path file) {
        String where = file.toString();
        return parse(Utf8.decode(SafeFiles.read(file, JsonText.MAX_CHARACTERS), where), where);
    }

    /// Reads one document that is an object, the usual case.
    static JsonObject parseObject(String text, String where) {
        return new JsonPlace(where, "").object(parse(text, where));
    }

    /// Reads a file in UTF-8 that is an object.
    static JsonObject parseObject(Path file) {
        return new JsonPlace(file.toString(), "").object(parse(file));
    }

    /// An object without fields, to be extended by its `with` methods.
    static JsonObject object() {
        return object(Map.of());
    }

    /// An object with these fields, in the map's order.
    static JsonObject object(Map<String, Json> fields) {
        return new JsonObject(new LinkedHashMap<>(fields), JsonPlace.BUILT);
    }

    /// An array of these values.
    static JsonArray array(List<? extends Json> items) {
        return new JsonArray(List.copyOf(items), JsonPlace.BUILT);
    }

    /// An array of strings.
    static JsonArray array(String... items) {
        return array(List.of(items).stream().map(Text::new).toList());
    }

    /// A value as JSON: null, a number, a flag, a string, an enum's constant, a list, a map from strings, a record of
    /// such values (see [RecordJson]), or JSON itself.
    static Json of(@Nullable Object value) {
        return JsonValue.of(value);
    }

    /// One line, without spaces.
    default String toText() {
        return JsonText.write(this, false);
    }

    /// Indented by two spaces, ending with a line break.
    default String toIndentedText() {
        return JsonText.write(this, true);
    }
}
