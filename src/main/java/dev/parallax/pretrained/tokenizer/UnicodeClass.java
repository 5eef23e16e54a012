package dev.parallax.pretrained.tokenizer;

import org.jspecify.annotations.Nullable;

/// Properties and mappings of single code points as the tokenizers define them, where Java's methods of
/// similar names differ.
///
/// Properties here are those of the JDK's version of Unicode, 16 in JDK 25. The library `tokenizers`
/// compiles in several older ones; its punctuation and marks are those of 2015. So ids can differ for
/// characters that Unicode got since: of all code points, 142 in what is punctuation and 470 in what is a
/// mark that BERT strips, most in ancient scripts.
final class UnicodeClass {

    private UnicodeClass() {}

    /// The Unicode property `White_Space`. (`Character.isWhitespace` lacks U+0085 and U+00A0.)
    static boolean isWhiteSpace(int c) {
        return Character.isSpaceChar(c) || (c >= '\t' && c <= '\r') || c == 0x85;
    }

    /// General category M: a mark that combines with the character before it.
    static boolean isMark(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> false;
        };
    }

    /// Characters of words, as `\w` in regular expressions: letters, marks, decimal digits, connectors
    /// (UTS 18, C).
    static boolean isWord(int c) {
        return Character.isAlphabetic(c)
                || isMark(c)
                || Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER
                || Character.getType(c) == Character.CONNECTOR_PUNCTUATION
                || c == 0x200C
                || c == 0x200D;
    }

    /// A code point in lower case, or null where it has none. The mapping knows no context: a sigma at a
    /// word's end is `σ`, unlike that of `String.toLowerCase`. One code point becomes two: `İ` is `i` and
    /// a dot above.
    static @Nullable String lowerCase(int c) {
        if (c == 0x130) {
            return "i\u0307";
        }
        int lower = Character.toLowerCase(c);
        return lower == c ? null : Character.toString(lower);
    }
}
