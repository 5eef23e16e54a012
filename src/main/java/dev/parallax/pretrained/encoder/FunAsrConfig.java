package dev.parallax.pretrained.encoder;

import dev.parallax.BadInputException;
import dev.parallax.io.TextFile;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The settings in a `config.yaml` of FunASR, as far as encoders need them: lines `key: value`, nested by indentation.
/// Of YAML's other forms (lists, references, texts over several lines) none is read.
final class FunAsrConfig {

    private static final Pattern LINE = Pattern.compile("( *)([A-Za-z_][\\w-]*):(?:\\s+(.*?))?\\s*");
    private static final Pattern COMMENT = Pattern.compile("(^|\\s)#.*");

    private final String where;
    private final Map<String, String> values = new HashMap<>();

    private record Level(int indentation, String path) {}

    private FunAsrConfig(String where) {
        this.where = where;
    }

    static FunAsrConfig read(Path file) {
        FunAsrConfig config = new FunAsrConfig(file.toString());
        Deque<Level> levels = new ArrayDeque<>();
        TextFile.read(file).lines().forEach(line -> config.line(line, levels));
        return config;
    }

    private void line(String line, Deque<Level> levels) {
        Matcher matcher = LINE.matcher(COMMENT.matcher(line).replaceFirst(""));
        if (!matcher.matches()) {
            return;
        }
        int indentation = matcher.group(1).length();
        while (!levels.isEmpty() && levels.getFirst().indentation >= indentation) {
            levels.removeFirst();
        }
        String path = levels.isEmpty() ? matcher.group(2) : levels.getFirst().path + "." + matcher.group(2);
        String value = matcher.group(3);
        if (value == null || value.isEmpty()) {
            levels.addFirst(new Level(indentation, path));
        } else {
            values.put(path, value.replaceAll("^['\"]|['\"]$", ""));
        }
    }

    String text(String path) {
        String value = values.get(path);
        if (value == null) {
            throw new BadInputException(where + ": has no " + path);
        }
        return value;
    }

    /// A whole number in [least, most].
    int whole(String path, int least, int most) {
        double value = number(path);
        if (value != Math.rint(value) || value < least || value > most) {
            throw new BadInputException(
                    where + ": " + path + " is " + text(path) + ", must be in [" + least + ", " + most + "]");
        }
        return (int) value;
    }

    double number(String path) {
        try {
            return Double.parseDouble(text(path));
        } catch (NumberFormatException e) {
            throw new BadInputException(where + ": " + path + " is \"" + text(path) + "\", expected a number", e);
        }
    }

    /// A number in (0, 1).
    float epsilon(String path) {
        double value = number(path);
        if (!(value > 0 && value < 1)) {
            throw new BadInputException(where + ": " + path + " is " + text(path) + ", must be in (0, 1)");
        }
        return (float) value;
    }

    boolean flag(String path) {
        return switch (text(path)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw bad(path, "true or false");
        };
    }

    /// Requires a setting to have the one value that is supported.
    void require(String path, String only) {
        if (!text(path).equals(only)) {
            throw new BadInputException(
                    where + ": " + path + " is " + text(path) + ", which is not supported; supported: " + only);
        }
    }

    BadInputException bad(String path, String expected) {
        return new BadInputException(where + ": " + path + " is \"" + text(path) + "\", expected " + expected);
    }
}
