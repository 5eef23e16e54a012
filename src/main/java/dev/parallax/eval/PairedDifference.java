package dev.parallax.eval;

import dev.parallax.ShapeException;
import java.util.Arrays;
import java.util.stream.IntStream;

/// The difference of two systems in unweighted accuracy, and the part of each cluster in it. The difference is
/// a sum over utterances, so it is a sum over clusters g, too:
///
///     d   = UA of the first - UA of the second, each the mean over its runs ([RepeatedPredictions])
///     d_g = sum over i in g of (a_i - b_i) / (C n(c_i)),     d = sum over g of d_g
///
/// with a_i and b_i the shares of runs that get utterance i right, c_i its class, n(c) the utterances of class
/// c, and C the classes that occur. Its standard error takes the clusters as drawn at random. The numbers n(c)
/// are then random as well, so the recalls are ratios, whose errors are those of their linear approximations:
///
///     e_g = sum over i in g of (a_i - b_i - d(c_i)) / (C n(c_i)),     SE = sqrt(G / (G - 1) sum over g of e_g²)
///
/// with d(c) the difference of the recalls of class c and G the number of clusters. It holds for these runs: the
/// spread over seeds is not in it.
///
/// Source: Binder, "On the Variances of Asymptotically Normal Estimators from Complex Surveys", International
/// Statistical Review 51 (1983), for the linear approximation of ratios over clusters.
public final class PairedDifference {

    private final RepeatedPredictions first;
    private final RepeatedPredictions second;
    private final Clusters clusters;
    private final double[] parts;
    private final double error;

    private PairedDifference(
            RepeatedPredictions first, RepeatedPredictions second, Clusters clusters, double[] parts, double error) {
        this.first = first;
        this.second = second;
        this.clusters = clusters;
        this.parts = parts;
        this.error = error;
    }

    /// The difference first - second.
    ///
    /// @param first    on the same utterances as the second, in the same order; with as many runs, or either with
    ///                 one
    /// @param clusters the speakers or dialogues of the utterances
    public static PairedDifference of(RepeatedPredictions first, RepeatedPredictions second, Clusters clusters) {
        int n = first.utterances();
        if (second.utterances() != n || clusters.utterances() != n) {
            throw new ShapeException("paired difference: " + n + " and " + second.utterances() + " predictions for "
                    + clusters.utterances() + " utterances");
        }
        if (first.runs() != second.runs() && first.runs() != 1 && second.runs() != 1) {
            throw new ShapeException(
                    "paired difference: " + first.runs() + " and " + second.runs() + " runs; expected as many, or one");
        }
        int[] support = new int[first.classes()];
        double[] byClass = new double[first.classes()];
        double[] differences = new double[n];
        for (int i = 0; i < n; i++) {
            differences[i] = first.share(i) - second.share(i);
            support[first.truth(i)]++;
            byClass[first.truth(i)] += differences[i];
        }
        long present = Arrays.stream(support).filter(count -> count > 0).count();
        int count = clusters.count();
        double[] parts = new double[count];
        double squares = 0;
        for (int g = 0; g < count; g++) {
            double residual = 0;
            for (int i : clusters.members(g)) {
                int c = first.truth(i);
                double weight = 1.0 / (present * support[c]);
                parts[g] += weight * differences[i];
                residual += weight * (differences[i] - byClass[c] / support[c]);
            }
            squares += residual * residual;
        }
        double error = count == 1 ? Double.NaN : Math.sqrt(squares * count / (count - 1.0));
        return new PairedDifference(first, second, clusters, parts, error);
    }

    /// The first system.
    RepeatedPredictions first() {
        return first;
    }

    /// The second system.
    RepeatedPredictions second() {
        return second;
    }

    /// What d is summed over.
    Clusters clusters() {
        return clusters;
    }

    /// The part d_g of a cluster.
    double part(int cluster) {
        return parts[cluster];
    }

    /// Whether both systems get the same utterances right, each in the same share of its runs.
    public boolean isZeroEverywhere() {
        return IntStream.range(0, first.utterances()).allMatch(i -> first.share(i) == second.share(i));
    }

    /// SE, over the choice of clusters; NaN for a single cluster. Where one cluster has all utterances of a class,
    /// the recall of that class cannot vary over clusters, and SE counts nothing for it. So it may be 0 where the
    /// systems differ.
    public double standardError() {
        return error;
    }
}
