package dev.parallax.audio.source;

import java.util.Arrays;

/// A coarse description of how a recording sounds, one word per 16 ms. It recognises a copy at another sample rate
/// or level, or one that a lossy format has changed.
///
/// Each of the bits 0 to 15 says whether the slope of the spectrum between two neighbouring bands rises or falls
/// over 64 ms. This follows Haitsma and Kalker, "A Highly Robust Audio Fingerprinting System", ISMIR 2002. Bit 16
/// says that the word is audible, and three times four bits from bit 17 on name the bits that are least certain.
///
/// Copies were made of recordings of EMO-DB: at 8 or 48 kHz, at -20 dB, with silence around them, or below 3 kHz
/// with noise at -15 dB. At most 0.24 of their bits differ. Takes of one sentence by one actor differ in 0.32 at
/// least. `corpus verify` on EMO-DB and on such copies of 50 of its recordings finds every copy and no other pair.
public final class Fingerprint {

    /// Bands of the spectrum, evenly spaced in the logarithm of the frequency.
    static final int BANDS = 17;

    /// Bits of a word that are compared.
    static final int BITS = BANDS - 1;

    /// Seconds between two words.
    static final double HOP_SECONDS = 0.016;

    /// Bits of a word that are named as uncertain.
    static final int UNCERTAIN = 3;

    private static final int AUDIBLE = 1 << BITS;
    private static final int CODE = AUDIBLE - 1;
    private static final int PLACE_BITS = 4;

    /// Copies differ in a smaller share of their bits than this.
    private static final double LARGEST_SHARE = 0.25;

    /// Fewer common words than this decide nothing.
    private static final int LEAST_WORDS = 25;

    /// At least this share of the shorter one has to be in the other.
    private static final double LEAST_OVERLAP = 0.7;

    private final int[] words;
    private final int audible;

    /// @param words as described, not copied
    public Fingerprint(int... words) {
        this.words = words;
        this.audible =
                (int) Arrays.stream(words).filter(word -> (word & AUDIBLE) != 0).count();
    }

    /// A word.
    ///
    /// @param slopes  change of each slope, [BITS]
    /// @param audible whether the word is audible
    static int word(double[] slopes, boolean audible) {
        int word = audible ? AUDIBLE : 0;
        for (int bit = 0; bit < BITS; bit++) {
            word |= slopes[bit] > 0 ? 1 << bit : 0;
        }
        int named = 0;
        for (int i = 0; i < UNCERTAIN; i++) {
            int least = -1;
            for (int bit = 0; bit < BITS; bit++) {
                boolean taken = (named >> bit & 1) != 0;
                if (!taken && (least < 0 || Math.abs(slopes[bit]) < Math.abs(slopes[least]))) {
                    least = bit;
                }
            }
            named |= 1 << least;
            word |= least << (BITS + 1 + PLACE_BITS * i);
        }
        return word;
    }

    /// The words, not a copy: do not modify.
    public int[] words() {
        return words;
    }

    /// Whether there is enough to distinguish it from others.
    public boolean tells() {
        return audible >= LEAST_WORDS;
    }

    /// Whether a word is audible.
    public boolean isAudible(int word) {
        return (words[word] & AUDIBLE) != 0;
    }

    /// The bits of a word that are compared.
    public int code(int word) {
        return words[word] & CODE;
    }

    /// A code with some of its uncertain bits inverted.
    ///
    /// @param choice which of them, from 0 for none to 2^UNCERTAIN - 1
    public int code(int word, int choice) {
        int code = code(word);
        for (int i = 0; i < UNCERTAIN; i++) {
            int place = words[word] >> (BITS + 1 + PLACE_BITS * i) & (1 << PLACE_BITS) - 1;
            code ^= (choice >> i & 1) << place;
        }
        return code;
    }

    /// How many choices [#code(int, int)] has.
    public static int choices() {
        return 1 << UNCERTAIN;
    }

    /// Whether the two are the same sound when the other starts so much later, give or take a word: few bits differ
    /// in the words that are audible in both. With few such words the share varies more by chance, so the bound is
    /// lower.
    ///
    /// @param later words by which the other starts later
    public boolean isSame(Fingerprint other, int later) {
        for (int lag = later - 1; lag <= later + 1; lag++) {
            int first = Math.max(0, -lag);
            int end = Math.min(words.length, other.words.length - lag);
            int shared = 0;
            int different = 0;
            for (int i = first; i < end; i++) {
                int a = words[i];
                int b = other.words[i + lag];
                if ((a & b & AUDIBLE) != 0) {
                    shared++;
                    different += Integer.bitCount((a ^ b) & CODE);
                }
            }
            boolean enough = shared >= LEAST_WORDS && shared >= LEAST_OVERLAP * Math.min(audible, other.audible);
            if (enough && different < largestShare(shared) * shared * BITS) {
                return true;
            }
        }
        return false;
    }

    private static double largestShare(int words) {
        return Math.min(LARGEST_SHARE, 0.42 - 1.9 / Math.sqrt(words));
    }
}
