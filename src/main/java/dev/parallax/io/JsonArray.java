package dev.parallax.io;

import dev.parallax.BadInputException;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A JSON array, read as a whole by type: a wrong item throws a [dev.parallax.BadInputException] that names it
/// (`run.json: labels[2]: expected a string, found 7`).
public final class JsonArray implements Json {

    private final List<Json> items;
    private final JsonPlace place;

    JsonArray(List<Json> items, JsonPlace place) {
        this.items = items;
        this.place = place;
    }

    /// The items, not modifiable.
    public List<Json> items() {
        return items;
    }

    /// The number of items.
    public int size() {
        return items.size();
    }

    /// All items as strings.
    public List<String> texts() {
        return map(JsonPlace::text);
    }

    /// All items as numbers.
    public double[] numbers() {
        return map(JsonPlace::number).stream().mapToDouble(Double::doubleValue).toArray();
    }

    /// All items as whole numbers of 64 bits.
    public long[] wholes() {
        return map(JsonPlace::whole).stream().mapToLong(Long::longValue).toArray();
    }

    /// All items as whole numbers of 32 bits.
    public int[] integers() {
        return map(JsonPlace::integer).stream().mapToInt(Integer::intValue).toArray();
    }

    /// All items as objects.
    public List<JsonObject> objects() {
        return map(JsonPlace::object);
    }

    /// All items as arrays.
    public List<JsonArray> arrays() {
        return map(JsonPlace::array);
    }

    /// One item as a string.
    public String text(int index) {
        return place.item(index).text(required(index));
    }

    /// One item as a number.
    public double number(int index) {
        return place.item(index).number(required(index));
    }

    /// One item as a whole number of 32 bits.
    public int integer(int index) {
        return place.item(index).integer(required(index));
    }

    private Json required(int index) {
        if (index >= items.size()) {
            throw new BadInputException(
                    place + ": expected at least " + Count.of(index + 1, "item") + ", found " + items.size());
        }
        return items.get(index);
    }

    /// Where this array was read (`run.json: labels`), for messages about the meaning of its items.
    public String where() {
        return place.toString();
    }

    private <T> List<T> map(BiFunction<JsonPlace, Json, T> read) {
        return IntStream.range(0, items.size())
                .mapToObj(i -> read.apply(place.item(i), items.get(i)))
                .toList();
    }

    /// Equal items; where they were read does not count.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonArray array && items.equals(array.items);
    }

    @Override
    public int hashCode() {
        return items.hashCode();
    }

    @Override
    public String toString() {
        return toText();
    }
}
