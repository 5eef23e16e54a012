package dev.parallax.autograd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.backend.scalar.ScalarBackend;
import dev.parallax.tensor.Shape;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SpareTapesTest {

    private final ScalarBackend backend = new ScalarBackend();
    private final SpareTapes tapes = new SpareTapes(backend);

    @Test
    void theMemoryIsLentAgain_alsoAfterAFailure() {
        Consumer<Tape> use = tape -> tape.zeros(Shape.of(1000));
        tapes.lend(use);
        long kept = backend.liveBytes();
        assertTrue(kept > 0);
        assertThrows(
                IllegalStateException.class,
                () -> tapes.lend(tape -> {
                    use.accept(tape);
                    throw new IllegalStateException("broken");
                }));
        tapes.lend(use);
        assertEquals(kept, backend.liveBytes());
    }

    @Test
    void whatIsInUseIsNotLentAgain() {
        tapes.lend(outer -> {
            Variable kept = outer.constant(Shape.of(3), 1, 2, 3);
            tapes.lend(inner -> inner.constant(Shape.of(3), 4, 5, 6));
            assertArrayEquals(new float[] {1, 2, 3}, kept.value().toArray());
        });
    }

    @Test
    void memoryIsKeptUpToABound_andGivenBackAtTheEnd() {
        tapes.lend(tape -> tape.zeros(Shape.of(1000)));
        long kept = backend.liveBytes();
        tapes.lend(tape -> tape.zeros(Shape.of(1000)));
        assertEquals(kept, backend.liveBytes());
        tapes.lend(tape -> tape.zeros(Shape.of(3 << 20)));
        assertEquals(0, backend.liveBytes());
        tapes.lend(tape -> tape.zeros(Shape.of(1000)));
        tapes.close();
        assertEquals(0, backend.liveBytes());
    }
}
