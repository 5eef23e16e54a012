package dev.parallax.io;

import dev.parallax.BadInputException;

/// The place of a value (document and path), and the conversions that name it when they fail.
record JsonPlace(String document, String path) {

    /// The place of values that were built, not read.
    static final JsonPlace BUILT = new JsonPlace("JSON", "");

    JsonPlace field(String key) {
        return new JsonPlace(document, path.isEmpty() ? key : path + "." + key);
    }

    JsonPlace item(int index) {
        return new JsonPlace(document, path + "[" + index + "]");
    }

    String text(Json value) {
        if (value instanceof Json.Text(String text)) {
            return text;
        }
        throw expected("a string", value);
    }

    long whole(Json value) {
        return switch (value) {
            case Json.Whole(long whole) -> whole;
            case Json.Real(double real) when real == Math.rint(real) && Math.abs(real) <= 0x1p53 -> (long) real;
            default -> throw expected("a whole number", value);
        };
    }

    int integer(Json value) {
        long whole = whole(value);
        if ((int) whole != whole) {
            throw expected("a whole number of 32 bits", value);
        }
        return (int) whole;
    }

    double number(Json value) {
        return switch (value) {
            case Json.Whole(long whole) -> whole;
            case Json.Real(double real) -> real;
            default -> throw expected("a number", value);
        };
    }

    boolean flag(Json value) {
        if (value instanceof Json.Flag(boolean flag)) {
            return flag;
        }
        throw expected("true or false", value);
    }

    JsonObject object(Json value) {
        if (value instanceof JsonObject object) {
            return object;
        }
        throw expected("an object", value);
    }

    JsonArray array(Json value) {
        if (value instanceof JsonArray array) {
            return array;
        }
        throw expected("an array", value);
    }

    private BadInputException expected(String what, Json found) {
        return new BadInputException(this + ": expected " + what + ", found " + describe(found));
    }

    private static String describe(Json value) {
        return switch (value) {
            case JsonObject object -> "an object";
            case JsonArray array -> "an array";
            case Json.Text text
            when text.value().length() > 40 -> new Json.Text(text.value().substring(0, 40) + "...").toText();
            default -> value.toText();
        };
    }

    /// `run.json: training.seed`, the start of a message.
    @Override
    public String toString() {
        return path.isEmpty() ? document : document + ": " + path;
    }
}
