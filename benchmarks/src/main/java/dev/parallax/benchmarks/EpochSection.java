package dev.parallax.benchmarks;

import java.util.Collections;
import java.util.List;

/// The part of the page about whole epochs of training.
final class EpochSection {

    private static final double LEAST_SPEEDUP = 1.7; // of two threads

    private EpochSection() {}

    /// Measures on one thread and on two, and returns the text.
    ///
    /// @param rounds how often each peer is timed; ours is timed twice as often
    static String measure(Workload workload, Peer pyTorch, Peer libtorch, int rounds) {
        boolean slow = workload.isSlow();
        List<Peer> peers = List.of(pyTorch, libtorch);
        List<EpochTimes> both =
                List.of(EpochTimes.measure(workload, 1, peers, rounds), EpochTimes.measure(workload, 2, peers, rounds));
        List<Double> one = both.getFirst().ours();
        List<Double> two = both.getLast().ours();
        double speedup = EpochTimes.median(one) / EpochTimes.median(two);
        double fastest = Collections.min(one) / Collections.min(two); // the least disturbed by other processes
        return """
                ## Epochs of the %s workload beside PyTorch

                %s

                %s

                Two peers: PyTorch is `peers/pytorch_epoch.py` on %s; libtorch is the same in `torch/` on
                %s.%s Each time a new process times one epoch after one that it does not time.
                All run in turn (ours, the peers packed, ours, the peers padded, and again); each figure is the median
                of so many epochs as stand in parentheses. *Packed* excludes the padding from the recurrence, as
                Parallax does; *padded* runs over it.%s A dash is what was not measured.

                | threads | peer | Parallax [s] | packed [s] | padded [s] | Parallax / packed | bar | Parallax / padded | bar |
                |---|---|---|---|---|---|---|---|---|
                %s
                Two threads of Parallax are %s times as fast as one (%s); by the fastest epoch of each, %s times.
                """.formatted(
                workload.peerName(),
                workload.title(),
                Machine.line(),
                version(pyTorch, "no PyTorch"),
                version(libtorch, "no libtorch: it could not be fetched, or does not start"),
                policy(),
                slow ? " The peers are slow here: packed one epoch, on one thread; libtorch one epoch of each." : "",
                rows(both),
                Say.number(speedup, 2),
                Say.atLeast(speedup, LEAST_SPEEDUP),
                Say.number(fastest, 2));
    }

    private static String version(Peer peer, String otherwise) {
        return peer.isThere() ? peer.version() : otherwise;
    }

    private static String policy() {
        String waiting = System.getenv("OMP_WAIT_POLICY");
        return waiting == null ? "" : " Both with OMP_WAIT_POLICY=" + waiting + ".";
    }

    private static String rows(List<EpochTimes> both) {
        StringBuilder rows = new StringBuilder();
        for (EpochTimes times : both) {
            for (PeerTimes peer : times.peers()) {
                rows.append(row(times, peer));
            }
        }
        return rows.toString();
    }

    private static String row(EpochTimes times, PeerTimes peer) {
        boolean dialogue = times.workload() == Workload.DIALOGUE;
        boolean barred = peer.peer().name().equals("PyTorch"); // the limits were set against that one
        double ours = EpochTimes.median(times.ours());
        double packed = ours / EpochTimes.median(peer.packed());
        double padded = ours / EpochTimes.median(peer.padded());
        List<String> cells = List.of(
                String.valueOf(times.threads()),
                peer.peer().name(),
                cell(times.ours()),
                cell(peer.packed()),
                cell(peer.padded()),
                Say.number(packed, 3),
                barred ? Say.atMost(packed, dialogue ? 0.30 : 0.10) : "",
                Say.number(padded, 3),
                barred ? Say.atMost(padded, dialogue ? 0.42 : 0.20) : "");
        return "| " + String.join(" | ", cells) + " |\n";
    }

    private static String cell(List<Double> times) {
        double median = EpochTimes.median(times);
        return times.isEmpty() ? "-" : Say.number(median, median < 10 ? 3 : 1) + " (" + times.size() + ")";
    }
}
