package dev.parallax.io;

import dev.parallax.BadInputException;
import java.util.Arrays;
import java.util.Comparator;

/// What stands between the cells of a table. A comma by the standard; Excel writes semicolons where numbers have
/// decimal commas, and tabs when it is asked for text.
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

    /// The one that stands most often in the first line with anything else in it, outside quotes; a comma where none
    /// stands there. Only the header can tell: texts hold commas, times of words may hold decimal commas.
    static Separator of(String text, int start) {
        String header = firstLine(text, start);
        return Arrays.stream(values())
                .max(Comparator.comparingLong((Separator each) ->
                                header.chars().filter(c -> c == each.character).count())
                        .thenComparing(Comparator.reverseOrder()))
                .orElse(COMMA);
    }

    /// What stands outside quotes in the first line that holds more than separators and blanks.
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
