package dev.parallax.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A table whose columns a reader can sort by; without scripts it stays as it was written.
final class Table {

    private final String caption;
    private final List<String> header;
    private final List<Html> rows = new ArrayList<>();
    private final List<Html> footer = new ArrayList<>();

    /// @param caption what the table shows, one line
    Table(String caption, List<String> header) {
        this.caption = caption;
        this.header = List.copyOf(header);
    }

    /// Adds a row of as many cells as the header.
    Table row(List<Html.Element> cells) {
        rows.add(line(cells));
        return this;
    }

    /// Adds a row that stays at the bottom however the others are sorted.
    Table footer(List<Html.Element> cells) {
        footer.add(line(cells));
        return this;
    }

    private Html line(List<Html.Element> cells) {
        if (cells.size() != header.size()) {
            throw new IllegalArgumentException(
                    "table: a row has " + cells.size() + " cells, the header " + header.size());
        }
        return Html.of("tr", cells);
    }

    /// A cell of text.
    static Html.Element cell(String text) {
        return Html.of("td", text);
    }

    /// The cell that names its row.
    static Html.Element name(String text) {
        return Html.of("th", text).with("scope", "row");
    }

    /// A cell of a number.
    ///
    /// @param value what the column is sorted by
    /// @param shown what is read
    static Html.Element number(double value, String shown) {
        return Html.of("td", shown).with("class", "number").with("data-value", Double.toString(value));
    }

    /// A cell of a number with three decimals; a dash for one that is not finite.
    static Html.Element number(double value) {
        return Double.isFinite(value) ? number(value, String.format(Locale.ROOT, "%.3f", value)) : none();
    }

    /// A cell of a whole number.
    static Html.Element count(int value) {
        return number(value, Integer.toString(value));
    }

    /// A cell for what does not exist.
    static Html.Element none() {
        return number(Double.NEGATIVE_INFINITY, "–");
    }

    /// The table, in a box that scrolls sideways where the screen is narrow.
    Html html() {
        List<Html> head = header.stream()
                .<Html>map(name -> Html.of("th", name).with("scope", "col"))
                .toList();
        List<Html> parts = new ArrayList<>();
        parts.add(Html.of("caption", caption));
        parts.add(Html.of("thead", Html.of("tr", head)));
        parts.add(Html.of("tbody", rows));
        if (!footer.isEmpty()) {
            parts.add(Html.of("tfoot", footer));
        }
        return Html.of("div", Html.of("table", parts)).with("class", "scroll");
    }
}
