package dev.parallax.pretrained.tokenizer;

import java.text.Normalizer.Form;

/// The Unicode normalization forms NFC, NFD, NFKC and NFKD, computed piece by piece so that characters
/// keep their places. A piece is a code point with all that can join it: marks, and vowels and final
/// consonants of Hangul.
///
/// The JDK's time for a run of n marks grows with n², so a piece ends after [#LONGEST_PIECE] code points.
/// In text that people write, no character has more than 30 marks (Unicode Standard Annex 15, section
/// 13).
///
/// @param form which of the four
record UnicodeNormalizer(Form form) implements Normalizer {

    static final int LONGEST_PIECE = 256;

    /// No form changes a code point below, unless a mark follows.
    private static final int FIRST_CHANGED = 0xA0;

    @Override
    public AlignedText normalize(AlignedText text) {
        AlignedText.Builder out = new AlignedText.Builder(text);
        String all = text.text();
        for (int from = 0, to; from < all.length(); from = to) {
            to = pieceEnd(all, from);
            String piece = all.substring(from, to);
            boolean isPlain = to == from + 1 && all.charAt(from) < FIRST_CHANGED;
            String normal = isPlain ? piece : java.text.Normalizer.normalize(piece, form);
            if (normal.equals(piece)) {
                out.keep(from, to); // each character at its own place
            } else {
                out.append(normal, from, to);
            }
        }
        return out.build();
    }

    private int pieceEnd(String text, int from) {
        int end = text.offsetByCodePoints(from, 1);
        for (int count = 1; count < LONGEST_PIECE && end < text.length(); count++) {
            int c = text.codePointAt(end);
            if (!joins(c)) {
                break;
            }
            end += Character.charCount(c);
        }
        return end;
    }

    /// Whether a code point, decomposed, begins with one that can move or combine with what stands before
    /// it.
    private boolean joins(int c) {
        if (c < 0x300) {
            return false;
        }
        Form decomposed = form == Form.NFC || form == Form.NFD ? Form.NFD : Form.NFKD;
        int first = java.text.Normalizer.normalize(Character.toString(c), decomposed)
                .codePointAt(0);
        return UnicodeClass.isMark(first)
                || (first >= 0x1160 && first <= 0x11FF) // vowels and final consonants of Hangul
                || (first >= 0x16D63 && first <= 0x16D6A); // vowel signs of Kirat Rai, which are letters
    }
}
