package dev.parallax.benchmarks;

import java.util.ArrayList;
import java.util.List;

/// The part of the page about whole epochs of training.
final class EpochSection {

    private static final double LEAST_SPEEDUP = 1.7; // of two threads

    private EpochSection() {}

    /// Measures and writes.
    ///
    /// @param rounds          of the dialogue workload
    /// @param utteranceRounds of the utterance workload, whose peer is slow
    static String measure(Peer peer, int rounds, int utteranceRounds) {
        List<EpochTimes> all = new ArrayList<>();
        for (int threads : new int[] {1, 2}) {
            all.add(EpochTimes.measure(Workload.DIALOGUE, threads, peer, rounds, rounds));
        }
        for (int threads : new int[] {1, 2}) {
            all.add(EpochTimes.measure(Workload.UTTERANCE, threads, peer, utteranceRounds, threads == 1 ? 1 : 0));
        }
        return """
                ## Epochs of training beside PyTorch

                %s
                The peer is `peers/pytorch_epoch.py` on %s, in a process of its own, one epoch after one that is not
                timed. Ours and the peer's run in turn (ours, packed, ours, padded, and again); medians of so many
                epochs as stand in parentheses. *Packed* excludes the padding from the recurrence, as Parallax does;
                *padded* runs over it. The packed utterance workload is slow in PyTorch: one epoch, on one thread.

                | workload | threads | Parallax [s] | PyTorch packed [s] | PyTorch padded [s] | of packed | bar | of padded | bar |
                |---|---|---|---|---|---|---|---|---|
                %s
                | workload | 2 threads against 1 | bar |
                |---|---|---|
                %s"""
                .formatted(Machine.line(), peer.version(), rows(all), speedups(all));
    }

    private static String rows(List<EpochTimes> all) {
        StringBuilder rows = new StringBuilder();
        for (EpochTimes times : all) {
            boolean dialogue = times.workload() == Workload.DIALOGUE;
            double ours = EpochTimes.median(times.ours());
            double packed = ours / EpochTimes.median(times.packed());
            double padded = ours / EpochTimes.median(times.padded());
            rows.append("| ").append(times.workload().peerName());
            rows.append(" | ").append(times.threads());
            rows.append(" | ").append(cell(times.ours()));
            rows.append(" | ").append(cell(times.packed()));
            rows.append(" | ").append(cell(times.padded()));
            rows.append(" | ").append(Say.number(packed, 3));
            rows.append(" | ").append(Say.atMost(packed, dialogue ? 0.30 : 0.10));
            rows.append(" | ").append(Say.number(padded, 3));
            rows.append(" | ").append(Say.atMost(padded, dialogue ? 0.42 : 0.20)).append(" |\n");
        }
        return rows.toString();
    }

    private static String speedups(List<EpochTimes> all) {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i + 1 < all.size(); i += 2) {
            double ratio = EpochTimes.median(all.get(i).ours())
                    / EpochTimes.median(all.get(i + 1).ours());
            rows.append("| ").append(all.get(i).workload().peerName());
            rows.append(" | ").append(Say.number(ratio, 2));
            rows.append(" | ").append(Say.atLeast(ratio, LEAST_SPEEDUP)).append(" |\n");
        }
        return rows.toString();
    }

    private static String cell(List<Double> times) {
        double median = EpochTimes.median(times);
        return times.isEmpty() ? "-" : Say.number(median, median < 10 ? 3 : 1) + " (" + times.size() + ")";
    }
}
