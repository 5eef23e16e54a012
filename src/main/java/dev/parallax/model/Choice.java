package dev.parallax.model;

import dev.parallax.BadInputException;
import dev.parallax.io.JsonObject;
import java.util.Arrays;

/// Reads one of a fixed set of names from JSON.
final class Choice {

    private Choice() {}

    static <E extends Enum<E>> E of(Class<E> type, JsonObject json, String key) {
        String name = json.text(key);
        for (E choice : type.getEnumConstants()) {
            if (choice.name().equalsIgnoreCase(name)) {
                return choice;
            }
        }
        throw new BadInputException(json.where() + ": " + key + " is \"" + name + "\", must be one of "
                + Arrays.toString(type.getEnumConstants()));
    }
}
