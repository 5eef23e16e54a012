package dev.parallax.benchmarks;

import dev.parallax.backend.select.Backends;
import dev.parallax.train.Workers;
import java.util.Arrays;
import java.util.Locale;

/// Runs one task in a process of its own and prints its memory, one name and number per line. [MemorySection] starts
/// it.
public final class MemoryProbe {

    static final int WARM_UP = 20; // epochs
    static final int PREDICTIONS = 200;
    static final int EXTRACTIONS = 20;

    private MemoryProbe() {}

    /// @param arguments `steps WORKLOAD THREADS EXAMPLES EPOCHS`, `epochs WORKLOAD THREADS`, `mfcc` or `predict`
    public static void main(String... arguments) {
        switch (arguments[0]) {
            case "steps" ->
                steps(
                        Workload.valueOf(arguments[1]),
                        Integer.parseInt(arguments[2]),
                        Integer.parseInt(arguments[3]),
                        Integer.parseInt(arguments[4]));
            case "epochs" -> epochs(Workload.valueOf(arguments[1]), Integer.parseInt(arguments[2]));
            case "mfcc" -> mfcc();
            default -> predict();
        }
        say("peak", Memory.peak("self"));
    }

    /// The bytes that steps allocate after warm-up, and those that stay.
    private static void steps(Workload workload, int threads, int examples, int epochs) {
        try (Workers workers = new Workers(threads)) {
            EpochInOrder epoch = workload.prepare(Backends.choose("auto", line -> {}), workers, examples);
            for (int i = 0; i < WARM_UP; i++) {
                epoch.run();
            }
            long live = Memory.live();
            long young = Memory.collections(true);
            long full = Memory.collections(false);
            long old = Memory.old();
            long[] before = Memory.allocated();
            for (int i = 0; i < epochs; i++) {
                epoch.run();
            }
            long[] after = Memory.allocated();
            double steps = (double) epochs * workload.steps(examples);
            double[] each = new double[after.length];
            for (int i = 0; i < each.length; i++) {
                each[i] = (after[i] - before[i]) / steps;
            }
            say("step", Arrays.stream(each).sum());
            say("caller", each[0]);
            for (int i = 1; i < each.length; i++) {
                say("worker" + i, each[i]);
            }
            say("young", Memory.collections(true) - young);
            say("full", Memory.collections(false) - full);
            say("promoted", Memory.old() - old);
            say("growth", Memory.live() - live);
        }
    }

    /// As many epochs as the measurement of speed takes.
    private static void epochs(Workload workload, int threads) {
        try (Workers workers = new Workers(threads)) {
            EpochInOrder epoch = workload.prepare(Backends.choose("auto", line -> {}), workers);
            epoch.run();
            epoch.run();
            say("live", Memory.live());
        }
    }

    private static void mfcc() {
        MfccBenchmark benchmark = new MfccBenchmark();
        benchmark.check();
        for (int i = 0; i < EXTRACTIONS; i++) {
            benchmark.onOneThread();
        }
        say("live", Memory.live());
        benchmark.onOneThread(); // it was in use until here
    }

    private static void predict() {
        PredictBenchmark benchmark = new PredictBenchmark();
        benchmark.check();
        for (int i = 0; i < PREDICTIONS; i++) {
            benchmark.onAllProcessors();
        }
        say("live", Memory.live());
        benchmark.onAllProcessors();
    }

    private static void say(String name, double bytes) {
        System.out.println(name + " " + String.format(Locale.ROOT, "%.0f", bytes));
    }
}
