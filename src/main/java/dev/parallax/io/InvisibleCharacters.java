package dev.parallax.io;

import java.util.Locale;

/// Makes invisible characters in a name visible: they, unusual blanks, and combining marks without a letter are
/// written as `\u200b`.
public final class InvisibleCharacters {

    private InvisibleCharacters() {}

    public static String shown(String name) {
        StringBuilder shown = new StringBuilder();
        name.codePoints().forEach(character -> {
            int type = Character.getType(character);
            boolean seen = character == ' '
                    || !(Character.isISOControl(character)
                            || Character.isSpaceChar(character)
                            || type == Character.FORMAT
                            || type == Character.NON_SPACING_MARK);
            shown.append(seen ? Character.toString(character) : String.format(Locale.ROOT, "\\u%04x", character));
        });
        return shown.toString();
    }
}
