package dev.parallax.eval;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// How well one speaker (or dialogue) was recognised.
///
/// @param name    of the speaker
/// @param classes how many classes occur in the truth of this speaker
/// @param metrics over these utterances; the unweighted accuracy is the mean over the classes that
///     occur, so that speakers with few of them compare badly with others; the confusion holds the
///     counts
public record ClusterScore(String name, int classes, Metrics metrics) {

    /// The score of each cluster, in their order.
    ///
    /// @param truth     the true class of each utterance, in 0..classes-1
    /// @param predicted the predicted class of each utterance, in 0..classes-1
    public static List<ClusterScore> of(int[] truth, int[] predicted, int classes, Clusters clusters) {
        Confusion.of(truth, predicted, classes); // checks
        return IntStream.range(0, clusters.count())
                .mapToObj(c -> {
                    int[] members = clusters.members(c);
                    Metrics metrics = Metrics.of(pick(truth, members), pick(predicted, members), classes);
                    int present = (int) metrics.perClass().stream()
                            .filter(score -> score.support() > 0)
                            .count();
                    return new ClusterScore(clusters.name(c), present, metrics);
                })
                .toList();
    }

    private static int[] pick(int[] values, int[] members) {
        return Arrays.stream(members).map(i -> values[i]).toArray();
    }
}
