package dev.parallax.model.domain;

import dev.parallax.BadInputException;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;

/// The least and the largest of what was met.
///
/// @param low at most `high`
public record Range(double low, double high) {

    public Range {
        if (!(low <= high)) {
            throw new BadInputException("range: " + low + " to " + high + " is none");
        }
    }

    /// The range of some values, at least one.
    public static Range of(double... values) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        return new Range(low, high);
    }

    JsonObject toJson() {
        return Json.object().with("low", low).with("high", high);
    }

    static Range fromJson(JsonObject json) {
        return new Range(json.number("low"), json.number("high"));
    }
}
