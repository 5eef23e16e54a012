package dev.parallax.eval;

import dev.parallax.BadInputException;
import java.util.Arrays;
import java.util.Locale;

/// A score over several seeds.
///
/// @param mean      their mean
/// @param deviation standard deviation, by n - 1; NaN for a single one, which has none
/// @param count     how many there are
public record Spread(double mean, double deviation, int count) {

    /// The spread of some scores.
    ///
    /// @param scores at least one, finite
    public static Spread of(double... scores) {
        if (scores.length == 0) {
            throw new BadInputException("spread: there are no scores; did every seed fail?");
        }
        double mean = Arrays.stream(scores).sum() / scores.length;
        double squares = Arrays.stream(scores).map(x -> (x - mean) * (x - mean)).sum();
        return new Spread(
                mean, scores.length == 1 ? Double.NaN : Math.sqrt(squares / (scores.length - 1)), scores.length);
    }

    /// With three decimals: `0.613 ± 0.021`; of a single score `0.613`.
    @Override
    public String toString() {
        return Double.isNaN(deviation)
                ? String.format(Locale.ROOT, "%.3f", mean)
                : String.format(Locale.ROOT, "%.3f ± %.3f", mean, deviation);
    }
}
