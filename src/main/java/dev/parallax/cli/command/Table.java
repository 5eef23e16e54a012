package dev.parallax.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Rows of cells as aligned lines: the first column to the left, the others to the right.
public final class Table {

    private final List<List<String>> rows = new ArrayList<>();

    /// @param header the first row
    public Table(List<String> header) {
        rows.add(List.copyOf(header));
    }

    /// Adds a row with as many cells as the header.
    public Table row(List<String> cells) {
        if (cells.size() != rows.getFirst().size()) {
            throw new IllegalArgumentException("row " + cells + " under " + rows.getFirst());
        }
        rows.add(List.copyOf(cells));
        return this;
    }

    /// Adds a row.
    public Table row(String first, List<String> others) {
        List<String> cells = new ArrayList<>();
        cells.add(first);
        cells.addAll(others);
        return row(cells);
    }

    /// The aligned lines.
    public List<String> lines() {
        int[] widths = new int[rows.getFirst().size()];
        for (List<String> row : rows) {
            for (int c = 0; c < widths.length; c++) {
                widths[c] = Math.max(widths[c], row.get(c).length());
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int c = 0; c < widths.length; c++) {
            String cell = row.get(c);
            String gap = " ".repeat(widths[c] - cell.length());
            line.append(c == 0 ? cell + gap : "  " + gap + cell);
        }
        return line.toString().stripTrailing();
    }

    /// A number with three decimals, or `-` where there is none.
    public static String number(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.3f", value);
    }
}
