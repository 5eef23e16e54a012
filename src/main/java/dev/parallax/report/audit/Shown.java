package dev.parallax.report.audit;

import dev.parallax.report.page.Html;
import dev.parallax.report.page.Table;
import java.util.Arrays;
import java.util.Locale;

/// Numbers as the page shows them.
final class Shown {

    private static final int WIDE = 60; // percent of colour behind the strongest
    private static final String FOR = "#0072b2";
    private static final String AGAINST = "#d55e00";

    private Shown() {}

    /// The colour behind what is worth so much: blue where it speaks for the decision, red where against.
    ///
    /// @param largest worth of all that are shown together, without its sign
    static String background(double worth, double largest) {
        long share = largest == 0 ? 0 : Math.round(WIDE * Math.abs(worth) / largest);
        return "background: color-mix(in srgb, " + (worth >= 0 ? FOR : AGAINST) + " " + share + "%, transparent)";
    }

    static String decimals(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    /// With its sign, also where it is positive.
    static String signed(double value, int decimals) {
        return String.format(Locale.ROOT, "%+." + decimals + "f", value);
    }

    /// A cell of a number with its sign; a dash for none.
    static Html.Element signed(double value) {
        return Double.isFinite(value) ? Table.number(value, signed(value, 3)) : Table.none();
    }

    /// With four digits, or as a power of ten where it is small or large.
    static String scientific(double value) {
        return (Math.abs(value) >= 0.001 && Math.abs(value) < 100_000) || value == 0
                ? String.format(Locale.ROOT, "%.4g", value)
                : String.format(Locale.ROOT, "%.1e", value);
    }

    static double least(double[] values) {
        return Arrays.stream(values).min().orElse(Double.NaN);
    }

    static double largest(double[] values) {
        return Arrays.stream(values).max().orElse(Double.NaN);
    }

    /// A link to the row of a step in the table of all steps.
    static Html.Element link(String step) {
        return Html.of("a", step).with("href", "#" + step);
    }
}
