package dev.parallax.io;

import dev.parallax.BadInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A table as people write it: a header line, then rows with as many cells. The separator is a comma, or what the
/// header has between its names: a semicolon, tab or vertical bar. A first line `sep=;`, as Excel writes it, names
/// it. Quotes, line breaks within quotes, CRLF, CR and byte order marks are understood; a quote within an unquoted
/// cell is an ordinary character. Blanks around names and cells are cut off ([Blanks]), rows of empty cells are
/// skipped and counted, and column names match in any case. [#notes] lists what differs from the standard.
///
/// A spreadsheet computes a cell that begins with `=`, `+`, `-` or `@`. So such text is written with an apostrophe
/// before it ([FormulaGuard]), which reading removes.
///
/// Source: RFC 4180.
public final class Csv {

    /// `sep=;`, also as a program saves it that read it as a row of cells: `"sep=;";;;`.
    private static final Pattern SEPARATOR_LINE =
            Pattern.compile("\"?sep=([^\r\n\"]?)\"?[,;\t| ]*(?:\r\n|\r|\n|\\z)", Pattern.CASE_INSENSITIVE);

    private final String where;
    private final Separator separator;
    private final int headerLine;
    private final List<String> header;
    private final Map<String, Integer> columns = new HashMap<>(); // by name in lower case
    private final List<Row> rows = new ArrayList<>();
    private int emptyRows;
    private int hiddenBlanks;
    private int apostrophes;

    private Csv(String where, Separator separator, List<String> header, int headerLine) {
        this.where = where;
        this.separator = separator;
        this.header = List.copyOf(header);
        this.headerLine = headerLine;
        for (int i = 0; i < header.size(); i++) {
            String name = header.get(i);
            Integer former = name.isEmpty() ? null : columns.putIfAbsent(name.toLowerCase(Locale.ROOT), i);
            if (former != null) {
                String other = header.get(former);
                throw new BadInputException(where + " line " + headerLine + ": column \"" + name + "\" stands twice"
                        + (other.equals(name) ? "" : ", before as \"" + other + "\"") + "; keep one of them");
            }
        }
    }

    /// One line of the table.
    public final class Row {

        private final List<String> cells;
        private final int line;

        private final @Nullable String fault;

        private Row(List<String> cells, int line, @Nullable String fault) {
            this.cells = cells;
            this.line = line;
            this.fault = fault;
        }

        /// Whether its cells can be read; always true unless the table was read by [Csv#readWithFaults].
        public boolean isSound() {
            return fault == null;
        }

        /// The cell under this column, possibly empty.
        ///
        /// @param column its name, in any case
        /// @throws BadInputException if there is no such column (call [Csv#has] first where it may be missing),
        ///     or the row is not sound
        public String get(String column) {
            if (fault != null) {
                throw new BadInputException(where() + ": " + fault);
            }
            Integer index = columns.get(column.toLowerCase(Locale.ROOT));
            if (index == null) {
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

    /// The names of the columns, as they are written; an empty one is a column without a name, which is not read.
    public List<String> header() {
        return header;
    }

    /// The line of the header, the start of a message about it: `train.csv line 1`.
    public String whereHeader() {
        return where + " line " + headerLine;
    }

    /// Whether there is a column of this name, in any case.
    public boolean has(String column) {
        return columns.containsKey(column.toLowerCase(Locale.ROOT));
    }

    /// All rows after the header, except those of empty cells.
    public List<Row> rows() {
        return Collections.unmodifiableList(rows);
    }

    /// Where the table differs from the standard and how it was read, one line each.
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (separator != Separator.COMMA) {
            notes.add("columns are separated by " + separator.words());
        }
        for (int i = 0; i < header.size(); i++) {
            int column = i;
            boolean hasName = !header.get(i).isEmpty();
            if (!hasName
                    && rows.stream()
                            .anyMatch(row ->
                                    row.isSound() && !row.cells.get(column).isEmpty())) {
                notes.add("column " + (i + 1) + " has no name and is not read");
            }
        }
        if (apostrophes > 0) {
            notes.add("the apostrophe is taken away from " + apostrophes
                    + (apostrophes == 1 ? " cell that begins" : " cells that begin")
                    + " with '=, '+, '- or '@, as they are written against formulas");
        }
        if (emptyRows > 0) {
            notes.add(Count.of(emptyRows, "empty row") + " passed over");
        }
        return notes;
    }

    /// What the writer of the table may not have meant, one line each.
    public List<String> warnings() {
        return hiddenBlanks == 0
                ? List.of()
                : List.of(hiddenBlanks + (hiddenBlanks == 1 ? " cell" : " cells")
                        + " had blanks around them that cannot be seen (no-break, of no width), which are cut off");
    }

    /// Reads a file in UTF-8, or in UTF-16 with a byte order mark.
    ///
    /// @throws BadInputException if it is missing, empty, too large, no regular file, in another encoding, leaves a
    ///     quote open, repeats a column, or has a row with more or fewer cells than the header
    public static Csv read(Path file) {
        return parse(TextFile.read(file), file.toString());
    }

    /// The same, but rows with more or fewer cells than the header, or with what is no text, are kept and not sound.
    public static Csv readWithFaults(Path file) {
        return parse(TextFile.readWithFaults(file), file.toString(), true);
    }

    /// The same from text.
    ///
    /// @param where what the text is, the start of every message
    public static Csv parse(String text, String where) {
        return parse(text, where, false);
    }

    private static Csv parse(String text, String where, boolean keepsFaults) {
        int start = 0;
        while (text.startsWith(CsvScanner.BYTE_ORDER_MARK, start)) {
            start++;
        }
        Matcher named = SEPARATOR_LINE.matcher(text).region(start, text.length());
        boolean isNamed = named.lookingAt();
        Separator separator = isNamed ? Separator.named(named.group(1), where) : Separator.of(text, start);
        CsvScanner scanner = new CsvScanner(text, where, separator, isNamed ? named.end() : start, isNamed ? 2 : 1);
        Csv table = null;
        for (List<String> row = scanner.next(); !row.isEmpty(); row = scanner.next()) {
            List<String> written = row.stream().map(Blanks::strip).toList();
            List<String> cells = written.stream().map(FormulaGuard::removed).toList();
            boolean isEmpty = cells.stream().allMatch(String::isEmpty);
            String fault = keepsFaults ? TextFile.fault(String.join(" ", row)) : null;
            if (table == null && fault != null) {
                throw new BadInputException(where + " line " + scanner.rowLine() + ": the header " + fault);
            }
            if (table != null) {
                table.hiddenBlanks +=
                        (int) row.stream().filter(Blanks::hidesAny).count();
                table.apostrophes +=
                        (int) written.stream().filter(FormulaGuard::isOn).count();
                table.add(cells, isEmpty, scanner.rowLine(), fault, keepsFaults);
            } else if (!isEmpty) {
                table = new Csv(where, separator, cells, scanner.rowLine());
                table.requireNamedSeparator(isNamed, text, named);
            }
        }
        if (table == null) {
            throw new BadInputException(where + ": is empty, expected a header line");
        }
        return table;
    }

    /// Refuses a header of one name that contains commas under `sep=;`: the separator was another.
    private void requireNamedSeparator(boolean isNamed, String text, Matcher named) {
        Separator likely = isNamed ? Separator.of(text, named.end()) : separator;
        if (header.size() == 1 && likely != separator && header.getFirst().indexOf(likely.character()) >= 0) {
            throw new BadInputException(whereHeader() + ": its names are separated by " + likely.words()
                    + ", and line 1 says \"sep=" + separator.character() + "\"; mend or remove line 1");
        }
    }

    private void add(List<String> cells, boolean isEmpty, int line, @Nullable String fault, boolean keepsFaults) {
        if (isEmpty) {
            emptyRows++;
            return;
        }
        String wrong = fault != null || cells.size() == header.size() ? fault : miscounted(cells.size());
        if (wrong != null && !keepsFaults) {
            throw new BadInputException(where + " line " + line + ": " + wrong);
        }
        rows.add(new Row(cells, line, wrong));
    }

    private String miscounted(int cells) {
        String remedy = cells < header.size()
                ? "; give each column a cell, empty ones too, with " + separator.words() + " between"
                : "; quote cells that contain " + separator.words();
        return "has " + Count.of(cells, "cell") + ", the header has " + header.size() + remedy;
    }

    /// What a cell means, for tables that another program reads: without the blanks around it and without
    /// the apostrophe that [#line] puts before a formula.
    public static String cell(String written) {
        return FormulaGuard.removed(Blanks.strip(written));
    }

    /// One line of a table, ended by a line feed. A cell is quoted only where it must be, and text that a
    /// spreadsheet would compute has an apostrophe before it.
    public static String line(List<String> cells) {
        if (cells.equals(List.of(""))) {
            return "\"\"\n"; // an empty line would be skipped
        }
        return cells.stream().map(FormulaGuard::added).map(Csv::quoted).collect(Collectors.joining(",", "", "\n"));
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
