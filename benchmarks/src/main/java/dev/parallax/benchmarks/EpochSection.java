package dev.parallax.benchmarks;

import java.util.Collections;
import java.util.List;

/// The part of the page about whole epochs of training.
final class EpochSection {

    private static final double LEAST_SPEEDUP = 1.7; // of two threads

    private EpochSection() {}

    /// Measures on one thread and on two, and writes.
    ///
    /// @param rounds how often the peer is timed; ours is timed twice as often
    static String measure(Workload workload, Peer peer, int rounds) {
        boolean slow = workload == Workload.UTTERANCE;
        List<EpochTimes> both = List.of(
                EpochTimes.measure(workload, 1, peer, rounds, slow ? 1 : rounds),
                EpochTimes.measure(workload, 2, peer, rounds, slow ? 0 : rounds));
        List<Double> one = both.getFirst().ours();
        List<Double> two = both.getLast().ours();
        double speedup = EpochTimes.median(one) / EpochTimes.median(two);
        double fastest = Collections.min(one) / Collections.min(two); // what others on the machine disturb least
        return """
                ## Epochs of the %s workload beside PyTorch

                %s

                %s

                The peer is `peers/pytorch_epoch.py` on %s, a new process each time, which times one epoch after one
                that it does not time. Ours and the peer's run in turn (ours, packed, ours, padded, and again); each
                figure is the median of so many epochs as stand in parentheses. *Packed* excludes the padding from the
                recurrence, as Parallax does; *padded* runs over it.%s A dash is what was not measured.

                | threads | Parallax [s] | packed [s] | padded [s] | Parallax / packed | bar | Parallax / padded | bar |
                |---|---|---|---|---|---|---|---|
                %s
                Two threads of Parallax are %s times as fast as one (%s); by the fastest epoch of each, %s times.
                """.formatted(
                        workload.peerName(),
                        workload.title(),
                        Machine.line(),
                        peer.version(),
                        slow ? " The packed peer is slow here: one epoch, on one thread." : "",
                        rows(both),
                        Say.number(speedup, 2),
                        Say.atLeast(speedup, LEAST_SPEEDUP),
                        Say.number(fastest, 2));
    }

    private static String rows(List<EpochTimes> both) {
        StringBuilder rows = new StringBuilder();
        for (EpochTimes times : both) {
            boolean dialogue = times.workload() == Workload.DIALOGUE;
            double ours = EpochTimes.median(times.ours());
            double packed = ours / EpochTimes.median(times.packed());
            double padded = ours / EpochTimes.median(times.padded());
            rows.append("| ").append(times.threads());
            rows.append(" | ").append(cell(times.ours()));
            rows.append(" | ").append(cell(times.packed()));
            rows.append(" | ").append(cell(times.padded()));
            rows.append(" | ").append(Say.number(packed, 3));
            rows.append(" | ").append(Say.atMost(packed, dialogue ? 0.30 : 0.10));
            rows.append(" | ").append(Say.number(padded, 3));
            rows.append(" | ")
                    .append(Say.atMost(padded, dialogue ? 0.42 : 0.20))
                    .append(" |\n");
        }
        return rows.toString();
    }

    private static String cell(List<Double> times) {
        double median = EpochTimes.median(times);
        return times.isEmpty() ? "-" : Say.number(median, median < 10 ? 3 : 1) + " (" + times.size() + ")";
    }
}
