package dev.parallax.pretrained.tokenizer;

import dev.parallax.BadInputException;
import dev.parallax.io.JsonObject;
import dev.parallax.io.Nearest;
import dev.parallax.io.Printable;
import java.util.List;

/// What the parts of a `tokenizer.json` have in common: fields with defaults, and a type that must be
/// known.
final class JsonFields {

    private JsonFields() {}

    /// A field that is true or false, or the default where it is missing or null.
    static boolean flag(JsonObject json, String key, boolean otherwise) {
        return json.has(key) ? json.flag(key) : otherwise;
    }

    /// A field that is a string, or the default where it is missing or null.
    static String text(JsonObject json, String key, String otherwise) {
        return json.has(key) ? json.text(key) : otherwise;
    }

    /// A field that is a whole number, or the default where it is missing or null.
    static int integer(JsonObject json, String key, int otherwise) {
        return json.has(key) ? json.integer(key) : otherwise;
    }

    /// The exception for a value that this package does not implement.
    static BadInputException unsupported(JsonObject json, String key, String value, List<String> supported) {
        return new BadInputException(json.where(key) + ": \"" + Printable.shortened(value)
                + "\" is not supported, only " + supported + Nearest.hint(value, supported));
    }

    /// Refuses a setting that this package does not implement.
    ///
    /// @param why what it would mean
    static void requireOff(JsonObject json, String key, String why) {
        if (flag(json, key, false)) {
            throw new BadInputException(json.where(key) + ": true (" + why + ") is not supported");
        }
    }
}
