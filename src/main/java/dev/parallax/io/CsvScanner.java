package dev.parallax.io;

import dev.parallax.BadInputException;
import java.util.ArrayList;
import java.util.List;

/// Cuts text into rows of cells, one row per call.
final class CsvScanner {

    static final String BYTE_ORDER_MARK = "\uFEFF";

    /// The longest row [characters]; a longer one means that a quote is missing, or that this is no table.
    static final int LONGEST_ROW = 1 << 24;

    private final String text;
    private final String where;
    private final char separator;
    private int at;
    private int line;
    private int rowLine = 1;
    private int rowStart;

    /// @param start where the first row begins
    /// @param line  the number of that line, from 1
    CsvScanner(String text, String where, Separator separator, int start, int line) {
        this.text = text;
        this.where = where;
        this.separator = separator.character();
        this.at = start;
        this.line = line;
    }

    /// The line on which the last row began.
    int rowLine() {
        return rowLine;
    }

    /// The next row, or an empty list at the end.
    List<String> next() {
        while (at < text.length() && isLineBreak(text.charAt(at))) {
            passLineBreak();
        }
        List<String> row = new ArrayList<>();
        rowLine = line;
        rowStart = at;
        if (at == text.length()) {
            return row;
        }
        row.add(cell());
        while (at < text.length() && text.charAt(at) == separator) {
            at++;
            row.add(cell());
        }
        if (at < text.length()) {
            passLineBreak();
        }
        return row;
    }

    /// One cell; stops at a separator, a line break or the end. Blanks may precede a quote.
    private String cell() {
        int start = at;
        passBlanks();
        if (at < text.length() && text.charAt(at) == '"') {
            return quotedCell();
        }
        while (!isEndOfCell()) {
            at++;
            requireShortRow();
        }
        return text.substring(start, at);
    }

    private String quotedCell() {
        int opened = line;
        StringBuilder cell = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c != '"') {
                int start = at;
                if (isLineBreak(c)) {
                    passLineBreak();
                } else {
                    at++;
                }
                cell.append(text, start, at);
                if (at - rowStart > LONGEST_ROW) {
                    throw new BadInputException(where + " line " + opened + ": a quote is opened and not closed within "
                            + LONGEST_ROW + " characters");
                }
            } else if (text.startsWith("\"\"", at)) {
                cell.append('"');
                at += 2;
            } else {
                at++;
                return closed(cell.toString(), opened);
            }
        }
        throw new BadInputException(where + " line " + opened + ": a quote is opened and never closed");
    }

    /// What is often wrong here is the line where the quote began, not this one.
    private String closed(String cell, int opened) {
        passBlanks();
        if (!isEndOfCell()) {
            String begun = opened == line ? "" : ", which began in line " + opened;
            throw new BadInputException(where + " line " + line + ": text follows the closing quote of a cell" + begun
                    + "; write quotes within a quoted cell twice");
        }
        return cell;
    }

    private void passBlanks() {
        while (!isEndOfCell() && Blanks.isBlank(text.charAt(at))) {
            at++;
            requireShortRow();
        }
    }

    private boolean isEndOfCell() {
        return at == text.length() || text.charAt(at) == separator || isLineBreak(text.charAt(at));
    }

    private void requireShortRow() {
        if (at - rowStart > LONGEST_ROW) {
            throw new BadInputException(
                    where + " line " + rowLine + ": is longer than " + LONGEST_ROW + " characters; is this a table?");
        }
    }

    private static boolean isLineBreak(char c) {
        return c == '\n' || c == '\r';
    }

    /// Skips `\n`, `\r\n` or `\r`.
    private void passLineBreak() {
        at += text.startsWith("\r\n", at) ? 2 : 1;
        line++;
    }
}
