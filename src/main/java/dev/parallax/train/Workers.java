package dev.parallax.train;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// A fixed number of threads that share out numbered tasks. Which thread does which task never matters: tasks share
/// no data. With one thread everything runs on the caller's.
public final class Workers implements AutoCloseable {

    private final int threads;
    private final ExecutorService pool;

    /// @param threads at least 1
    public Workers(int threads) {
        this.threads = threads;
        this.pool = Executors.newFixedThreadPool(
                threads,
                task -> Thread.ofPlatform().daemon().name("parallax-worker").unstarted(task));
    }

    /// How many threads there are.
    public int threads() {
        return threads;
    }

    /// Runs `task` for 0 .. count-1 and waits for all. What a task throws reaches the caller.
    public void forEach(int count, IntConsumer task) {
        if (threads == 1 || count == 1) {
            for (int i = 0; i < count; i++) {
                task.accept(i);
            }
            return;
        }
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            running.add(pool.submit(() -> task.accept(number)));
        }
        running.forEach(Workers::await);
    }

    /// What `task` makes of 0 .. count-1, in this order. What it throws reaches the caller.
    public <T> List<T> map(int count, IntFunction<T> task) {
        if (threads == 1 || count == 1) {
            return IntStream.range(0, count).mapToObj(task).toList();
        }
        List<Future<T>> running = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            running.add(pool.submit(() -> task.apply(number)));
        }
        return running.stream().map(Workers::await).toList();
    }

    private static <T> T await(Future<T> task) {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException thrown) {
                throw thrown;
            }
            if (e.getCause() instanceof Error thrown) {
                throw thrown;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for workers", e);
        }
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
