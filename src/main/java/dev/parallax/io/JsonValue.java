package dev.parallax.io;

import dev.parallax.BadInputException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Between JSON and the values that components of records have, see [RecordJson].
final class JsonValue {

    private JsonValue() {}

    static Json of(@Nullable Object value) {
        return switch (value) {
            case null -> new Json.Null();
            case Json json -> json;
            case String text -> new Json.Text(text);
            case Boolean flag -> new Json.Flag(flag);
            case Integer whole -> new Json.Whole(whole);
            case Long whole -> new Json.Whole(whole);
            case Double number -> new Json.Real(number);
            case Enum<?> constant -> new Json.Text(Choice.word(constant));
            case Record record -> ofRecord(record);
            case List<?> items -> Json.array(items.stream().map(JsonValue::of).toList());
            case Map<?, ?> map -> {
                Map<String, Json> fields = new TreeMap<>();
                map.forEach((key, item) -> fields.put((String) key, of(item)));
                yield Json.object(fields);
            }
            default -> throw new IllegalArgumentException("no JSON is known for " + value.getClass());
        };
    }

    @SuppressWarnings("unchecked") // a class object matches its own instances
    private static <R extends Record> JsonObject ofRecord(R record) {
        return RecordJson.of((Class<R>) record.getClass()).write(record);
    }

    /// The value of a type.
    ///
    /// @throws BadInputException when it is of another kind
    static Object read(Json value, Type type, JsonPlace place) {
        if (type instanceof ParameterizedType generic) {
            Class<?> raw = (Class<?>) generic.getRawType();
            Type[] arguments = generic.getActualTypeArguments();
            if (raw.isRecord()) {
                return RecordJson.of(raw.asSubclass(Record.class), arguments).read(place.object(value));
            }
            Type item = arguments[arguments.length - 1];
            return raw == List.class ? list(value, item, place) : map(value, item, place);
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isRecord()) {
            return RecordJson.of(plain.asSubclass(Record.class)).read(place.object(value));
        }
        if (plain.isEnum()) {
            return constant(place.text(value), plain, place);
        }
        return switch (plain.getName()) {
            case "int", "java.lang.Integer" -> place.integer(value);
            case "long", "java.lang.Long" -> place.whole(value);
            case "double", "java.lang.Double" -> place.number(value);
            case "boolean", "java.lang.Boolean" -> place.flag(value);
            case "java.lang.String" -> place.text(value);
            default -> {
                if (plain == JsonObject.class) {
                    yield place.object(value);
                }
                throw new IllegalArgumentException("no JSON is known for " + plain);
            }
        };
    }

    private static List<Object> list(Json value, Type item, JsonPlace place) {
        List<Json> items = place.array(value).items();
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            values.add(read(items.get(i), item, place.item(i)));
        }
        return values;
    }

    private static Map<String, Object> map(Json value, Type item, JsonPlace place) {
        Map<String, Object> values = new LinkedHashMap<>();
        place.object(value).fields().forEach((key, field) -> values.put(key, read(field, item, place.field(key))));
        return values;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // the type is known only at run time
    private static Object constant(String word, Class<?> type, JsonPlace place) {
        return Choice.of(word, (Class) type, place + ":");
    }

    /// What a value of a type is called, for messages.
    @SuppressWarnings("unchecked") // an enum's class
    static String kind(Class<?> type) {
        if (type.isEnum()) {
            return "one of " + Choice.words((Class<? extends Enum<?>>) type);
        }
        return switch (type.getName()) {
            case "int", "long" -> "a whole number";
            case "double" -> "a number";
            case "boolean" -> "true or false";
            case "java.lang.String" -> "a string";
            case "java.util.List" -> "an array";
            default -> "an object";
        };
    }
}
