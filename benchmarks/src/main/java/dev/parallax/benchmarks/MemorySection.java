package dev.parallax.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The part of the page about memory: the bytes that a training step allocates and that stay, the peak of each
/// benchmark, and a corpus larger than the heap.
final class MemorySection {

    private static final int EPOCHS = 100;
    private static final int UTTERANCES = 64; // two batches; all of them would take twelve minutes
    private static final int CORPUS = 100_000;

    private MemorySection() {}

    /// Measures and returns the text.
    ///
    /// @param parallax the launcher
    static String measure(Peer peer, Path parallax) throws IOException {
        String steps = steps();
        String peaks = peaks(peer);
        Say.line("a corpus of " + CORPUS + " utterances");
        String large = LargeRun.measure(parallax, CORPUS).text(CORPUS);
        return """
                ## Memory

                %s

                Each line is a process of its own with the serial collector and the heap that `bin/parallax` allows it.

                ### What a training step allocates on the heap

                After %d epochs of warm-up, over %d epochs more; the utterance workload is cut to its first %d utterances. The values
                of the batch, results, gradients and saved values of operations are in buffers that are used again and not counted.
                Small objects are counted: lists of examples, shapes, views, tape entries. *Growth* is the heap after a full collection,
                afterwards less before: it varies by less than 1 MB in either direction. *Promoted* is what the old generation gained
                meanwhile.

                | workload | threads | a step, all threads [kB] | caller [kB] | workers [kB] | young collections | full | promoted [kB] | growth [kB] |
                |---|---|---|---|---|---|---|---|---|
                %s
                ### Peak of physical memory [MB]

                `VmHWM` of a process that runs the benchmark: two epochs, %d MFCC of 60 s, %d predictions. The JVM takes a
                heap that is far from full before it collects; *live* is what is in use after a full collection. PyTorch
                runs on one thread, two epochs as well.

                | benchmark | Parallax | live | PyTorch, packed | PyTorch, padded |
                |---|---|---|---|---|
                %s
                ### A corpus larger than the heap

                %s""".formatted(
                        Machine.line(),
                        MemoryProbe.WARM_UP,
                        EPOCHS,
                        UTTERANCES,
                        steps,
                        MemoryProbe.EXTRACTIONS,
                        MemoryProbe.PREDICTIONS,
                        peaks,
                        large);
    }

    private static String steps() {
        StringBuilder rows = new StringBuilder();
        for (Workload workload : Workload.values()) {
            int examples = workload == Workload.DIALOGUE ? Integer.MAX_VALUE : UTTERANCES;
            for (int threads = 1; threads <= 2; threads++) {
                Map<String, Double> found = OwnProcess.numbers(
                        MemoryProbe.class, "steps", workload.name(), "" + threads, "" + examples, "" + EPOCHS);
                String workers = threads == 1
                        ? "-"
                        : kilobytes(found.get("worker1")) + " and " + kilobytes(found.get("worker2"));
                rows.append("| ").append(workload.peerName());
                rows.append(" | ").append(threads);
                rows.append(" | ").append(kilobytes(found.get("step")));
                rows.append(" | ").append(kilobytes(found.get("caller")));
                rows.append(" | ").append(workers);
                rows.append(" | ").append(Say.number(found.get("young"), 0));
                rows.append(" | ").append(Say.number(found.get("full"), 0));
                rows.append(" | ").append(kilobytes(found.get("promoted")));
                rows.append(" | ").append(kilobytes(found.get("growth"))).append(" |\n");
                Say.line(workload + ", threads " + threads + ": " + found);
            }
        }
        return rows.toString();
    }

    private static String peaks(Peer peer) {
        StringBuilder rows = new StringBuilder();
        boolean peerIsThere = peer.isThere();
        for (Workload workload : Workload.values()) {
            for (int threads = 1; threads <= 2; threads++) {
                String name = workload.peerName() + ", epochs on " + (threads == 1 ? "one thread" : "two threads");
                boolean beside = peerIsThere && threads == 1;
                rows.append(row(
                        name,
                        OwnProcess.numbers(MemoryProbe.class, "epochs", workload.name(), "" + threads),
                        beside ? peer.peak(workload, 1, "packed").orElse(Double.NaN) : Double.NaN,
                        beside ? peer.peak(workload, 1, "padded").orElse(Double.NaN) : Double.NaN));
            }
        }
        for (String one : List.of("mfcc", "predict")) {
            rows.append(row(one, OwnProcess.numbers(MemoryProbe.class, one), Double.NaN, Double.NaN));
        }
        return rows.toString();
    }

    private static String row(String name, Map<String, Double> ours, double packed, double padded) {
        Say.line("peak of " + name + ": " + ours + ", PyTorch " + packed + " and " + padded);
        return "| %s | %s | %s | %s | %s |\n"
                .formatted(
                        name,
                        megabytes(ours.get("peak")),
                        megabytes(ours.get("live")),
                        megabytes(packed),
                        megabytes(padded));
    }

    private static String kilobytes(double bytes) {
        return Say.number(bytes * 1e-3, 0);
    }

    private static String megabytes(double bytes) {
        return Say.number(bytes * 1e-6, 0);
    }
}
