package dev.parallax.benchmarks;

import dev.parallax.backend.Backend;
import dev.parallax.backend.device.DeviceBackend;
import dev.parallax.backend.select.Backends;
import dev.parallax.benchmarks.DeviceCheck.Limit;
import dev.parallax.train.Workers;
import java.util.ArrayList;
import java.util.List;

/// Seconds of an epoch of both workloads on one backend: first in the peer's batches, then in larger ones.
final class DeviceEpochs {

    private static final int MOST_EPOCHS = 7; // timed
    private static final int WARM_UP = 3; // of the fast workload

    private final Backend backend;
    private final Workers workers;
    private final String name;
    private final Limit limit;

    private DeviceEpochs(Backend backend, Workers workers, String name, Limit limit) {
        this.backend = backend;
        this.workers = workers;
        this.name = name;
        this.limit = limit;
    }

    static void measure(String name, Limit limit) {
        try (Backend backend = Backends.choose(name, Say::line);
                Workers workers = new Workers(Runtime.getRuntime().availableProcessors())) {
            DeviceEpochs epochs = new DeviceEpochs(backend, workers, name, limit);
            int most = Workload.UTTERANCE.batches().size();
            for (int i = 0; i < most; i++) {
                for (Workload workload : Workload.values()) {
                    if (i < workload.batches().size()) {
                        epochs.measure(workload, workload.batches().get(i), i == 0);
                    }
                }
            }
        }
    }

    /// The name of a row, which [DevicePeer#ratios] reads.
    static String row(Workload workload, int batch) {
        return "epoch, " + workload.peerName() + ", batch " + batch + ": ";
    }

    private void measure(Workload workload, int batch, boolean first) {
        String what = row(workload, batch) + "Parallax, " + name;
        double expected = stands() ? expected(workload, batch) : 0;
        if (2 * expected > limit.left()) { // one is not timed
            DeviceCheck.notMeasured(
                    what,
                    limit.left() < 0
                            ? "the time of this stage was over"
                            : "an epoch takes about " + Say.number(expected, 1) + " s");
            return;
        }
        EpochInOrder epoch = workload.prepare(backend, workers, Integer.MAX_VALUE, batch);
        double before = epoch.run();
        double loss = before;
        if (!workload.isSlow()) { // the JIT compiler needs some
            for (int i = 0; i < WARM_UP && limit.left() > 0; i++) {
                loss = epoch.run();
            }
        }
        List<Double> times = new ArrayList<>();
        DeviceBackend.Counts counts = counts();
        while (times.isEmpty() || (times.size() < MOST_EPOCHS && 2 * times.getLast() < limit.left())) {
            long start = System.nanoTime();
            loss = epoch.run();
            finish();
            times.add((System.nanoTime() - start) * 1e-9);
        }
        if (!(loss < before)) {
            throw new IllegalStateException(what + ": the loss went from " + before + " to " + loss + "; it must fall");
        }
        double time = EpochTimes.median(times);
        DeviceCheck.row(what, Say.number(time, 4), "s", first && DeviceCheck.isGpu(backend) ? bar(workload, time) : "");
        if (first && counts != null) {
            perStep(workload, counts().less(counts), times.size(), workload.steps(Integer.MAX_VALUE, batch));
        }
    }

    /// Of the peer's batches on a GPU, whether CUDA or OpenCL reaches it.
    private static String bar(Workload workload, double time) {
        return Say.atMost(time, workload == Workload.DIALOGUE ? 0.03 : 0.2);
    }

    /// Whether a processor stands for a device: then an epoch may take longer than this stage has.
    private boolean stands() {
        return backend instanceof DeviceBackend && !DeviceCheck.isGpu(backend);
    }

    /// About how long an epoch takes, by some steps of the same size [s]: the shortest, since the first ones also
    /// compile.
    private double expected(Workload workload, int batch) {
        EpochInOrder one = workload.prepare(backend, workers, batch, batch);
        double shortest = Double.POSITIVE_INFINITY;
        double enough = limit.left() / 20;
        for (double spent = 0; spent < enough; ) {
            long start = System.nanoTime();
            one.run();
            finish();
            double time = (System.nanoTime() - start) * 1e-9;
            shortest = Math.min(shortest, time);
            spent += time;
        }
        return shortest * workload.steps(Integer.MAX_VALUE, batch);
    }

    private void finish() {
        try (var memory = backend.memory()) {
            DeviceCheck.finish(backend, memory.allocate(1));
        }
    }

    /// What was asked of a device so far, or null on the processor of this JVM.
    private DeviceBackend.Counts counts() {
        return backend instanceof DeviceBackend device ? device.counts() : null;
    }

    private void perStep(Workload workload, DeviceBackend.Counts counts, int epochs, int stepsOfEpoch) {
        boolean held = workload == Workload.UTTERANCE;
        double steps = epochs * (double) stepsOfEpoch;
        row(workload, "launches", counts.launches() / steps, held ? 200 : Double.NaN);
        row(workload, "uploads", counts.uploads() / steps, held ? 6 : Double.NaN);
        long atEnds = epochs; // reads of this class, one an epoch
        row(workload, "reads", (counts.reads() - atEnds) / steps, held ? 1 : Double.NaN);
    }

    private void row(Workload workload, String what, double count, double bar) {
        DeviceCheck.row(
                what + " a step, " + workload.peerName() + ", " + name,
                Say.number(count, 1),
                "",
                Double.isNaN(bar) ? "" : Say.atMost(count, bar));
    }
}
