package dev.parallax.eval;

import dev.parallax.BadInputException;
import dev.parallax.ShapeException;
import dev.parallax.random.RandomStream;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// Could the difference between two systems be chance? If they were equally good, it would not matter
/// whose prediction is whose, so the predictions of whole clusters are swapped at random, and the
/// difference is scored again:
///
///     p = #{|d'| >= |d|} / 2^k             all ways of swapping k clusters, if at most 10 000
///     p = (1 + #{|d'| >= |d|}) / (1 + R)   R random ways; the actual one is counted among them
///
/// Clusters in which the systems predict the same change nothing when swapped, and do not count in k.
/// Swapping all gives -d, so the exact p is at least 2 / 2^k, and the sampled one at least 1 / (1 + R).
///
/// Sources: Noreen, "Computer-Intensive Methods for Testing Hypotheses", 1989; the added ones: Davison,
/// Hinkley, "Bootstrap Methods and their Application", 1997, section 4.2.
///
/// @param samples R, at least 1
/// @param seed    arrangement r depends on the seed and r alone
public record ApproximateRandomization(int samples, long seed) {

    /// All arrangements are scored when they are no more than these.
    public static final int MOST_EXACT = 10_000;

    private static final int STREAM = 0x73776170;
    private static final double TIE = 1e-12; // the same difference, summed in another order

    /// Checks the range.
    public ApproximateRandomization {
        if (samples < 1) {
            throw new BadInputException("randomization: " + samples + " samples, expected at least 1, such as 9999");
        }
    }

    /// 9999 samples: p is a multiple of 0.0001.
    public static ApproximateRandomization standard(long seed) {
        return new ApproximateRandomization(9999, seed);
    }

    /// Compares two systems.
    ///
    /// @param first    predicted class of each utterance, by the first system; not modified
    /// @param second   the same by the second system
    /// @param score    of predicted classes, such as their unweighted accuracy; finite
    /// @param clusters what is swapped as a whole; [Clusters#single] swaps single utterances
    public Comparison compare(int[] first, int[] second, ToDoubleFunction<int[]> score, Clusters clusters) {
        if (first.length != second.length || first.length != clusters.utterances()) {
            throw new ShapeException("randomization: " + first.length + " and " + second.length + " predictions for "
                    + clusters.utterances() + " utterances");
        }
        double a = score.applyAsDouble(first);
        double b = score.applyAsDouble(second);
        if (!Double.isFinite(a) || !Double.isFinite(b)) {
            throw new BadInputException(
                    "randomization: the scores are " + a + " and " + b + ", expected finite numbers");
        }
        int[][] differing = IntStream.range(0, clusters.count())
                .mapToObj(c -> Arrays.stream(clusters.members(c))
                        .filter(i -> first[i] != second[i])
                        .toArray())
                .filter(members -> members.length > 0)
                .toArray(int[][]::new);
        int[] x = first.clone();
        int[] y = second.clone();
        return arranged(a, b, clusters.count(), differing.length, swapped -> {
            for (int c = 0; c < differing.length; c++) {
                for (int i : differing[c]) {
                    x[i] = swapped[c] ? second[i] : first[i];
                    y[i] = swapped[c] ? first[i] : second[i];
                }
            }
            return score.applyAsDouble(x) - score.applyAsDouble(y);
        });
    }

    /// Compares the unweighted accuracies of two systems, each the mean over its runs: all answers to the
    /// utterances of a cluster are swapped together. The difference is a sum over clusters, so a swap changes
    /// the sign of one part.
    ///
    /// @param difference of the first system and the second
    public Comparison compare(PairedDifference difference) {
        double[] parts = IntStream.range(0, difference.clusters().count())
                .mapToDouble(difference::part)
                .filter(part -> Math.abs(part) > TIE)
                .toArray();
        return arranged(
                difference.first().unweightedAccuracy(),
                difference.second().unweightedAccuracy(),
                difference.clusters().count(),
                parts.length,
                swapped -> {
                    double sum = 0;
                    for (int c = 0; c < parts.length; c++) {
                        sum += swapped[c] ? -parts[c] : parts[c];
                    }
                    return sum;
                });
    }

    /// Scores the ways of swapping.
    ///
    /// @param k          how many clusters differ
    /// @param difference of the scores, where some of these clusters are swapped
    private Comparison arranged(
            double first, double second, int clusters, int k, ToDoubleFunction<boolean[]> difference) {
        boolean exact = k < 31 && 1 << k <= MOST_EXACT;
        int others = exact ? (1 << k) - 1 : samples; // beside the actual arrangement
        double least = Math.abs(first - second) - TIE;
        boolean[] swapped = new boolean[k];
        int asFar = 1;
        for (int r = 1; r <= others; r++) {
            RandomStream random = new RandomStream(seed, 0, STREAM, r);
            for (int c = 0; c < k; c++) {
                swapped[c] = exact ? (r >>> c & 1) == 1 : random.nextInt() < 0;
            }
            asFar += Math.abs(difference.applyAsDouble(swapped)) >= least ? 1 : 0;
        }
        double arrangements = 1.0 + others;
        double smallest = exact ? Math.min(2, arrangements) / arrangements : 1 / arrangements;
        return new Comparison(
                first, second, first - second, asFar / arrangements, smallest, clusters, k, others + 1, exact);
    }
}
