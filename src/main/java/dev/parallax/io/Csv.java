package dev.parallax.io;

import dev.parallax.BadInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// A table in comma-separated values: a header line, then rows of as many cells. Quotes, line breaks within quotes,
/// CRLF and a byte order mark are understood; a quote within an unquoted cell is taken as it stands; empty lines are
/// passed over. Cells are not trimmed.
///
/// Source: RFC 4180.
public final class Csv {

    private final String where;
    private final List<String> header;
    private final List<Row> rows;

    private Csv(String where, List<String> header, List<List<String>> cells, List<Integer> lines) {
        this.where = where;
        this.header = List.copyOf(header);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            rows.add(new Row(List.copyOf(cells.get(i)), lines.get(i)));
        }
        this.rows = List.copyOf(rows);
    }

    /// One line of the table.
    public final class Row {

        private final List<String> cells;
        private final int line;

        private Row(List<String> cells, int line) {
            this.cells = cells;
            this.line = line;
        }

        /// The cell under this column, possibly empty.
        ///
        /// @throws BadInputException if there is no such column (ask [Csv#has] first where it may be missing)
        public String get(String column) {
            int index = header.indexOf(column);
            if (index < 0) {
                throw new BadInputException(
                        where + ": no column \"" + column + "\" among " + header + Nearest.hint(column, header));
            }
            return cells.get(index);
        }

        /// The line on which the row begins, counted from 1 with the header.
        public int line() {
            return line;
        }

        /// `train.csv line 17`, the start of a message.
        public String where() {
            return where + " line " + line;
        }
    }

    /// The names of the columns.
    public List<String> header() {
        return header;
    }

    /// Whether there is a column of this name.
    public boolean has(String column) {
        return header.contains(column);
    }

    /// All rows after the header.
    public List<Row> rows() {
        return rows;
    }

    /// Reads a file in UTF-8.
    ///
    /// @throws BadInputException if it is missing, empty, not UTF-8, leaves a quote open, repeats a column, or has
    ///     a row with more or fewer cells than the header
    public static Csv read(Path file) {
        String where = file.toString();
        return parse(Utf8.decode(SafeFiles.read(file), where), where);
    }

    /// The same from text.
    ///
    /// @param where what the text is, the start of every message
    public static Csv parse(String text, String where) {
        List<List<String>> rows = new ArrayList<>();
        List<Integer> lines = new ArrayList<>();
        CsvScanner scanner = new CsvScanner(text, where);
        for (List<String> row = scanner.next(); !row.isEmpty(); row = scanner.next()) {
            if (!rows.isEmpty() && row.size() != rows.getFirst().size()) {
                throw new BadInputException(where + " line " + scanner.rowLine() + ": has " + row.size()
                        + " cells, the header has " + rows.getFirst().size() + "; quote cells that contain commas");
            }
            rows.add(row);
            lines.add(scanner.rowLine());
        }
        if (rows.isEmpty()) {
            throw new BadInputException(where + ": is empty, expected a header line");
        }
        List<String> header = rows.getFirst();
        Set<String> seen = new HashSet<>();
        for (String column : header) {
            if (!seen.add(column)) {
                throw new BadInputException(
                        where + " line " + lines.getFirst() + ": column \"" + column + "\" stands twice");
            }
        }
        return new Csv(where, header, rows.subList(1, rows.size()), lines.subList(1, lines.size()));
    }

    /// One line of a table, ended by a line feed; a cell is quoted only where it must be.
    public static String line(List<String> cells) {
        if (cells.equals(List.of(""))) {
            return "\"\"\n"; // an empty line would be passed over
        }
        return cells.stream().map(Csv::quoted).collect(Collectors.joining(",", "", "\n"));
    }

    private static String quoted(String cell) {
        boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                && !cell.startsWith(CsvScanner.BYTE_ORDER_MARK);
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }

    /// Writes a whole table in UTF-8.
    ///
    /// @param rows each with as many cells as the header
    public static void write(Path target, List<String> header, List<List<String>> rows) {
        for (List<String> row : rows) {
            if (row.size() != header.size()) {
                throw new IllegalArgumentException(
                        "csv: a row has " + row.size() + " cells, the header " + header.size());
            }
        }
        SafeFiles.write(target, out -> {
            out.write(line(header).getBytes(StandardCharsets.UTF_8));
            for (List<String> row : rows) {
                out.write(line(row).getBytes(StandardCharsets.UTF_8));
            }
        });
    }
}
