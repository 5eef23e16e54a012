package dev.parallax.benchmarks;

import dev.parallax.backend.select.Backends;
import dev.parallax.train.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Seconds per epoch of Parallax and of the peers, in turn: Parallax, the peers packed, Parallax, the peers padded,
/// and again.
///
/// @param ours each epoch [s]
record EpochTimes(Workload workload, int threads, List<Double> ours, List<PeerTimes> peers) {

    /// @param peers  the first is timed in every round
    /// @param rounds how often each is timed; with a slow workload, the packed peers and all after the first are
    ///               timed in the first round only
    static EpochTimes measure(Workload workload, int threads, List<Peer> peers, int rounds) {
        EpochTimes times = new EpochTimes(
                workload,
                threads,
                new ArrayList<>(),
                peers.stream().map(PeerTimes::new).toList());
        try (Workers workers = new Workers(threads)) {
            EpochInOrder epoch = workload.prepare(Backends.choose("auto", line -> {}), workers);
            times.warmUp(epoch);
            for (int round = 0; round < rounds; round++) {
                times.addOurs(epoch);
                boolean all = round == 0 || !workload.isSlow();
                if (all && (threads == 1 || !workload.isSlow())) {
                    times.peers.forEach(peer -> peer.add(workload, threads, "packed"));
                }
                times.addOurs(epoch);
                times.peers.stream()
                        .limit(all ? peers.size() : 1)
                        .forEach(peer -> peer.add(workload, threads, "padded"));
                times.say(round + 1);
            }
        }
        return times;
    }

    /// The JIT compiler needs some hundred steps; the loss must fall meanwhile, or it is no training.
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

    private void say(int round) {
        StringBuilder line = new StringBuilder(workload.peerName() + ", threads " + threads + ", round " + round);
        line.append(": ours ").append(last(ours));
        for (PeerTimes times : peers) {
            line.append("; ").append(times.peer().name());
            line.append(" packed ").append(last(times.packed()));
            line.append(", padded ").append(last(times.padded()));
        }
        Say.line(line.toString());
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
