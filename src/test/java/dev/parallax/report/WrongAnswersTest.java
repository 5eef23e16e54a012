package dev.parallax.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parallax.eval.Interval;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class WrongAnswersTest {

    @Test
    void href_fileNearby_isRelative_andElsewhereAbsolute() {
        Path folder = Path.of("/data/runs/test");
        assertEquals("../../emodb/wav/03a01Fa.wav", WrongAnswers.href(folder, Path.of("/data/emodb/wav/03a01Fa.wav")));
        assertEquals("../../a%3Fb/%C3%BC%2520.wav", WrongAnswers.href(folder, Path.of("/data/a?b/ü%20.wav")));
        assertEquals("file:///media/a%20b.wav", WrongAnswers.href(folder, Path.of("/media/a b.wav")));
    }

    /// Wilson (1927), as statsmodels 0.14 prints it: proportion_confint(8, 10, method="wilson").
    @Test
    void ofShare_eightOfTen_isWilsons() {
        Interval interval = Interval.ofShare(8, 10);
        assertEquals(0.4901625, interval.low(), 1e-6);
        assertEquals(0.9433178, interval.high(), 1e-6);
        assertEquals(1, Interval.ofShare(5, 5).high(), 1e-12);
        assertEquals(0, Interval.ofShare(0, 2).low(), "not below 0 by rounding");
    }
}
