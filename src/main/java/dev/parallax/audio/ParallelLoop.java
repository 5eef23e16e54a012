package dev.parallax.audio;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// Spreads the frames of a recording, or its columns, over threads. Each result has its own place in an array and
/// depends on no other, so the bits are the same for any number of threads.
public final class ParallelLoop {

    /// Frames that a thread takes at a time: so few that no thread waits long for the last one.
    public static final int FRAMES_AT_A_TIME = 16;

    /// Shares of the work that each thread should have at least; with fewer it is not worth waking.
    private static final int SHARES = 3;

    /// What is done with numbers `from` to `to` - 1.
    @FunctionalInterface
    public interface Work {
        void of(int from, int to);
    }

    private ParallelLoop() {}

    /// Does the work for numbers 0 to `count` - 1, on the calling thread and the JVM's common pool.
    ///
    /// @param atATime how many a thread takes at a time
    /// @param threads at most; with 1 all is done on the calling thread
    /// @param begin   called once on each thread that takes part: there the arrays that it works in are made
    public static void run(int count, int atATime, int threads, Supplier<Work> begin) {
        int parts = Math.min(threads, count / (SHARES * atATime));
        if (parts < 2) {
            begin.get().of(0, count);
            return;
        }
        AtomicInteger next = new AtomicInteger();
        List<ForkJoinTask<?>> tasks = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            tasks.add(ForkJoinTask.adapt(() -> share(count, atATime, next, begin.get())));
        }
        ForkJoinTask.invokeAll(tasks);
    }

    private static void share(int count, int atATime, AtomicInteger next, Work work) {
        for (int from = next.getAndAdd(atATime); from < count; from = next.getAndAdd(atATime)) {
            work.of(from, Math.min(count, from + atATime));
        }
    }
}
