package dev.parallax.autograd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parallax.backend.scalar.ScalarBackend;
import dev.parallax.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpareTapesTest {

    private final ScalarBackend backend = new ScalarBackend();
    private final SpareTapes tapes = new SpareTapes(backend);

    @Test
    void aTapeIsLentAgain_alsoAfterAFailure() {
        List<Tape> lent = new ArrayList<>();
        tapes.lend(lent::add);
        assertThrows(
                IllegalStateException.class,
                () -> tapes.lend(tape -> {
                    lent.add(tape);
                    throw new IllegalStateException("broken");
                }));
        tapes.lend(lent::add);
        assertSame(lent.get(0), lent.get(1));
        assertSame(lent.get(0), lent.get(2));
    }

    @Test
    void oneThatIsInUseIsNotLentAgain() {
        tapes.lend(outer -> tapes.lend(inner -> assertNotSame(outer, inner)));
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
