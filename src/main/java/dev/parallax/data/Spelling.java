package dev.parallax.data;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/// What two spellings of one name have in common. Tables filled by hand write one name in several ways: `Anna` and
/// `anna `, `Jürgen` with one or two code points for its ü, `03` and `3`.
public final class Spelling {

    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cf}\\p{Cc}&&[^\\s]]");
    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");
    private static final Pattern LEADING_ZEROS = Pattern.compile("(?<![0-9.])0+(?=[0-9])");
    private static final Pattern WHOLE_AS_REAL = Pattern.compile("(?<![0-9.])([0-9]+)\\.0+$");

    private Spelling() {}

    /// A name without differences that are easily overlooked: case, blanks, invisible characters, Unicode's forms
    /// (NFKC).
    public static String folded(String name) {
        String visible = INVISIBLE.matcher(nfkc(name)).replaceAll("");
        String cased = visible.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT); // ß is ss
        return BLANKS.matcher(nfkc(cased)).replaceAll(" ").strip();
    }

    /// The same for a speaker, of whom the number counts and not its spelling: `03`, `3` and `3.0` are one.
    public static String foldedSpeaker(String name) {
        String whole = WHOLE_AS_REAL.matcher(folded(name)).replaceAll("$1");
        return LEADING_ZEROS.matcher(whole).replaceAll("");
    }

    private static String nfkc(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC);
    }
}
