package dev.parallax.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import dev.parallax.random.RandomStream;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordErrorsTest {

    private static final List<String> WORDS = List.of("yes", "no");
    private static final String SENTENCE = String.join(" ", Collections.nCopies(10_000, "so"));

    private static List<String> heard(double rate) {
        return WordErrors.split(new WordErrors(rate, WORDS).apply(SENTENCE, new RandomStream(1, 0, 2, 3)));
    }

    /// Of 10 000 words, 0.6 r are replaced, 0.25 r are missing, and 0.15 r have another behind them.
    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.2, 0.4})
    void apply_rate_hasSoManyErrorsOfEachKind(double rate) {
        List<String> heard = heard(rate);
        long kept = heard.stream().filter("so"::equals).count();
        long cameIn = heard.size() - kept;
        double spread = 4 * Math.sqrt(10_000 * rate * (1 - rate));
        assertEquals(10_000 * (1 - 0.85 * rate), kept, spread);
        assertEquals(10_000 * 0.75 * rate, cameIn, spread);
    }

    @Test
    void apply_zero_changesNothing() {
        assertEquals(SENTENCE, new WordErrors(0, WORDS).apply(SENTENCE, new RandomStream(1, 0, 2, 3)));
    }

    /// What is wrong at 10 % is wrong at 40 %, too.
    @Test
    void apply_lowerRate_hasSomeOfTheErrorsOfAHigherOne() {
        long few = heard(0.1).stream().filter("so"::equals).count();
        long many = heard(0.4).stream().filter("so"::equals).count();
        assertTrue(many < few);
        String word = "so";
        for (int item = 0; item < 500; item++) {
            boolean low = !new WordErrors(0.1, WORDS).apply(word, new RandomStream(1, 0, 2, item)).equals(word);
            boolean high = !new WordErrors(0.4, WORDS).apply(word, new RandomStream(1, 0, 2, item)).equals(word);
            assertTrue(high || !low);
        }
    }

    @Test
    void apply_allWrong_leavesAWordThatDiffers() {
        for (int item = 0; item < 100; item++) {
            String heard = new WordErrors(1, WORDS).apply("yes", new RandomStream(1, 0, 2, item));
            assertNotEquals("", heard);
            assertNotEquals("yes", heard);
        }
    }

    @Test
    void constructor_oneWord_isRefused() {
        assertEquals(
                "word errors: the sentences have fewer than two different words to draw from",
                Refusal.of(() -> new WordErrors(0.1, List.of("so", "so"))));
    }
}
