package dev.parallax.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A table whose columns a reader can sort by; without scripts it stays as it was written.
public final class Table {

    private static final Html.Attribute NUMBER = new Html.Attribute("class", "number");

    private final String caption;
    private final List<String> header;
    private final List<List<Html.Element>> rows = new ArrayList<>();
    private final List<List<Html.Element>> footer = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /// @param caption what the table shows, one line
    public Table(String caption, List<String> header) {
        this.caption = caption;
        this.header = List.copyOf(header);
    }

    /// Adds a row of as many cells as the header.
    public Table row(List<Html.Element> cells) {
        rows.add(checked(cells));
        return this;
    }

    /// Adds a row that stays at the bottom however the others are sorted.
    public Table footer(List<Html.Element> cells) {
        footer.add(checked(cells));
        return this;
    }

    /// Adds a sentence below the table, as wide as the page however wide the table is.
    public Table note(String sentence) {
        notes.add(sentence);
        return this;
    }

    private List<Html.Element> checked(List<Html.Element> cells) {
        if (cells.size() != header.size()) {
            throw new IllegalArgumentException(
                    "table: a row has " + cells.size() + " cells, the header " + header.size());
        }
        return List.copyOf(cells);
    }

    /// A cell of text.
    public static Html.Element cell(String text) {
        return Html.of("td", text);
    }

    /// The cell that names its row.
    public static Html.Element name(String text) {
        return Html.of("th", text).with("scope", "row");
    }

    /// A cell of a number.
    ///
    /// @param value the value by which the column is sorted
    /// @param shown the text in the cell
    public static Html.Element number(double value, String shown) {
        return Html.of("td", shown).with(NUMBER.name(), NUMBER.value()).with("data-value", Double.toString(value));
    }

    /// A cell of a number with three decimals; a dash for one that is not finite.
    public static Html.Element number(double value) {
        return Double.isFinite(value) ? number(value, String.format(Locale.ROOT, "%.3f", value)) : none();
    }

    /// A cell of a whole number.
    public static Html.Element count(int value) {
        return number(value, Integer.toString(value));
    }

    /// A cell for a missing value.
    public static Html.Element none() {
        return number(Double.NEGATIVE_INFINITY, "–");
    }

    /// The caption, the table in a box that scrolls sideways where the screen is narrow, and the notes.
    public Html html() {
        List<Html> parts = new ArrayList<>();
        parts.add(Html.of("thead", Html.of("tr", head())));
        parts.add(Html.of("tbody", lines(rows)));
        if (!footer.isEmpty()) {
            parts.add(Html.of("tfoot", lines(footer)));
        }
        List<Html> all = new ArrayList<>();
        all.add(Html.paragraph(caption).with("class", "caption"));
        all.add(Html.of("div", Html.of("table", parts).with("aria-label", caption))
                .with("class", "scroll"));
        notes.forEach(note -> all.add(Html.paragraph(note).with("class", "note")));
        return Html.of("div", all);
    }

    /// The names of the columns, aligned like their columns: text to the left, numbers to the right.
    private List<Html.Element> head() {
        List<Html.Element> head = new ArrayList<>();
        for (int c = 0; c < header.size(); c++) {
            Html.Element cell = Html.of("th", header.get(c)).with("scope", "col");
            boolean numbers =
                    !rows.isEmpty() && rows.getFirst().get(c).attributes().contains(NUMBER);
            head.add(numbers ? cell.with(NUMBER.name(), NUMBER.value()) : cell);
        }
        return head;
    }

    private static List<Html.Element> lines(List<List<Html.Element>> rows) {
        return rows.stream().map(cells -> Html.of("tr", cells)).toList();
    }
}
