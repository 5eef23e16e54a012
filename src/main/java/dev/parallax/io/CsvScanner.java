package dev.parallax.io;

import dev.parallax.BadInputException;
import java.util.ArrayList;
import java.util.List;

/// Cuts text into rows of cells, one row a call.
final class CsvScanner {

    static final String BYTE_ORDER_MARK = "\uFEFF";

    private final String text;
    private final String where;
    private int at;
    private int line = 1;
    private int rowLine = 1;

    CsvScanner(String text, String where) {
        this.text = text;
        this.where = where;
        this.at = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
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
        if (at == text.length()) {
            return row;
        }
        row.add(cell());
        while (at < text.length() && text.charAt(at) == ',') {
            at++;
            row.add(cell());
        }
        if (at < text.length()) {
            passLineBreak();
        }
        return row;
    }

    /// One cell; stops at a comma, a line break or the end.
    private String cell() {
        if (at < text.length() && text.charAt(at) == '"') {
            return quotedCell();
        }
        int start = at;
        while (at < text.length() && text.charAt(at) != ',' && !isLineBreak(text.charAt(at))) {
            at++;
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
            } else if (text.startsWith("\"\"", at)) {
                cell.append('"');
                at += 2;
            } else {
                at++;
                return closed(cell.toString());
            }
        }
        throw new BadInputException(where + " line " + opened + ": a quote is opened and never closed");
    }

    private String closed(String cell) {
        if (at < text.length() && text.charAt(at) != ',' && !isLineBreak(text.charAt(at))) {
            throw new BadInputException(where + " line " + line
                    + ": text follows a closing quote; write quotes within a quoted cell twice");
        }
        return cell;
    }

    private static boolean isLineBreak(char c) {
        return c == '\n' || c == '\r';
    }

    /// Passes `\n`, `\r\n` or `\r`.
    private void passLineBreak() {
        at += text.startsWith("\r\n", at) ? 2 : 1;
        line++;
    }
}
