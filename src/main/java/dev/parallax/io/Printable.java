package dev.parallax.io;

import java.util.Locale;

/// Text from outside as it may be shown on a terminal. A file name, a label or a cell of a table can contain
/// characters that move the cursor, change the direction of reading, begin a new line, or are invisible. They are
/// shown as `\u001b`, the way JSON writes them, so that escaped text is still valid inside a JSON string.
public final class Printable {

    private static final int LONGEST = 2000; // characters of a message that are shown whole
    private static final int HEAD = 1200;
    private static final int TAIL = 600;

    private Printable() {}

    /// Whether a character may be shown as it is: it is visible or a space, and no control character.
    public static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> !isInvisible(codePoint);
        };
    }

    /// Letters and marks without a glyph: joiners, fillers, selectors; and code points that are no characters.
    private static boolean isInvisible(int c) {
        return c == 0x034F
                || (c >= 0x115F && c <= 0x1160)
                || (c >= 0x17B4 && c <= 0x17B5)
                || (c >= 0x180B && c <= 0x180F)
                || c == 0x3164
                || (c >= 0xFE00 && c <= 0xFE0F)
                || c == 0xFFA0
                || (c >= 0xE0000 && c <= 0xE0FFF)
                || (c & 0xFFFE) == 0xFFFE
                || (c >= 0xFDD0 && c <= 0xFDEF);
    }

    /// Whether all of a text may be shown as it is.
    public static boolean isPrintable(String text) {
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            if (!isPrintable(text.codePointAt(i))) {
                return false;
            }
        }
        return true;
    }

    /// The text with every character escaped that may not be shown as it is; line breaks too, so it is one line.
    public static String escaped(String text) {
        if (isPrintable(text)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            if (isPrintable(c)) {
                out.appendCodePoint(c);
            } else {
                escape(c, out);
            }
        });
        return out.toString();
    }

    private static void escape(int codePoint, StringBuilder out) {
        switch (codePoint) {
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                for (char unit : Character.toChars(codePoint)) {
                    out.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
                }
            }
        }
    }

    /// A very long message without its middle, since a cell of a table may be longer than a screen.
    public static String shortened(String message) {
        if (message.length() <= LONGEST) {
            return message;
        }
        String head = message.substring(0, HEAD);
        String tail = message.substring(message.length() - TAIL);
        return head + " [... " + (message.length() - HEAD - TAIL) + " characters ...] " + tail;
    }
}
