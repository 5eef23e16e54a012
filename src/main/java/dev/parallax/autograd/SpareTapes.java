package dev.parallax.autograd;

import dev.parallax.backend.Backend;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;

/// Tapes that wait with their memory for their next use, so that answers leave no garbage of it. There come to be as
/// many as were in use at once. For any number of threads.
public final class SpareTapes implements AutoCloseable {

    private static final int MOST = 1 << 20; // values for which a tape may keep memory: 4 MB

    private final Backend backend;
    private final ConcurrentLinkedDeque<Tape> spare = new ConcurrentLinkedDeque<>();

    public SpareTapes(Backend backend) {
        this.backend = backend;
    }

    /// Lends a tape.
    ///
    /// @param use what to do with it; its variables are gone afterwards
    public void lend(Consumer<Tape> use) {
        Tape waiting = spare.poll();
        Tape tape = waiting == null ? new Tape(backend) : waiting;
        try {
            use.accept(tape);
        } finally {
            tape.reset();
            if (tape.room() > MOST) {
                tape.close();
            } else {
                spare.push(tape);
            }
        }
    }

    /// Gives the memory of all that wait back. None may be lent any more.
    @Override
    public void close() {
        for (Tape tape = spare.poll(); tape != null; tape = spare.poll()) {
            tape.close();
        }
    }
}
