package dev.parallax.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import dev.parallax.io.Json;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubwordsTest {

    /// So many buckets that the hash itself is the bucket, for hashes below 2^31.
    private static final int MOST = Integer.MAX_VALUE;

    /// FNV-1a of 32 bits of the published test vectors: "a", "foobar".
    @ParameterizedTest
    @CsvSource({"a, 0xe40c292c", "foobar, 0xbf9cf968"})
    void hash_equals_the_published_one(String gram, long expected) {
        int n = gram.length();
        int[] found = new Subwords(MOST, n, n, true).of(gram);
        assertTrue(Arrays.stream(found).anyMatch(bucket -> bucket == Long.remainderUnsigned(expected, MOST)));
    }

    @Test
    void word_has_its_ngrams_with_its_ends() {
        Subwords subwords = new Subwords(MOST, 3, 4, true);
        int[] grams = {of("<so"), of("so>"), of("<so>")};
        assertArrayEquals(grams, subwords.of("so"));
        assertEquals(0, subwords.of("").length);
    }

    private static int of(String gram) {
        int hash = 0x811C9DC5;
        for (int i = 0; i < gram.length(); i++) {
            hash = (hash ^ gram.charAt(i)) * 0x01000193;
        }
        return Integer.remainderUnsigned(hash, MOST);
    }

    @Test
    void related_words_share_buckets() {
        Subwords subwords = new Subwords(8192, 3, 5, true);
        assertTrue(common(subwords, "angriest", "angry") >= 5);
        assertTrue(common(subwords, "angriest", "lamp") <= 1);
        assertTrue(common(subwords, "vergnügt", "vergnügter") >= 10);
    }

    private static long common(Subwords subwords, String one, String other) {
        int[] its = subwords.of(other);
        return Arrays.stream(subwords.of(one))
                .distinct()
                .filter(bucket -> IntStream.of(its).anyMatch(i -> i == bucket))
                .count();
    }

    @Test
    void buckets_are_in_range_and_a_pair_of_surrogates_is_one_character() {
        int[] found = new Subwords(7, 1, 1, true).of("a😀");
        assertEquals(4, found.length);
        assertTrue(Arrays.stream(found).allMatch(bucket -> bucket >= 0 && bucket < 7));
    }

    @Test
    void none_has_none_and_settings_survive_json() {
        assertEquals(0, Subwords.NONE.of("word").length);
        Subwords subwords = new Subwords(100, 2, 6, false);
        assertEquals(
                subwords, Subwords.fromJson(Json.parseObject(subwords.toJson().toText(), "m")));
    }

    @ParameterizedTest
    @CsvSource({"-1, 3, 5", "5, 0, 5", "5, 4, 3"})
    void impossible_settings_are_refused(int buckets, int shortest, int longest) {
        String said = Refusal.of(() -> new Subwords(buckets, shortest, longest, true));
        assertTrue(said.contains("1 <= shortest <= longest"), said);
    }
}
