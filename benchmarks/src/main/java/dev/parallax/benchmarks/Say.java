package dev.parallax.benchmarks;

import java.util.Locale;

/// Lines of progress, and numbers as they are printed.
final class Say {

    private Say() {}

    static void line(String line) {
        System.err.println("benchmarks: " + line);
    }

    /// A number with so many decimals; a dash where it was not measured.
    static String number(double value, int decimals) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    /// An upper limit, and whether a value meets it.
    static String atMost(double value, double bar) {
        return "≤ " + bar + held(value, value <= bar);
    }

    /// A lower limit, and whether a value meets it.
    static String atLeast(double value, double bar) {
        return "≥ " + bar + held(value, value >= bar);
    }

    private static String held(double value, boolean yes) {
        return Double.isNaN(value) ? "" : yes ? ", held" : ", **missed**";
    }
}
