package dev.parallax.benchmarks;

import dev.parallax.backend.select.Backends;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import java.util.stream.Stream;

/// The machine on which the numbers were measured.
final class Machine {

    private Machine() {}

    /// One line: date, commit, processor, load before the start, JDK, backend.
    static String line() {
        return "Measured on %s at commit %s: %s, %d processors, load %s before the start, %s; JDK %s; %s."
                .formatted(
                        LocalDate.now(),
                        System.getProperty("benchmarks.commit", "unknown"),
                        processor(),
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("benchmarks.load", load()),
                        System.getProperty("os.name"),
                        System.getProperty("java.runtime.version"),
                        Backends.choose("auto", line -> {}).description());
    }

    private static String processor() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch"); // not Linux
        }
    }

    /// The load average of the last minute: processes that are ready to run.
    static String load() {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return load < 0 ? "unknown" : String.format(Locale.ROOT, "%.1f", load);
    }
}
