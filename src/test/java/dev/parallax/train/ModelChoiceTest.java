package dev.parallax.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The other model is kept only where it is better by more than chance.
class ModelChoiceTest {

    private static final int CLASSES = 2;
    private static final int[] TRUTH =
            IntStream.range(0, 40).map(i -> i % CLASSES).toArray();

    /// A model that is wrong about the first utterances.
    private static int[] wrongAbout(int wrong) {
        return IntStream.range(0, TRUTH.length)
                .map(i -> i < wrong ? 1 - TRUTH[i] : TRUTH[i])
                .toArray();
    }

    private static ModelChoice choice(int expectedWrong, int otherWrong) {
        return ModelChoice.of(TRUTH, wrongAbout(expectedWrong), wrongAbout(otherWrong), CLASSES, 1);
    }

    /// Of k utterances in which they differ, all speak for the other: p = 2 / 2^k, which is 0.0625 for 5, 0.03125 for
    /// 6.
    @Test
    void overruled_otherIsBetter_onlyWhereChanceDoesNotExplainIt() {
        assertEquals(0.0625, choice(9, 4).comparison().p());
        assertFalse(choice(9, 4).overruled());
        assertEquals(0.03125, choice(10, 4).comparison().p());
        assertTrue(choice(10, 4).overruled());
    }

    @Test
    void overruled_otherIsWorseOrEqual_never() {
        assertFalse(choice(0, 20).overruled());
        assertFalse(choice(7, 7).overruled());
        assertEquals(1, choice(7, 7).comparison().p());
    }

    @Test
    void kept_isTheAccuracyOfTheKeptModel() {
        assertEquals(0.9, choice(20, 4).kept(), 1e-12);
        assertEquals(0.5, choice(20, 4).passed(), 1e-12);
        assertEquals(0.5, choice(20, 18).kept(), 1e-12);
        assertEquals(0.55, choice(20, 18).passed(), 1e-12);
    }
}
