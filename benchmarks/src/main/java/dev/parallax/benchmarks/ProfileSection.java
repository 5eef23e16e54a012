package dev.parallax.benchmarks;

import dev.parallax.backend.Backend;
import dev.parallax.backend.scalar.ScalarBackend;
import dev.parallax.backend.select.Backends;
import dev.parallax.backend.vector.VectorBackend;
import dev.parallax.train.ShardedStep;
import dev.parallax.train.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

/// The part of the page about where an epoch's time goes: the JVM's flight recorder samples the thread's stack every
/// 10 ms, after the JIT compiler has finished.
final class ProfileSection {

    private static final Duration PERIOD = Duration.ofMillis(10);
    private static final double LEAST_SHARE = 0.01;
    private static final String BACKEND = Backend.class.getPackageName() + ".";
    private static final String KERNELS = VectorBackend.class.getPackageName() + ".";
    private static final Set<String> PRODUCTS =
            Set.of(KERNELS + "VectorGemm", KERNELS + "Tile", KERNELS + "TallTile", KERNELS + "NarrowTile");
    private static final Set<String> PACKING = Set.of(KERNELS + "PackedMatrix", KERNELS + "Transposition");

    private ProfileSection() {}

    /// Measures and returns the text.
    static String measure() {
        StringBuilder tables = new StringBuilder();
        for (Workload workload : Workload.values()) {
            tables.append("### ").append(workload.peerName()).append("\n\n").append(table(workload));
        }
        return """
                ## Where the time of an epoch goes

                %s

                Samples of the flight recorder, one every 10 ms, one thread, in percent of all; what has less than one
                percent is summed up in the last line. *Products* is the innermost loop of matrix products, *packing* the
                copying before it, *the rest* all other work of the kernel.

                %s
                """.formatted(Machine.line(), tables.toString().strip());
    }

    private static String table(Workload workload) {
        Map<String, int[]> kernels = new HashMap<>();
        int all = 0;
        for (RecordedEvent sample : samples(workload)) {
            RecordedStackTrace stack = sample.getStackTrace();
            if (stack != null && isTraining(stack)) {
                kernels.computeIfAbsent(kernel(stack), name -> new int[3])[column(stack)]++;
                all++;
            }
        }
        StringBuilder rows =
                new StringBuilder("| kernel | products | packing | the rest | together |\n|---|---|---|---|---|\n");
        int[] small = new int[3];
        int[] sums = new int[3];
        List<String> names = kernels.keySet().stream()
                .sorted(Comparator.comparing(name -> -total(Objects.requireNonNull(kernels.get(name)))))
                .toList();
        for (String name : names) {
            int[] counts = Objects.requireNonNull(kernels.get(name));
            addTo(sums, counts);
            if (total(counts) < LEAST_SHARE * all) {
                addTo(small, counts);
            } else {
                rows.append(row(name, counts, all));
            }
        }
        if (sums[0] < sums[2] || sums[1] == 0) {
            throw new IllegalStateException("few samples are in " + PRODUCTS + " or none in " + PACKING + ": products "
                    + sums[0] + ", packing " + sums[1] + ", the rest " + sums[2] + "; have they moved?");
        }
        rows.append(row("others", small, all));
        return rows.append(row("together", sums, all)).append('\n').toString();
    }

    private static String row(String name, int[] counts, int all) {
        StringBuilder row = new StringBuilder("| ").append(name);
        for (int count : counts) {
            row.append(" | ").append(Say.number(100.0 * count / all, 1));
        }
        return row.append(" | ")
                .append(Say.number(100.0 * total(counts) / all, 1))
                .append(" |\n")
                .toString();
    }

    private static int total(int... counts) {
        return counts[0] + counts[1] + counts[2];
    }

    private static void addTo(int[] sums, int... counts) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += counts[i];
        }
    }

    /// Samples of epochs after two that are not recorded.
    private static List<RecordedEvent> samples(Workload workload) {
        try (Workers workers = new Workers(1);
                Recording recording = new Recording()) {
            EpochInOrder epoch = workload.prepare(Backends.choose("auto", line -> {}), workers);
            int epochs = workload == Workload.DIALOGUE ? 30 : 3;
            for (int i = 0; i < Math.max(2, epochs / 3); i++) {
                epoch.run();
            }
            recording.enable("jdk.ExecutionSample").withPeriod(PERIOD);
            recording.start();
            for (int i = 0; i < epochs; i++) {
                epoch.run();
            }
            recording.stop();
            Path file = Files.createTempFile("profile", ".jfr");
            try {
                recording.dump(file);
                return RecordingFile.readAllEvents(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new IllegalStateException("the flight recorder's file: " + e.getMessage(), e);
        }
    }

    private static boolean isTraining(RecordedStackTrace stack) {
        return stack.getFrames().stream()
                .anyMatch(
                        frame -> isOf(frame, EpochInOrder.class.getName()) || isOf(frame, ShardedStep.class.getName()));
    }

    private static boolean isOf(RecordedFrame frame, String type) {
        return frame.getMethod().getType().getName().equals(type);
    }

    /// The method of the backend that was called, or a name for none.
    private static String kernel(RecordedStackTrace stack) {
        for (RecordedFrame frame : stack.getFrames()) {
            boolean ofBackend =
                    isOf(frame, VectorBackend.class.getName()) || isOf(frame, ScalarBackend.class.getName());
            if (ofBackend && !frame.getMethod().getName().startsWith("lambda$")) {
                return "`" + frame.getMethod().getName() + "`";
            }
        }
        return "outside the backend";
    }

    private static int column(RecordedStackTrace stack) {
        for (RecordedFrame frame : stack.getFrames()) {
            String type = frame.getMethod().getType().getName();
            if (PRODUCTS.contains(type)) {
                return 0;
            }
            if (PACKING.contains(type)) {
                return 1;
            }
            if (type.startsWith(BACKEND)) {
                return 2;
            }
        }
        return 2;
    }
}
