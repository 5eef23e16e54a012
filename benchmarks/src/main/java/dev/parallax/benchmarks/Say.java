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

    /// A bar from above, and whether it is held.
    static String atMost(double value, double bar) {
        return "≤ " + bar + held(value, value <= bar);
    }

    /// A bar from below, and whether it is held.
    static String atLeast(double value, double bar) {
        return "≥ " + bar + held(value, value >= bar);
    }

    private static String held(double value, boolean yes) {
        return Double.isNaN(value) ? "" : yes ? ", held" : ", **missed**";
    }
}
