package dev.parallax.benchmarks;

import dev.parallax.backend.Backends;
import dev.parallax.train.EpochInOrder;
import dev.parallax.train.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Seconds of an epoch here and in PyTorch, in turn: ours, the peer's packed, ours, the peer's padded, and again.
///
/// @param ours   each epoch [s]
/// @param packed the peer with packed sequences; may be empty
/// @param padded the peer over the padding; may be empty
record EpochTimes(Workload workload, int threads, List<Double> ours, List<Double> packed, List<Double> padded) {

    /// @param peer         may lack PyTorch
    /// @param rounds       how often each is timed
    /// @param packedRounds how often the packed peer is, at most
    static EpochTimes measure(Workload workload, int threads, Peer peer, int rounds, int packedRounds) {
        EpochTimes times = new EpochTimes(workload, threads, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        boolean peerIsThere = peer.isThere();
        try (Workers workers = new Workers(threads)) {
            EpochInOrder epoch = workload.prepare(Backends.choose("auto", line -> {}), workers);
            times.warmUp(epoch);
            for (int round = 0; round < rounds; round++) {
                times.addOurs(epoch);
                if (peerIsThere && round < packedRounds) {
                    peer.epoch(workload, threads, "packed").ifPresent(times.packed::add);
                }
                times.addOurs(epoch);
                if (peerIsThere) {
                    peer.epoch(workload, threads, "padded").ifPresent(times.padded::add);
                }
                Say.line(workload.peerName() + ", threads " + threads + ", round " + (round + 1) + ": ours "
                        + last(times.ours) + ", packed " + last(times.packed) + ", padded " + last(times.padded));
            }
        }
        return times;
    }

    /// The JIT needs some hundred steps; the loss must fall meanwhile, or it is no training.
    private void warmUp(EpochInOrder epoch) {
        int epochs = workload == Workload.DIALOGUE ? 8 : 2;
        double first = epoch.run();
        double last = first;
        for (int i = 1; i < epochs; i++) {
            last = epoch.run();
        }
        if (!(last < first)) {
            throw new IllegalStateException(workload + ": the loss went from " + first + " to " + last + " in " + epochs
                    + " epochs; it must fall");
        }
    }

    private void addOurs(EpochInOrder epoch) {
        long start = System.nanoTime();
        epoch.run();
        ours.add((System.nanoTime() - start) * 1e-9);
    }

    private static String last(List<Double> times) {
        return times.isEmpty() ? "-" : Say.number(times.getLast(), 3) + " s";
    }

    /// The median, NaN of none.
    static double median(List<Double> times) {
        double[] sorted = times.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
