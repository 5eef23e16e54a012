package dev.parallax.report.audit;

import dev.parallax.report.page.Html;
import dev.parallax.report.page.Table;
import java.util.Locale;

/// Numbers as the page shows them.
final class Shown {

    private Shown() {}

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
}
