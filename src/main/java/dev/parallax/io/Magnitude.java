package dev.parallax.io;

import java.util.Locale;

/// A number without decimals, for people, and short also where it is huge: `32767`, `1.0e+38`.
public final class Magnitude {

    private static final double LONG = 1e10; // from here on, digits are not counted any more

    private Magnitude() {}

    /// The number, rounded.
    public static String of(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < LONG ? "%.0f" : "%.1e", value);
    }
}
