package dev.parallax.io;

import dev.parallax.BadInputException;
import java.util.Arrays;
import java.util.Comparator;

/// The character between the cells of a table. A comma by the standard; Excel writes semicolons where numbers have
/// decimal commas, and tabs in its text format.
enum Separator {
    COMMA(',', "commas"),
    SEMICOLON(';', "semicolons"),
    TAB('\t', "tabs"),
    BAR('|', "vertical bars");

    private final char character;
    private final String words;

    Separator(char character, String words) {
        this.character = character;
        this.words = words;
    }

    char character() {
        return character;
    }

    /// Its name in a sentence, in the plural.
    String words() {
        return words;
    }

    /// The one that `sep=;` in the first line names.
    ///
    /// @throws BadInputException when it is none of these
    static Separator named(String text, String where) {
        return Arrays.stream(values())
                .filter(each -> text.equals(String.valueOf(each.character)))
                .findFirst()
                .orElseThrow(() -> new BadInputException(where + " line 1: \"sep=" + text
                        + "\" names no separator that is understood; separate the columns by commas, semicolons or"
                        + " tabs"));
    }

    /// The most frequent one, outside quotes, in the first line that has other characters too; a comma where there
    /// is none. Only the header decides: texts contain commas, times of words may contain decimal commas.
    static Separator of(String text, int start) {
        String header = firstLine(text, start);
        return Arrays.stream(values())
                .max(Comparator.comparingLong((Separator each) ->
                                header.chars().filter(c -> c == each.character).count())
                        .thenComparing(Comparator.reverseOrder()))
                .orElse(COMMA);
    }

    /// The part outside quotes of the first line with more than separators and blanks.
    private static String firstLine(String text, int start) {
        StringBuilder line = new StringBuilder();
        boolean isQuoted = false;
        boolean holdsName = false;
        long end = Math.min(text.length(), (long) start + CsvScanner.LONGEST_ROW); // no row is longer
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (!isQuoted && (c == '\n' || c == '\r')) {
                if (holdsName) {
                    break;
                }
                line.setLength(0);
            } else if (c == '"') {
                isQuoted = !isQuoted;
            } else if (!isQuoted) {
                line.append(c);
                holdsName = holdsName || (!isSeparator(c) && !Blanks.isBlank(c));
            } else {
                holdsName = true;
            }
        }
        return line.toString();
    }

    private static boolean isSeparator(char c) {
        return Arrays.stream(values()).anyMatch(each -> each.character == c);
    }
}
