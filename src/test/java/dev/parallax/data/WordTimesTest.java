package dev.parallax.data;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.parallax.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordTimesTest {

    @Test
    void parse_aSpanEachWord_givesTheirEnds() {
        WordTimes times = WordTimes.parse(" 0-0.25  0.5-1 ", "so  glad!", "m.csv line 2");
        assertEquals(2, times.count());
        assertEquals(0, times.start(0));
        assertEquals(0.25, times.end(0));
        assertEquals(0.5, times.start(1));
        assertEquals(1, times.end(1));
    }

    @Test
    void of_timesOutOfOrder_isNone() {
        assertEquals(
                0.5,
                requireNonNull(WordTimes.of(new double[] {0, 0.5}, new double[] {0.5, 1}))
                        .start(1));
        assertNull(WordTimes.of(new double[] {0.5, 0}, new double[] {1, 0.5}), "the second begins before the first");
        assertNull(WordTimes.of(new double[] {0.5}, new double[] {0.5}), "it ends as soon as it begins");
    }

    @Test
    void parse_decimalCommas_areReadAsPoints() {
        WordTimes times = WordTimes.parse("0,12-0,40 0,40-0,81", "so glad", "m.csv line 2");
        assertEquals(0.12, times.start(0));
        assertEquals(0.81, times.end(1));
    }

    @Test
    void shifted_beforeTheStart_liesAtTheStart() {
        WordTimes times = WordTimes.parse("0-0.25 0.5-1 1-2", "so very glad", "m.csv line 2")
                .shifted(-0.75);
        assertEquals(0, times.start(0));
        assertEquals(0.001, times.end(0));
        assertEquals(0, times.start(1));
        assertEquals(0.25, times.end(1));
        assertEquals(0.25, times.start(2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0-1|m.csv line 2: there are 1 times for 2 words; give each word one, such as 0.12-0.40",
                "0-1 1|m.csv line 2: time \"1\" is not like 0.12-0.40, from and to in seconds",
                "0-1 -1-2|m.csv line 2: time \"-1-2\" is not like 0.12-0.40, from and to in seconds",
                "0-1 2-2|m.csv line 2: time \"2-2\" ends before it starts, or starts before the word before it; sort them",
                "1-2 0-1|m.csv line 2: time \"0-1\" ends before it starts, or starts before the word before it; sort them"
            })
    void parse_anythingElse_isRefused(String times, String message) {
        assertEquals(message, Refusal.of(() -> WordTimes.parse(times, "so glad", "m.csv line 2")));
    }
}
