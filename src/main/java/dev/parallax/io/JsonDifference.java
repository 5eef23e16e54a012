package dev.parallax.io;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A place in which two documents differ.
///
/// @param path   of its keys, as in `training.learningRate`
/// @param first  the value in the first document as JSON, null where it has none
/// @param second that in the second
public record JsonDifference(
        String path, @Nullable String first, @Nullable String second) {

    private static final int LONGEST = 60;

    /// All differences, in the order of the keys of the first document, then of the second. Lists are compared as a
    /// whole.
    public static List<JsonDifference> between(JsonObject first, JsonObject second) {
        List<JsonDifference> all = new ArrayList<>();
        collect("", first, second, all);
        return List.copyOf(all);
    }

    private static void collect(String prefix, JsonObject first, JsonObject second, List<JsonDifference> all) {
        Set<String> keys = new LinkedHashSet<>(first.fields().keySet());
        keys.addAll(second.fields().keySet());
        for (String key : keys) {
            Json one = first.get(key);
            Json other = second.get(key);
            if (one instanceof JsonObject a && other instanceof JsonObject b) {
                collect(prefix + key + ".", a, b, all);
            } else if (one == null || !one.equals(other)) {
                all.add(new JsonDifference(prefix + key, text(one), text(other)));
            }
        }
    }

    private static @Nullable String text(@Nullable Json value) {
        return value == null ? null : value.toText();
    }

    /// One line for people: `training.learningRate: 0.001 against 0.002`; long values are cut.
    public String line() {
        return path + ": " + shown(first) + " against " + shown(second);
    }

    private static String shown(@Nullable String value) {
        if (value == null) {
            return "nothing";
        }
        return value.length() <= LONGEST ? value : value.substring(0, LONGEST) + "...";
    }
}
