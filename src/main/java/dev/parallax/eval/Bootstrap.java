package dev.parallax.eval;

import dev.parallax.BadInputException;
import dev.parallax.random.RandomStream;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// Intervals by resampling: how far would the statistic move, had other speakers been recorded?
///
/// A replicate draws as many clusters as there are, with replacement, and from each drawn cluster as many
/// utterances as it has, with replacement. The interval of level 1 - a lies between the a/2 and the 1 - a/2
/// quantile of the replicates. The p quantile of R sorted replicates is the one at rank (R + 1) p, interpolated
/// between neighbours. Drawing utterances too makes the interval rather too wide than too narrow when clusters
/// are large.
///
/// With fewer than [#LEAST_CLUSTERS] clusters, only utterances are drawn, from all of them, and the result is
/// marked: a few speakers cannot show how speakers differ.
///
/// Source: Efron, Tibshirani, "An Introduction to the Bootstrap", 1993, chapters 8 and 13; the
/// ranks, and resampling at two levels: Davison, Hinkley, "Bootstrap Methods and their Application",
/// 1997, sections 5.3 and 3.8.
///
/// @param replicates R, such that (R + 1) a/2 is at least 1
/// @param level      nominal coverage 1 - a, in (0, 1)
/// @param seed       replicate r depends on the seed and r alone
public record Bootstrap(int replicates, double level, long seed) {

    /// With fewer clusters than these, only utterances are resampled.
    public static final int LEAST_CLUSTERS = 8;

    private static final int STREAM = 0x626F6F74;
    private static final int RUNS = 1; // the branch of a replicate's stream that draws runs

    /// Checks the ranges.
    public Bootstrap {
        if (!(level > 0 && level < 1)) {
            throw new BadInputException(
                    "bootstrap: the level is " + level + ", expected between 0 and 1, such as 0.95");
        }
        if (rank(replicates, (1 - level) / 2) < 1) {
            int least = (int) Math.min(Integer.MAX_VALUE, Math.ceil(2 / (1 - level) - 1 - 1e-6));
            throw new BadInputException("bootstrap: " + replicates + " replicates are too few for the level " + level
                    + ", take at least " + least);
        }
    }

    /// 2000 replicates, level 0.95.
    public static Bootstrap standard(long seed) {
        return new Bootstrap(2000, 0.95, seed);
    }

    /// The interval of a statistic.
    ///
    /// @param statistic finite for any choice of the utterances
    /// @param clusters  the speakers or dialogues of all utterances
    public Interval of(Statistic statistic, Clusters clusters) {
        int n = clusters.utterances();
        boolean within = clusters.count() < LEAST_CLUSTERS;
        return interval(
                statistic.of(IntStream.range(0, n).toArray()),
                clusters.count(),
                within,
                random -> statistic.of(within ? numbers(random, n) : utterances(random, clusters)));
    }

    /// The interval of the unweighted accuracy that one run can be expected to have. A replicate draws runs with
    /// replacement, too, as many as there are: another training has other seeds.
    ///
    /// Source: Owen, "The Pigeonhole Bootstrap", Annals of Applied Statistics 1 (2007), for two crossed factors.
    ///
    /// @param clusters the speakers or dialogues of all utterances
    public Interval of(RepeatedPredictions predictions, Clusters clusters) {
        int n = clusters.utterances();
        boolean within = clusters.count() < LEAST_CLUSTERS;
        return interval(predictions.unweightedAccuracy(), clusters.count(), within, random -> {
            int[] runs = numbers(random.branch(RUNS), predictions.runs());
            return predictions.unweightedAccuracy(runs, within ? numbers(random, n) : utterances(random, clusters));
        });
    }

    /// The interval of a paired difference. A replicate draws runs, the same for both systems, and whole
    /// clusters: the noise of single utterances is in the differences of clusters already, and drawing them
    /// again would double it.
    public Interval of(PairedDifference difference) {
        RepeatedPredictions first = difference.first();
        RepeatedPredictions second = difference.second();
        Clusters clusters = difference.clusters();
        boolean within = clusters.count() < LEAST_CLUSTERS;
        Clusters drawn = within ? Clusters.single(clusters.utterances()) : clusters;
        ClusterCounts one = ClusterCounts.of(first, drawn);
        ClusterCounts other = ClusterCounts.of(second, drawn);
        double estimate = first.unweightedAccuracy() - second.unweightedAccuracy();
        return interval(estimate, clusters.count(), within, random -> {
            int[] runs = numbers(random.branch(RUNS), Math.max(first.runs(), second.runs()));
            int[] these = numbers(random, drawn.count());
            return one.unweightedAccuracy(runs, these) - other.unweightedAccuracy(runs, these);
        });
    }

    private Interval interval(double estimate, int clusters, boolean within, ToDoubleFunction<RandomStream> replicate) {
        double[] values = new double[replicates];
        for (int r = 0; r < replicates; r++) {
            values[r] = finite(replicate.applyAsDouble(new RandomStream(seed, 0, STREAM, r)));
        }
        Arrays.sort(values);
        double tail = (1 - level) / 2;
        return new Interval(
                finite(estimate), quantile(values, tail), quantile(values, 1 - tail), level, clusters, within);
    }

    private static int[] numbers(RandomStream random, int n) {
        int[] drawn = new int[n];
        for (int i = 0; i < n; i++) {
            drawn[i] = random.nextInt(n);
        }
        return drawn;
    }

    private static int[] utterances(RandomStream random, Clusters clusters) {
        int[] chosen = numbers(random, clusters.count());
        int[] drawn = new int[Arrays.stream(chosen).map(clusters::size).sum()];
        int i = 0;
        for (int cluster : chosen) {
            for (int end = i + clusters.size(cluster); i < end; i++) {
                drawn[i] = clusters.member(cluster, random.nextInt(clusters.size(cluster)));
            }
        }
        return drawn;
    }

    private static double finite(double value) {
        if (!Double.isFinite(value)) {
            throw new BadInputException("bootstrap: the statistic is " + value + " for some of the utterances, expected"
                    + " a finite number; take one that is defined when classes are missing");
        }
        return value;
    }

    private static double rank(int replicates, double p) {
        return (replicates + 1) * p + 1e-9; // 2001 · 0.025 and the like must not miss a whole rank by rounding
    }

    private static double quantile(double[] sorted, double p) {
        double rank = Math.clamp(rank(sorted.length, p), 1, sorted.length);
        int below = (int) rank;
        double low = sorted[below - 1];
        double high = sorted[Math.min(below, sorted.length - 1)];
        return low + (rank - below) * (high - low);
    }
}
