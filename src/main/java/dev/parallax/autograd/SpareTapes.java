package dev.parallax.autograd;

import dev.parallax.backend.Backend;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;

/// Memory of tapes that waits for its next use, so that answers leave no garbage of it. There comes to be as much as
/// was in use at once. For any number of threads.
public final class SpareTapes implements AutoCloseable {

    private static final long SMALL = 1 << 20; // values for which any tape may keep memory: 4 MB

    private final Backend backend;
    private final long most;
    private final ConcurrentLinkedDeque<Arena> spare = new ConcurrentLinkedDeque<>();

    public SpareTapes(Backend backend) {
        this(backend, SMALL);
    }

    /// @param most values for which a tape may keep memory, or 2^20 if that is less; one that took more gives all of it
    ///             back
    public SpareTapes(Backend backend, long most) {
        this.backend = backend;
        this.most = Math.max(SMALL, most);
    }

    /// Lends a tape.
    ///
    /// @param use what to do with it; its variables are gone afterwards
    public void lend(Consumer<Tape> use) {
        lend(backend, use);
    }

    /// Lends a tape whose operations are computed by the backend that [Backend#onThreads] gives. Its memory is that of
    /// the plain one, and so outlives these threads.
    ///
    /// @param on  computes
    /// @param use what to do with the tape; its variables are gone afterwards
    public void lend(Backend on, Consumer<Tape> use) {
        Arena waiting = spare.poll();
        Arena arena = waiting == null ? new Arena(backend) : waiting;
        try {
            use.accept(new Tape(on, null, arena));
        } finally {
            if (arena.room() > most) {
                arena.close();
            } else {
                arena.reset();
                spare.push(arena);
            }
        }
    }

    /// Gives the memory that waits back. None may be lent any more.
    @Override
    public void close() {
        for (Arena arena = spare.poll(); arena != null; arena = spare.poll()) {
            arena.close();
        }
    }
}
