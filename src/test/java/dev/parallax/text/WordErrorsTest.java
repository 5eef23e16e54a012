package dev.parallax.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import dev.parallax.random.RandomStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordErrorsTest {

    private static final WordErrors ERRORS = WordErrors.of(List.of("yes no", " no maybe "));
    private static final String LONG = String.join(" ", Collections.nCopies(10_000, "so"));

    private static String heard(String sentence, double rate, int item) {
        return ERRORS.apply(sentence, rate, new RandomStream(1, 0, 2, item));
    }

    private static long kept(double rate) {
        return Arrays.stream(heard(LONG, rate, 0).split(" "))
                .filter("so"::equals)
                .count();
    }

    /// Of 10 000 words, 0.6 r are replaced, 0.25 r are missing, and 0.15 r have another behind them. Each is an error,
    /// so the word error rate is r.
    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.2, 0.4})
    void apply_rate_hasSoManyErrorsOfEachKind(double rate) {
        double kept = kept(rate);
        double cameIn = heard(LONG, rate, 0).split(" ").length - kept;
        double spread = 4 * Math.sqrt(10_000 * rate * (1 - rate));
        assertEquals(10_000 * (1 - 0.85 * rate), kept, spread);
        assertEquals(10_000 * 0.75 * rate, cameIn, spread);
    }

    @Test
    void apply_wordsThatComeIn_areAsFrequentAsInTheSentences() {
        List<String> heard = Arrays.asList(heard(LONG, 0.5, 0).split(" "));
        double no = Collections.frequency(heard, "no");
        double yes = Collections.frequency(heard, "yes");
        assertEquals(2, no / yes, 0.2);
    }

    @Test
    void apply_rateOfNothing_changesNothing() {
        assertEquals(LONG, heard(LONG, 0, 0));
    }

    /// What is wrong at 10 % is wrong at 40 %, too.
    @Test
    void apply_lowerRate_hasSomeOfTheErrorsOfAHigherOne() {
        assertTrue(kept(0.4) < kept(0.1));
        for (int item = 0; item < 500; item++) {
            boolean low = !heard("so", 0.1, item).equals("so");
            boolean high = !heard("so", 0.4, item).equals("so");
            assertTrue(high || !low);
        }
    }

    @Test
    void apply_allWrong_leavesAWordThatDiffers() {
        for (int item = 0; item < 100; item++) {
            String heard = heard("yes", 1, item);
            assertFalse(heard.isBlank());
            assertNotEquals("yes", heard);
        }
    }

    @Test
    void apply_noOtherWords_staysASentence() {
        RandomStream random = new RandomStream(1, 0, 2, 3);
        assertTrue(WordErrors.of(List.of("no no")).apply("no no", 1, random).startsWith("no"));
        assertEquals("", WordErrors.of(List.of()).apply(" ", 1, random));
        assertEquals("word errors: the rate is 1.1, expected 0 to 1", Refusal.of(() -> heard("so", 1.1, 0)));
    }
}
