package dev.parallax.text;

import dev.parallax.BadInputException;
import dev.parallax.io.JsonObject;
import dev.parallax.io.RecordJson;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;

/// The character n-grams of a word, each hashed into one of so many buckets: `<so>` gives `<so`, `so>` and `<so>`
/// for n = 3 and 4. So a word that training never saw has a vector too, from words that it shares n-grams with:
/// "angriest" from "angry", a typing error from the word that was meant.
///
/// Two n-grams may share a bucket; with some thousands of buckets that is rare enough to do no harm.
/// Source: Bojanowski, Grave, Joulin, Mikolov, "Enriching Word Vectors with Subword Information", TACL 5 (2017);
/// the hash is FNV-1a of 32 bits over the UTF-8 of the n-gram (Fowler, Noll, Vo).
///
/// @param buckets  how many there are; 0: words have no n-grams
/// @param shortest least n, in characters (code points), at least 1
/// @param longest  greatest n
/// @param known    whether words of the vocabulary have n-grams too, beside their own vector; if not, only unknown
///                 ones
public record Subwords(int buckets, int shortest, int longest, boolean known) {

    /// Words have no n-grams.
    public static final Subwords NONE = new Subwords(0, 3, 5, true);

    private static final RecordJson<Subwords> JSON = RecordJson.of(Subwords.class);

    private static final int FNV_START = 0x811C9DC5;
    private static final int FNV_PRIME = 0x01000193;

    public Subwords {
        if (buckets < 0 || shortest < 1 || longest < shortest) {
            throw new BadInputException("subwords: buckets " + buckets + ", shortest " + shortest + ", longest "
                    + longest + ": buckets must not be negative, and 1 <= shortest <= longest");
        }
    }

    /// The buckets of a word's n-grams, in the order of their length, then their place; one bucket may come twice.
    public int[] of(String word) {
        if (buckets == 0) {
            return new int[0];
        }
        int[] characters = ("<" + word + ">").codePoints().toArray();
        IntStream.Builder found = IntStream.builder();
        for (int n = shortest; n <= longest; n++) {
            for (int from = 0; from + n <= characters.length; from++) {
                found.add(Integer.remainderUnsigned(hash(new String(characters, from, n)), buckets));
            }
        }
        return found.build().toArray();
    }

    private static int hash(String text) {
        int hash = FNV_START;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xFF)) * FNV_PRIME;
        }
        return hash;
    }

    /// The settings, for the model file.
    public JsonObject toJson() {
        return JSON.write(this);
    }

    /// The settings from a model file or a configuration.
    public static Subwords fromJson(JsonObject json) {
        return JSON.read(json);
    }
}
