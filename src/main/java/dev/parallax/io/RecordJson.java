package dev.parallax.io;

import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Converts records of a type to JSON and back: an object with a field for each component, of its name, in their
/// order. Exceptions are declared once, where the converter is made:
///
///     static final RecordJson<TrainingConfig> JSON = RecordJson.of(TrainingConfig.class)
///             .leftOut("augmentation", AugmentationSettings.NONE);
///     JSON.write(config).toText();
///     JSON.read(Json.parseObject(text, "run.json"));
///     RecordJson.with(config, "seed", 3);
///
/// A component is a number, a flag, a string, a constant of an enum, a record (also a generic one), a list, a map
/// from strings, or JSON itself. [Choice] gives the words of enums; maps are written in the order of their keys.
///
/// Fields that are unknown, missing or of another kind are refused with a [dev.parallax.BadInputException] that
/// names the document, the path and the nearest name:
///
///     run.json: learningrate: unknown field, expected one of [seed, ...]; did you mean "learningRate"?
///
/// The record's constructor checks the values.
public final class RecordJson<R extends Record> {

    /// How a component with a form of its own is written and read.
    private record Form(Function<Object, Json> write, BiFunction<JsonObject, String, ?> read) {}

    private final Class<R> type;
    private final Type[] arguments; // of a generic record, the types of its type parameters
    private final RecordShape shape;
    private final Map<String, String> keys = new HashMap<>();
    private final Map<String, @Nullable Object> standards = new HashMap<>();
    private final Map<String, Form> forms = new HashMap<>();
    private final Set<String> leftOut = new HashSet<>();
    private final Set<String> nullable = new HashSet<>();
    private UnaryOperator<JsonObject> ofFormerVersions = UnaryOperator.identity();

    private RecordJson(Class<R> type, Type... arguments) {
        this.type = type;
        this.arguments = arguments;
        this.shape = RecordShape.of(type);
    }

    /// All components as they are; the methods that follow make exceptions.
    public static <R extends Record> RecordJson<R> of(Class<R> type) {
        return new RecordJson<>(type);
    }

    /// The same of a generic record, such as `Perspectives<Double>`.
    static <R extends Record> RecordJson<R> of(Class<R> type, Type... arguments) {
        return new RecordJson<>(type, arguments);
    }

    /// A component that documents of former versions lack, and the value that it has for them.
    public RecordJson<R> since(String component, @Nullable Object formerly) {
        standards.put(known(component), formerly);
        return this;
    }

    /// A component that is not written where it has this value.
    public RecordJson<R> leftOut(String component, Object standard) {
        leftOut.add(component);
        return since(component, standard);
    }

    /// Numbers that may be NaN, which JSON does not have: written as null; null and a missing field are read as NaN.
    public RecordJson<R> withNaN() {
        for (int i = 0; i < shape.names().size(); i++) {
            if (shape.component(i).getType() == double.class) {
                since(shape.names().get(i), Double.NaN);
            }
        }
        return this;
    }

    /// Components that may be null, as in JSON.
    public RecordJson<R> nullable(String... components) {
        for (String component : components) {
            nullable.add(known(component));
        }
        return this;
    }

    /// A component whose field has another name.
    public RecordJson<R> named(String component, String key) {
        keys.put(known(component), key);
        return this;
    }

    /// A component that is written in a form of its own.
    ///
    /// @param read takes the object and the name of its field, which is there
    @SuppressWarnings("unchecked") // a component of another type fails at the first record that is written
    public <T> RecordJson<R> as(
            String component, Function<T, ? extends Json> write, BiFunction<JsonObject, String, T> read) {
        forms.put(known(component), new Form(value -> write.apply((T) value), read));
        return this;
    }

    /// A component with a reader and a writer of its own.
    public <T> RecordJson<R> as(String component, Function<T, JsonObject> write, Function<JsonObject, T> read) {
        return as(component, write, (json, key) -> read.apply(json.object(key)));
    }

    /// Converts a document of a former version to the present form; called with every document.
    public RecordJson<R> formerly(UnaryOperator<JsonObject> change) {
        ofFormerVersions = change;
        return this;
    }

    private String known(String component) {
        shape.index(component);
        return component;
    }

    private String key(String component) {
        return keys.getOrDefault(component, component);
    }

    /// A record as JSON.
    public JsonObject write(R record) {
        Map<String, Json> fields = new LinkedHashMap<>();
        for (String name : shape.names()) {
            Object value = shape.value(record, shape.index(name));
            Form form = forms.get(name);
            if (!leftOut.contains(name) || !Objects.equals(value, standards.get(name))) {
                fields.put(key(name), form == null || value == null ? JsonValue.of(value) : form.write.apply(value));
            }
        }
        return Json.object(fields);
    }

    /// The record in a document.
    public R read(JsonObject document) {
        JsonObject json = ofFormerVersions.apply(document);
        json.allowOnly(shape.names().stream().map(this::key).toList());
        @Nullable Object[] values = new Object[shape.names().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(json, i);
        }
        return type.cast(shape.make(values));
    }

    private @Nullable Object value(JsonObject json, int i) {
        String name = shape.names().get(i);
        String key = key(name);
        if (standards.containsKey(name) && !json.has(key)) {
            return standards.get(name);
        }
        if (nullable.contains(name) && json.get(key) instanceof Json.Null) {
            return null;
        }
        Json value = json.get(key);
        if (value == null) {
            throw json.missing(key, JsonValue.kind(shape.component(i).getType()));
        }
        Form form = forms.get(name);
        return form == null ? JsonValue.read(value, declared(i), json.place(key)) : form.read.apply(json, key);
    }

    /// The type of a component; of one that is a type parameter, what that stands for.
    private Type declared(int i) {
        Type declared = shape.component(i).getGenericType();
        int parameter = List.of(type.getTypeParameters()).indexOf(declared);
        return parameter < 0 ? declared : arguments[parameter];
    }

    /// A record with another value for one of its components.
    ///
    /// @param value an `int` also where the component is a `long` or a `double`
    @SuppressWarnings("unchecked") // a shape makes records of its type
    public static <R extends Record> R with(R record, String component, @Nullable Object value) {
        RecordShape shape = RecordShape.of(record.getClass());
        int i = shape.index(component);
        Class<?> kind = shape.component(i).getType();
        @Nullable Object[] values = shape.values(record);
        values[i] = switch (value) {
            case Integer number when kind == long.class -> number.longValue();
            case Integer number when kind == double.class -> number.doubleValue();
            case null, default -> value;
        };
        return (R) shape.make(values);
    }
}
