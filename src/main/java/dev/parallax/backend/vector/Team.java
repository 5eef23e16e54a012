package dev.parallax.backend.vector;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// Threads that share the numbered parts of a kernel with its caller. A kernel takes less time than it takes to
/// wake a thread, so a helper without work looks for the next kernel for a while before it sleeps. A caller never
/// waits for a helper that has not begun: it does the parts itself.
///
/// Which thread does which part never matters: parts write to places of their own and depend on their inputs alone.
final class Team implements AutoCloseable {

    /// The caller by itself.
    static final Team ALONE = new Team(1);

    private static final long LEAST_WORK = 1 << 16; // multiply-adds that are worth another thread: 2 µs
    private static final int SHARES = 4; // of a thread: so that none waits long for the last one
    private static final int LOOKS = 1 << 12; // some 50 µs
    private static final int WAITS = 1 << 12; // before the caller leaves its processor to a helper that needs one
    private static final long PAUSE = 20_000; // ns

    private final List<Thread> helpers = new ArrayList<>();
    private volatile @Nullable Job job;
    private volatile boolean isClosed;

    /// @param threads at least 1, the caller among them
    Team(int threads) {
        for (int i = 1; i < threads; i++) {
            helpers.add(Thread.ofPlatform().daemon().name("parallax-kernel").start(this::help));
        }
    }

    /// How many threads there are, the caller among them.
    int threads() {
        return 1 + helpers.size();
    }

    /// Does the work for 0 .. parts-1 and waits for all. What it throws reaches the caller.
    void forEach(int parts, IntConsumer work) {
        if (helpers.isEmpty() || parts < 2) {
            for (int part = 0; part < parts; part++) {
                work.accept(part);
            }
            return;
        }
        Job own = new Job(parts, work);
        job = own;
        helpers.forEach(LockSupport::unpark);
        own.share();
        own.await();
    }

    /// What is done with rows, or elements, `from` to `from + count - 1`.
    @FunctionalInterface
    interface Piece {
        void of(int from, int count);
    }

    /// Does the work for rows 0 .. rows-1, some at a time: a multiple of `tile`, and enough to be worth a thread.
    ///
    /// @param work multiply-adds of a row, about
    void forEachPiece(int rows, int tile, long work, Piece piece) {
        if (helpers.isEmpty() || rows * work < 2 * LEAST_WORK) {
            piece.of(0, rows);
            return;
        }
        long least = Math.ceilDiv(LEAST_WORK, Math.max(1, work));
        long some = Math.max(least, Math.ceilDiv(rows, SHARES * threads()));
        int whole = (int) Math.min(rows, Math.ceilDiv(some, tile) * tile);
        forEach(Math.ceilDiv(rows, whole), part -> piece.of(part * whole, Math.min(whole, rows - part * whole)));
    }

    private void help() {
        Job last = null;
        int looks = 0;
        while (!isClosed) {
            Job now = job;
            if (now != null && now != last) {
                last = now;
                now.share();
                looks = 0;
            } else if (looks < LOOKS) {
                looks++;
                Thread.onSpinWait();
            } else {
                LockSupport.park(this);
                looks = 0;
            }
        }
    }

    /// Ends the helpers.
    @Override
    public void close() {
        isClosed = true;
        job = null;
        helpers.forEach(LockSupport::unpark);
    }

    /// The parts of one kernel.
    private static final class Job {

        private final int parts;
        private final IntConsumer work;
        private final AtomicInteger begun = new AtomicInteger();
        private final AtomicInteger done = new AtomicInteger();
        private final AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();

        Job(int parts, IntConsumer work) {
            this.parts = parts;
            this.work = work;
        }

        void share() {
            for (int part = begun.getAndIncrement(); part < parts; part = begun.getAndIncrement()) {
                try {
                    work.accept(part);
                } catch (RuntimeException | Error e) {
                    thrown.compareAndSet(null, e);
                } finally {
                    done.incrementAndGet();
                }
            }
        }

        void await() {
            for (int waits = 0; done.get() < parts; waits++) {
                if (waits < WAITS) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.parkNanos(this, PAUSE);
                }
            }
            switch (thrown.get()) {
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                case null, default -> {}
            }
        }
    }
}
