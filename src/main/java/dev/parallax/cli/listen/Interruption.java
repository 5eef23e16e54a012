package dev.parallax.cli.listen;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Ctrl-C, or another signal that ends the process: it waits until what was begun is ended in order, which closing
/// says.
final class Interruption implements AutoCloseable {

    private static final int MOST = 10; // seconds that the end may take

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::interrupt, "interruption");
    private volatile boolean isThere;

    Interruption() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void interrupt() {
        isThere = true;
        try {
            ended.await(MOST, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Whether the process is to end.
    boolean isThere() {
        return isThere;
    }

    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            isThere = true; // the process ends already
        }
    }
}
