package dev.parallax.backend.device;

import dev.parallax.BackendException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// What gives back what was made: run the last first, all of it, whatever fails meanwhile.
final class Undo implements AutoCloseable {

    private final Deque<Runnable> actions = new ArrayDeque<>();

    void push(Runnable action) {
        actions.push(action);
    }

    /// @throws BackendException what failed first, once everything else is done
    @Override
    public void close() {
        @Nullable BackendException failure = null;
        while (!actions.isEmpty()) {
            try {
                actions.pop().run();
            } catch (BackendException e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
