package dev.parallax.benchmarks;

import java.util.Locale;

/// Lines for the one who waits, and numbers as they are printed.
final class Say {

    private Say() {}

    static void line(String line) {
        System.err.println("benchmarks: " + line);
    }

    /// With so many decimals; a dash for what was not measured.
    static String number(double value, int decimals) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
