package dev.parallax.text;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// What a reader sees as one character (an extended grapheme cluster: a letter with its accents, a family emoji), and
/// what it does in a sentence.
record GraphemeCluster(String text, Kind kind) {

    /// What characters are when a text is cut into words.
    enum Kind {
        SPACE,
        LETTER,
        DIGIT,
        /// A token by itself: an emoji, or a character of a script without spaces.
        SINGLE,
        /// Punctuation and other symbols.
        MARK
    }

    private static final Pattern GRAPHEME = Pattern.compile("\\X");

    private static final Set<UnicodeScript> WITHOUT_SPACES = EnumSet.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.HANGUL,
            UnicodeScript.BOPOMOFO,
            UnicodeScript.THAI,
            UnicodeScript.LAO,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR);

    static List<GraphemeCluster> of(String text) {
        return GRAPHEME.matcher(text)
                .results()
                .map(match -> withoutSelectors(match.group()))
                .filter(cluster -> !cluster.isEmpty())
                .map(cluster -> new GraphemeCluster(cluster, kind(cluster.codePointAt(0))))
                .toList();
    }

    boolean isWord() {
        return kind == Kind.LETTER || kind == Kind.DIGIT;
    }

    /// Variation selectors choose a coloured or a plain glyph of the same emoji.
    private static String withoutSelectors(String cluster) {
        return cluster.replace("\uFE0E", "").replace("\uFE0F", "");
    }

    /// What a cluster is that begins with a character.
    static Kind kind(int first) {
        if (WITHOUT_SPACES.contains(UnicodeScript.of(first)) && Character.isLetterOrDigit(first)) {
            return Kind.SINGLE;
        }
        return switch (Character.getType(first)) {
            case Character.DECIMAL_DIGIT_NUMBER -> Kind.DIGIT;
            case Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.OTHER_LETTER,
                    Character.LETTER_NUMBER,
                    Character.NON_SPACING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.ENCLOSING_MARK -> Kind.LETTER;
            case Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.CONTROL,
                    Character.FORMAT,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> Kind.SPACE;
            default -> isPicture(first) ? Kind.SINGLE : Kind.MARK;
        };
    }

    private static boolean isPicture(int c) {
        boolean regionalIndicator = c >= 0x1F1E6 && c <= 0x1F1FF; // two of them are a flag
        return regionalIndicator || Character.isExtendedPictographic(c);
    }
}
