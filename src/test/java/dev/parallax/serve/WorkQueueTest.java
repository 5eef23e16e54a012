package dev.parallax.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// Whose task is next.
class WorkQueueTest {

    private static final Deadline LATE = Deadline.after(Duration.ofMinutes(5));

    private final List<String> order = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch go = new CountDownLatch(1);

    private Callable<String> task(String name) {
        return () -> {
            go.await();
            order.add(name);
            return name;
        };
    }

    /// A batch does not keep the window of a stream waiting to its end.
    @Test
    void computeWithin_whileABatchIsComputed_isNextInTurn() throws Exception {
        try (WorkQueue work = new WorkQueue(1, 0)) {
            Thread batch = Thread.ofPlatform()
                    .start(() -> work.compute(List.of(task("first"), task("second"), task("third")), LATE));
            await(batch);
            Thread stream =
                    Thread.ofPlatform().start(() -> work.computeWithin(Duration.ofMinutes(5), task("window"), LATE));
            await(stream);
            go.countDown();
            batch.join();
            stream.join();
            assertEquals(List.of("first", "window", "second", "third"), order);
        }
    }

    /// Waits until a thread waits for its task.
    private static void await(Thread thread) {
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
    }

    @Test
    void computeWithin_noThreadInTime_isLeftOutAndNeverBegins() throws Exception {
        try (WorkQueue work = new WorkQueue(1, 0)) {
            Thread busy = Thread.ofPlatform().start(() -> work.compute(List.of(task("busy")), LATE));
            await(busy);
            assertNull(work.computeWithin(Duration.ofMillis(1), task("window"), LATE));
            go.countDown();
            busy.join();
            assertEquals("after", work.computeWithin(Duration.ofMinutes(5), task("after"), LATE));
            assertEquals(List.of("busy", "after"), order);
        }
    }
}
