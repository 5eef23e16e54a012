package dev.parallax.text;

import java.text.Normalizer;
import java.util.Locale;

/// Brings what looks alike to one spelling, before text is cut. Apostrophes and single quotes become `'`, double
/// quotes `"`, dashes `-`; soft hyphens vanish; halves of surrogate pairs become spaces. Then follows Unicode form
/// NFKC: full-width letters and ligatures become plain ones, accents join their letters.
final class Normalization {

    private Normalization() {}

    static String of(String text, boolean lowercase) {
        StringBuilder mapped = new StringBuilder(text.length());
        text.codePoints().map(Normalization::map).filter(c -> c >= 0).forEach(mapped::appendCodePoint);
        String normal = Normalizer.normalize(mapped, Normalizer.Form.NFKC);
        // lower case can undo the form ("İ" becomes "i" and a dot above): normalise once more
        return lowercase ? Normalizer.normalize(normal.toLowerCase(Locale.ROOT), Normalizer.Form.NFKC) : normal;
    }

    /// The replacement of a code point, or -1 for none. Those that NFKC would turn into a space and an accent (´) or
    /// would leave (’) are mapped here.
    private static int map(int c) {
        return switch (c) {
            case 0x2018, 0x2019, 0x201A, 0x201B, 0x2032, 0x2039, 0x203A, 0x02BC, 0xB4, '`' -> '\'';
            case 0x201C, 0x201D, 0x201E, 0x201F, 0x2033, 0xAB, 0xBB -> '"';
            case 0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212 -> '-';
            case 0xAD -> -1;
            default -> Character.getType(c) == Character.SURROGATE ? ' ' : c;
        };
    }
}
