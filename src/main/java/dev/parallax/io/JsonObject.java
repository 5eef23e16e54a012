package dev.parallax.io;

import dev.parallax.BadInputException;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A JSON object: fields in their order, read by type. A getter on a missing or wrong field throws a
/// [BadInputException] that names the document and the path.
public final class JsonObject implements Json {

    private final Map<String, Json> fields;
    private final JsonPlace place;

    JsonObject(Map<String, Json> fields, JsonPlace place) {
        this.fields = Collections.unmodifiableMap(fields);
        this.place = place;
    }

    /// A copy with one more field, or with a new value for one; for thousands of fields make a map and use
    /// [Json#object(Map)].
    public JsonObject with(String key, Json value) {
        Map<String, Json> extended = new LinkedHashMap<>(fields);
        extended.put(key, value);
        return new JsonObject(extended, place);
    }

    /// [#with(String, Json)] a string.
    public JsonObject with(String key, String value) {
        return with(key, new Json.Text(value));
    }

    /// [#with(String, Json)] the word of a choice.
    public JsonObject with(String key, Choice value) {
        return with(key, value.word());
    }

    /// [#with(String, Json)] a whole number.
    public JsonObject with(String key, long value) {
        return with(key, new Json.Whole(value));
    }

    /// [#with(String, Json)] a number; NaN and infinities will be written as null.
    public JsonObject with(String key, double value) {
        return with(key, new Json.Real(value));
    }

    /// [#with(String, Json)] true or false.
    public JsonObject with(String key, boolean value) {
        return with(key, new Json.Flag(value));
    }

    /// [#with(String, Json)] an array of strings.
    public JsonObject with(String key, List<String> values) {
        return with(key, Json.array(values.stream().map(Json.Text::new).toList()));
    }

    /// [#with(String, Json)] an array of whole numbers.
    public JsonObject with(String key, int[] values) {
        return with(
                key, Json.array(Arrays.stream(values).mapToObj(Json.Whole::new).toList()));
    }

    /// A copy with all fields of another object.
    public JsonObject with(JsonObject others) {
        Map<String, Json> extended = new LinkedHashMap<>(fields);
        extended.putAll(others.fields);
        return new JsonObject(extended, place);
    }

    /// A copy without a field.
    public JsonObject without(String key) {
        Map<String, Json> others = new LinkedHashMap<>(fields);
        others.remove(key);
        return new JsonObject(others, place);
    }

    /// All fields in their order, not modifiable.
    public Map<String, Json> fields() {
        return fields;
    }

    /// Whether the field is there and not null.
    public boolean has(String key) {
        Json value = fields.get(key);
        return value != null && !(value instanceof Json.Null);
    }

    /// The field's value, or null (Java's) when there is no such field.
    public @Nullable Json get(String key) {
        return fields.get(key);
    }

    /// A string.
    public String text(String key) {
        return place.field(key).text(required(key, "a string"));
    }

    /// A whole number.
    public long whole(String key) {
        return place.field(key).whole(required(key, "a whole number"));
    }

    /// A whole number that fits an int.
    public int integer(String key) {
        return place.field(key).integer(required(key, "a whole number"));
    }

    /// A number.
    public double number(String key) {
        return place.field(key).number(required(key, "a number"));
    }

    /// True or false.
    public boolean flag(String key) {
        return place.field(key).flag(required(key, "true or false"));
    }

    /// An object.
    public JsonObject object(String key) {
        return place.field(key).object(required(key, "an object"));
    }

    /// An array.
    public JsonArray array(String key) {
        return place.field(key).array(required(key, "an array"));
    }

    private Json required(String key, String what) {
        Json value = fields.get(key);
        if (value == null) {
            throw missing(key, what);
        }
        return value;
    }

    BadInputException missing(String key, String what) {
        return new BadInputException(place.field(key) + ": is missing, expected " + what);
    }

    /// Refuses other fields, so that a misspelt setting does not silently become a default.
    public void allowOnly(List<String> keys) {
        for (String key : fields.keySet()) {
            if (!keys.contains(key)) {
                throw new BadInputException(
                        place.field(key) + ": unknown field, expected one of " + keys + Nearest.hint(key, keys));
            }
        }
    }

    JsonPlace place(String key) {
        return place.field(key);
    }

    /// Where this object was read (`run.json: training`), for messages about the meaning of its values.
    public String where() {
        return place.toString();
    }

    /// Where one of its fields was read (`run.json: training.seed`).
    public String where(String key) {
        return place.field(key).toString();
    }

    /// Equal fields; neither their order nor where they were read counts.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonObject object && fields.equals(object.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    @Override
    public String toString() {
        return toText();
    }
}
