package dev.parallax.audio;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// Spreads the frames of a recording over threads. Each frame's result is its own place in an array and depends on no
/// other, so that the bits are the same however many there are.
final class FrameRanges {

    /// Frames that a thread takes at a time: little enough that none waits long for the last, and a recording of
    /// fewer is not worth waking another thread.
    private static final int AT_A_TIME = 48;

    /// What is done with frames `from` to `to` - 1.
    @FunctionalInterface
    interface Work {
        void of(int from, int to);
    }

    private FrameRanges() {}

    /// Does the work for frames 0 to `frames` - 1, on the calling thread and the JVM's common pool.
    ///
    /// @param threads at most; with 1 all is done on the calling thread
    /// @param begin   called once on each thread that takes part: there the arrays that it works in are made
    static void run(int frames, int threads, Supplier<Work> begin) {
        int parts = Math.min(threads, frames / AT_A_TIME);
        if (parts < 2) {
            begin.get().of(0, frames);
            return;
        }
        AtomicInteger next = new AtomicInteger();
        List<ForkJoinTask<?>> tasks = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            tasks.add(ForkJoinTask.adapt(() -> share(frames, next, begin.get())));
        }
        ForkJoinTask.invokeAll(tasks);
    }

    private static void share(int frames, AtomicInteger next, Work work) {
        for (int from = next.getAndAdd(AT_A_TIME); from < frames; from = next.getAndAdd(AT_A_TIME)) {
            work.of(from, Math.min(frames, from + AT_A_TIME));
        }
    }
}
