package dev.parallax.eval;

import java.util.Arrays;
import java.util.stream.IntStream;

/// The right answers of a system, counted by cluster, class and run: all that the unweighted accuracy of whole
/// clusters needs. Clusters are drawn thousands of times, and have far fewer classes than utterances. Immutable.
final class ClusterCounts {

    private final Count[][] counts; // [clusters][classes that occur]
    private final int classes;

    private ClusterCounts(Count[][] counts, int classes) {
        this.counts = counts;
        this.classes = classes;
    }

    /// Of one class in one cluster.
    private static final class Count {
        final int label;
        final int support; // its utterances
        final int[] right; // how many of them each run gets right

        Count(int label, int support, int... right) {
            this.label = label;
            this.support = support;
            this.right = right;
        }
    }

    /// Counts the answers.
    ///
    /// @param clusters of the same utterances
    static ClusterCounts of(RepeatedPredictions predictions, Clusters clusters) {
        return new ClusterCounts(
                IntStream.range(0, clusters.count())
                        .mapToObj(g -> counts(predictions, clusters.members(g)))
                        .toArray(Count[][]::new),
                predictions.classes());
    }

    private static Count[] counts(RepeatedPredictions predictions, int... members) {
        return Arrays.stream(members)
                .map(predictions::truth)
                .sorted()
                .distinct()
                .mapToObj(label -> {
                    int[] own = Arrays.stream(members)
                            .filter(i -> predictions.truth(i) == label)
                            .toArray();
                    int[] right = IntStream.range(0, predictions.runs())
                            .map(run -> (int) Arrays.stream(own)
                                    .filter(i -> predictions.isRight(i, run))
                                    .count())
                            .toArray();
                    return new Count(label, own.length, right);
                })
                .toArray(Count[]::new);
    }

    /// UA of some runs on all utterances of some clusters: what is named twice counts twice.
    ///
    /// @param some  numbers of runs; a system with a single run always takes that one
    /// @param these numbers of clusters
    double unweightedAccuracy(int[] some, int[] these) {
        int[] support = new int[classes];
        int[] hits = new int[classes];
        int[] runs = counts[0][0].right.length == 1 ? new int[1] : some;
        for (int g : these) {
            for (Count count : counts[g]) {
                support[count.label] += count.support;
                for (int r : runs) {
                    hits[count.label] += count.right[r];
                }
            }
        }
        return RepeatedPredictions.meanRecall(hits, support) / runs.length;
    }
}
