package dev.parallax.cli.command;

import dev.parallax.setup.Remarks;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/// The progress of long work, as it is shown; closing removes the bar.
sealed interface ProgressDisplay extends Remarks.Progress {

    /// Shows nothing.
    static ProgressDisplay silent() {
        return new Silent();
    }

    /// A bar that is drawn in place.
    static ProgressDisplay bar(String task, long size, PrintStream out) {
        return new Bar(new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(size)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .setConsumer(new ConsoleProgressBarConsumer(out, 80))
                .clearDisplayOnFinish()
                .build());
    }

    /// A line every ten seconds.
    static ProgressDisplay lines(String task, long size, Consumer<String> out) {
        return new Lines(task, size, out);
    }

    /// Shows nothing.
    record Silent() implements ProgressDisplay {
        @Override
        public void advance(long steps) {}

        @Override
        public void close() {}
    }

    /// A bar that is drawn in place.
    record Bar(ProgressBar bar) implements ProgressDisplay {
        @Override
        public void advance(long steps) {
            bar.stepBy(steps);
        }

        @Override
        public void close() {
            bar.close();
        }
    }

    /// A line every ten seconds, so that a log is no longer than it must be.
    final class Lines implements ProgressDisplay {
        private static final Duration EVERY = Duration.ofSeconds(10);

        private final String task;
        private final long size;
        private final Consumer<String> out;
        private final AtomicLong done = new AtomicLong();
        private final AtomicReference<Instant> last = new AtomicReference<>(Instant.now());

        Lines(String task, long size, Consumer<String> out) {
            this.task = task;
            this.size = size;
            this.out = out;
        }

        @Override
        public void advance(long steps) {
            long now = done.addAndGet(steps);
            Instant former = last.get();
            Instant present = Instant.now();
            if (present.isAfter(former.plus(EVERY)) && last.compareAndSet(former, present)) {
                out.accept(task + ": " + now + " of " + size);
            }
        }

        @Override
        public void close() {}
    }
}
