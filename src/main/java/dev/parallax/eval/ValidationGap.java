package dev.parallax.eval;

import dev.parallax.BadInputException;
import dev.parallax.random.RandomStream;
import java.util.Locale;
import java.util.stream.IntStream;

/// Do validation and test part differ in accuracy by more than chance? If both were alike for a model, it would
/// not matter which speaker or dialogue is in which part. So all clusters are dealt anew at random, as many to
/// each part as there are, and the difference is taken again:
///
///     p = (1 + #{d' >= d}) / (1 + R),     d = UA of validation - UA of test
///
/// A validation part that is answered far better is either easier or not independent of training: the vectors
/// were made with a model that was trained on its labels, or it shares voices, sentences or copies with the
/// training part.
///
/// Source: Davison, Hinkley, "Bootstrap Methods and their Application", 1997, section 4.3, permutation tests of
/// two samples.
///
/// @param validation UA of the validation part, mean over the runs
/// @param test       that of the test part
/// @param p          one-sided, in (0, 1]; NaN where the difference is too small to be looked into
public record ValidationGap(double validation, double test, double p) {

    /// The least difference that is worth a warning. A part that chose the epoch is always somewhat too good.
    public static final double LEAST = 0.1;

    /// The largest p of a warning: one training in a thousand is warned of in vain.
    static final double LEVEL = 0.001;

    private static final int ARRANGEMENTS = 9999;
    private static final int STREAM = 0x67617073;
    private static final double TIE = 1e-12; // the same difference, summed in another order

    /// Compares the parts.
    ///
    /// @param validation         answers on the validation part
    /// @param validationClusters the speakers or dialogues of its utterances
    /// @param test               answers of as many runs on the test part
    /// @param testClusters       the speakers or dialogues of its utterances
    /// @param seed               of the random arrangements
    public static ValidationGap of(
            RepeatedPredictions validation,
            Clusters validationClusters,
            RepeatedPredictions test,
            Clusters testClusters,
            long seed) {
        if (validation.classes() != test.classes()) {
            throw new BadInputException("validation gap: " + validation.classes() + " classes on the validation part, "
                    + test.classes() + " on the test part");
        }
        double a = validation.unweightedAccuracy();
        double b = test.unweightedAccuracy();
        if (a - b < LEAST) {
            return new ValidationGap(a, b, Double.NaN);
        }
        Parts parts = new Parts(validationClusters.count() + testClusters.count(), test.classes());
        parts.add(0, validation, validationClusters);
        parts.add(validationClusters.count(), test, testClusters);
        int[] order = IntStream.range(0, parts.count()).toArray();
        double least = parts.difference(order, validationClusters.count()) - TIE;
        int asFar = 1;
        for (int r = 1; r <= ARRANGEMENTS; r++) {
            int[] dealt = order.clone();
            new RandomStream(seed, 0, STREAM, r).shuffle(dealt);
            asFar += parts.difference(dealt, validationClusters.count()) >= least ? 1 : 0;
        }
        return new ValidationGap(a, b, asFar / (1.0 + ARRANGEMENTS));
    }

    /// The utterances of each class in each cluster of both parts, and how many of them are right, mean over
    /// the runs.
    private static final class Parts {

        private final double[][] support; // [clusters][classes]
        private final double[][] right;

        Parts(int clusters, int classes) {
            support = new double[clusters][classes];
            right = new double[clusters][classes];
        }

        int count() {
            return support.length;
        }

        void add(int start, RepeatedPredictions predictions, Clusters clusters) {
            for (int g = 0; g < clusters.count(); g++) {
                for (int i : clusters.members(g)) {
                    support[start + g][predictions.truth(i)]++;
                    right[start + g][predictions.truth(i)] += predictions.share(i);
                }
            }
        }

        /// UA of the first clusters of an order less UA of the others.
        double difference(int[] order, int first) {
            return accuracy(order, 0, first) - accuracy(order, first, order.length);
        }

        private double accuracy(int[] order, int from, int to) {
            double recalls = 0;
            int present = 0;
            for (int c = 0; c < support[0].length; c++) {
                double all = 0;
                double hits = 0;
                for (int k = from; k < to; k++) {
                    all += support[order[k]][c];
                    hits += right[order[k]][c];
                }
                if (all > 0) {
                    recalls += hits / all;
                    present++;
                }
            }
            return recalls / present;
        }
    }

    /// Whether the difference is large, and larger than chance explains.
    public boolean isSuspicious() {
        return validation - test >= LEAST && p <= LEVEL;
    }

    /// What was found and what it may mean, in sentences.
    public String describe() {
        return String.format(
                Locale.ROOT,
                "Validation and test part company: unweighted accuracy %.3f on the validation part, %.3f on the test part"
                        + " (p %.4f, dealing speakers or dialogues anew). The validation part is easier, or it is not"
                        + " independent of training: vectors that were made with a model trained on these labels, or"
                        + " voices, sentences or copies that training shares. What it chose (epoch, temperature, settings)"
                        + " is then no choice; the test score is the one to believe, unless the test labels were seen too.",
                validation,
                test,
                p);
    }
}
