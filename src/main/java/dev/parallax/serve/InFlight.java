package dev.parallax.serve;

import java.time.Duration;

/// The requests that are being answered, and whether new ones are accepted.
final class InFlight {

    private int count;
    private boolean draining;

    /// Accepts a request.
    ///
    /// @return false where the service is about to stop
    synchronized boolean begin() {
        if (!draining) {
            count++;
        }
        return !draining;
    }

    /// A request that was accepted has its answer.
    synchronized void end() {
        count--;
        notifyAll();
    }

    synchronized boolean isDraining() {
        return draining;
    }

    /// Waits until no more are accepted.
    ///
    /// @return whether that is so, or else the time is over
    synchronized boolean awaitDraining(Duration most) throws InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        for (long left = most.toMillis(); !draining && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
        return draining;
    }

    /// Accepts no more, and waits until all have their answers.
    ///
    /// @return how many have none when the time is over
    synchronized int drain(Duration most) {
        draining = true;
        notifyAll();
        long end = System.nanoTime() + most.toNanos();
        try {
            for (long left = most.toMillis(); count > 0 && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return count;
    }
}
