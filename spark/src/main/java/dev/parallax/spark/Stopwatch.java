package dev.parallax.spark;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How long each part of a job takes, from the start of the JVM on.
final class Stopwatch {

    private final List<String> laps = new ArrayList<>();
    private long last = ManagementFactory.getRuntimeMXBean().getStartTime();

    /// Ends a part.
    void lap(String name) {
        long now = System.currentTimeMillis();
        laps.add(String.format(Locale.ROOT, "%s %.1f s", name, (now - last) / 1000.0));
        last = now;
    }

    /// In one line.
    String line() {
        return "time: " + String.join(", ", laps);
    }
}
