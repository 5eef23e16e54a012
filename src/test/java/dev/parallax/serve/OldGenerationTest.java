package dev.parallax.serve;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OldGenerationTest {

    private static final long MB = 1 << 20;

    private final AtomicLong used = new AtomicLong();
    private long left;
    private int collections;
    private final OldGeneration old = new OldGeneration(used::get, () -> {
        collections++;
        used.set(left);
    });

    @Test
    void isCollectedWhenItHoldsTwiceWhatWasLeft() {
        left = 20 * MB;
        tidyAt(24 * MB);
        assertEquals(0, collections);
        tidyAt(25 * MB);
        assertEquals(1, collections);
        tidyAt(40 * MB);
        assertEquals(1, collections);
        tidyAt(41 * MB);
        assertEquals(2, collections);
    }

    @Test
    void littleIsLeftAlone() {
        left = MB;
        tidyAt(25 * MB);
        tidyAt(24 * MB);
        assertEquals(1, collections);
    }

    @Test
    void thatOfThisProcessIsTidiedUnderAnyCollector() {
        assertDoesNotThrow(() -> OldGeneration.ofProcess().tidy());
    }

    private void tidyAt(long bytes) {
        used.set(bytes);
        old.tidy();
    }
}
