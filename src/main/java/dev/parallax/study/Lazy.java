package dev.parallax.study;

import dev.parallax.BadInputException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Something that several cells need and the first one makes, in its own thread; the others wait.
///
/// @param <T> what is made
final class Lazy<T> {

    private final FutureTask<T> task;

    Lazy(Callable<T> maker) {
        this.task = new FutureTask<>(maker);
    }

    /// What was made.
    ///
    /// @throws BadInputException what the maker threw
    T get() {
        task.run(); // does nothing but the first time
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in the middle of a study; run it again to go on", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof BadInputException bad) {
                throw bad;
            }
            throw new IllegalStateException("a part of the study failed: " + e.getCause(), e.getCause());
        }
    }
}
