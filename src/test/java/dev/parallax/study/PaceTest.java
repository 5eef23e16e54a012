package dev.parallax.study;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parallax.fusion.Loss;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static Cell cell(String strategy, int seed) {
        return new Cell(strategy, Loss.FUSED, 0, seed);
    }

    /// late-add took 2 and 4 s, early-add 9: two more of late-add and one that was never run, on two threads.
    @Test
    void left_strategiesThatTakeDifferentTimes_areExpectedToGoOnSo() {
        Map<String, Double> seconds = new TreeMap<>(Map.of(
                cell("late-add", 0).id(),
                2.0,
                cell("late-add", 1).id(),
                4.0,
                cell("early-add", 0).id(),
                9.0));
        List<Cell> missing = List.of(cell("late-add", 2), cell("late-add", 3), cell("aligned", 0));
        Pace pace = new Pace(6, 2, missing, seconds);
        assertEquals(3, pace.done());
        assertEquals((3 + 3 + 5) / 2.0, pace.left(), 1e-12);
        pace.finish(cell("aligned", 0));
        pace.finish(cell("late-add", 3));
        assertEquals(5, pace.done());
        assertEquals(3, pace.left(), 1e-12, "one cell has one thread");
    }

    @Test
    void left_nothingTimed_isZero() {
        assertEquals(0, new Pace(1, 1, List.of(cell("late-add", 0)), new TreeMap<>()).left());
    }
}
