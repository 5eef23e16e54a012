package dev.parallax.io;

/// Characters without meaning at the edge of a cell: white space of every kind, no-break spaces, characters of no
/// width, byte order marks.
public final class Blanks {

    private Blanks() {}

    /// Whether a character is one of them.
    public static boolean isBlank(int codePoint) {
        return Character.isWhitespace(codePoint)
                || Character.isSpaceChar(codePoint)
                || Character.getType(codePoint) == Character.FORMAT;
    }

    /// Whether blanks other than the ordinary space are cut off from a text.
    static boolean hidesAny(String text) {
        return !strip(text).equals(text.strip());
    }

    /// The text without blanks at its beginning and its end.
    public static String strip(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isBlank(text.codePointAt(from))) {
            from += Character.charCount(text.codePointAt(from));
        }
        while (from < to && isBlank(text.codePointBefore(to))) {
            to -= Character.charCount(text.codePointBefore(to));
        }
        return text.substring(from, to);
    }
}
