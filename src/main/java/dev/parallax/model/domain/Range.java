package dev.parallax.model.domain;

import dev.parallax.BadInputException;

/// The smallest and the largest value seen.
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
}
