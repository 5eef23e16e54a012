package dev.parallax.autograd;

import dev.parallax.backend.Backend;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;

/// Memory of tapes that waits for its next use, so that answers leave no garbage of it. There comes to be as much as
/// was in use at once. For any number of threads.
public final class SpareTapes implements AutoCloseable {

    /// Values for which a tape may keep memory, where nothing else is asked for: 4 MB.
    public static final long MOST = 1 << 20;

    private final Backend backend;
    private final long most;
    private final ConcurrentLinkedDeque<Arena> spare = new ConcurrentLinkedDeque<>();

    public SpareTapes(Backend backend) {
        this(backend, MOST);
    }

    /// @param most values for which a tape may keep memory; one that took more gives all of it back
    public SpareTapes(Backend backend, long most) {
        this.backend = backend;
        this.most = most;
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
