package dev.parallax.io;

import java.util.regex.Pattern;

/// The apostrophe before a cell that a spreadsheet would otherwise compute as a formula. A label `=cmd|...` could
/// start a program on the machine of whoever opens the table. Numbers, such as `-0.5`, are no formulas.
///
/// A cell that already has apostrophes before such a beginning gets one more, so that removing one restores it.
///
/// Source: OWASP, "CSV Injection".
final class FormulaGuard {

    private static final char GUARD = '\'';

    /// Alone it computes nothing: it stands where there is no value.
    private static final String DASH = "-";

    /// The characters that begin a formula, the last four in full width.
    private static final String SIGNS = "=+-@\uFF1D\uFF0B\uFF0D\uFF20";

    private static final Pattern NUMBER =
            Pattern.compile("[+-]((\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?|Infinity|NaN)");

    private FormulaGuard() {}

    /// The cell as it is written.
    static String added(String cell) {
        return isFormula(cell) && !cell.equals(DASH) ? GUARD + cell : cell;
    }

    /// The cell without the added apostrophe.
    static String removed(String written) {
        return isOn(written) ? Blanks.strip(written.substring(1)) : written;
    }

    /// Whether a cell as it is written has the apostrophe.
    static boolean isOn(String written) {
        return !written.isEmpty() && written.charAt(0) == GUARD && isFormula(written);
    }

    /// Skips blanks (also tabs and line breaks), as some spreadsheets do, and apostrophes.
    private static boolean isFormula(String cell) {
        int start = 0;
        while (start < cell.length() && (cell.charAt(start) == GUARD || Blanks.isBlank(cell.charAt(start)))) {
            start++;
        }
        return start < cell.length()
                && SIGNS.indexOf(cell.charAt(start)) >= 0
                && !NUMBER.matcher(Blanks.strip(cell.substring(start))).matches();
    }
}
