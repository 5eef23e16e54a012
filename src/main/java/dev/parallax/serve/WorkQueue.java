package dev.parallax.serve;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpException;
import io.helidon.http.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// The threads that compute, and the requests that may wait for them.
///
/// A request takes a place before its body is read, so that no more bodies are in memory than there are places: one for
/// each thread, and those of the queue. Where none is free it is refused at once. The threads of requests only wait.
final class WorkQueue implements AutoCloseable {

    private static final String RETRY_AFTER = "1"; // seconds

    private final int size;
    private final Semaphore places;
    private final ThreadPoolExecutor pool;

    /// @param threads that compute
    /// @param waiting places beside them
    WorkQueue(int threads, int waiting) {
        size = threads + waiting;
        places = new Semaphore(size);
        pool =
                new ThreadPoolExecutor(
                        threads,
                        threads,
                        0,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        Thread.ofPlatform().name("serve-", 0).daemon().factory()) {
                    private final OldGeneration old = OldGeneration.ofProcess();

                    @Override
                    protected void afterExecute(Runnable task, @Nullable Throwable thrown) {
                        old.tidy();
                    }
                };
    }

    /// How many requests have a place.
    int taken() {
        return size - places.availablePermits();
    }

    /// Takes a place.
    ///
    /// @throws HttpException 429 where all are taken
    void enter() {
        if (!places.tryAcquire()) {
            throw new HttpException(
                            "all " + size + " places of the service are taken; ask again in a second",
                            Status.TOO_MANY_REQUESTS_429)
                    .header(HeaderValues.create(HeaderNames.RETRY_AFTER, RETRY_AFTER));
        }
    }

    /// Gives a place back.
    void leave() {
        places.release();
    }

    /// Computes on the threads, by a request that has a place. What has not begun at the deadline never does; what has,
    /// ends for nobody.
    ///
    /// @return the results in the order of the tasks
    /// @throws HttpException 503 where they are not ready at the deadline
    <T> List<T> compute(List<Callable<T>> tasks, Deadline deadline) {
        List<FutureTask<T>> all = tasks.stream().map(FutureTask::new).toList();
        int ahead = pool.getCorePoolSize(); // as many as can run at once: the tasks of others come in between
        try {
            all.stream().limit(ahead).forEach(pool::execute);
            List<T> results = new ArrayList<>();
            for (FutureTask<T> task : all) {
                results.add(task.get(deadline.left(), TimeUnit.NANOSECONDS));
                all.stream().skip(results.size() - 1L + ahead).limit(1).forEach(pool::execute);
            }
            return results;
        } catch (TimeoutException e) {
            throw deadline.missed();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw deadline.missed();
        } catch (ExecutionException e) {
            throw thrown(e);
        } finally {
            all.forEach(task -> {
                task.cancel(false);
                pool.remove(task);
            });
        }
    }

    /// Computes on the threads, for a stream, which needs no place since it has one task at a time. Tasks begin in the
    /// order in which they come, those of streams and those of requests.
    ///
    /// @param patience how long it may wait for its beginning
    /// @return null where it has not begun by then, and never does
    /// @throws HttpException 503 where it has begun and is not ready at the deadline
    <T> @Nullable T computeWithin(Duration patience, Callable<T> task, Deadline deadline) {
        CountDownLatch begun = new CountDownLatch(1);
        FutureTask<T> future = new FutureTask<>(() -> {
            begun.countDown();
            return task.call();
        });
        pool.execute(future);
        try {
            if (!begun.await(patience.toNanos(), TimeUnit.NANOSECONDS) && pool.remove(future)) {
                return null;
            }
            return future.get(deadline.left(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw deadline.missed();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw deadline.missed();
        } catch (ExecutionException e) {
            throw thrown(e);
        }
    }

    private static RuntimeException thrown(ExecutionException e) {
        return switch (e.getCause()) {
            case RuntimeException unchecked -> unchecked;
            case Error error -> throw error;
            case null, default -> new IllegalStateException(e);
        };
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
