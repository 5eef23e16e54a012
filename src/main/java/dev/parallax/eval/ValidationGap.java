package dev.parallax.eval;

import dev.parallax.BadInputException;
import dev.parallax.random.RandomStream;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Do validation and test part differ in accuracy by more than chance? If both were alike for a model, it would
/// not matter which speaker or dialogue is in which part. So all clusters are dealt anew at random, as many to
/// each part as there are, and the difference is taken again:
///
///     p = (1 + #{d' >= d}) / (1 + R),     d = UA of validation - UA of test
///
/// A validation part that is answered far better is either easier or not independent of training: the vectors
/// were made with a model that was trained on its labels, or it shares voices, sentences or copies with the
/// training part. Whatever it chose is then doubtful, the threshold of sure answers too. This is a warning and
/// changes no answer: it rests on the test part, which never chooses anything.
///
/// Few clusters can be dealt in few ways: three against three in 20, so that p is never below 1/20. Then a difference
/// of [#FAR] is told as one that may be chance and may be more.
///
/// Source: Davison, Hinkley, "Bootstrap Methods and their Application", 1997, section 4.3, permutation tests of
/// two samples.
///
/// @param validation UA of the validation part, mean over the runs
/// @param test       that of the test part
/// @param p          one-sided, in (0, 1]; NaN where the difference is too small to be looked into
/// @param leastP     the least p that so many clusters allow, in (0, 1]
public record ValidationGap(double validation, double test, double p, double leastP) {

    /// The least difference that is worth a warning. A part that chose the epoch is always somewhat too good.
    public static final double LEAST = 0.1;

    /// The largest p of a warning: one training in a thousand is warned of in vain.
    static final double LEVEL = 0.001;

    /// The least difference that is told where too few clusters leave it open. In the fifteen default trainings on
    /// EMO-DB that README reports, two speakers against two others differ by up to 0.21.
    public static final double FAR = 0.25;

    private static final String MEANING = "The validation part may be easier. Or it is not independent of training: its"
            + " vectors were made with a model trained on these labels, or training shares its voices, sentences or copies.";
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
        double leastP = leastP(validationClusters.count(), testClusters.count());
        if (a - b < LEAST) {
            return new ValidationGap(a, b, Double.NaN, leastP);
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
        return new ValidationGap(a, b, asFar / (1.0 + ARRANGEMENTS), leastP);
    }

    /// One over the number of ways to deal the clusters, n! / k! / (n - k)!, or over that of the arrangements.
    private static double leastP(int k, int others) {
        double ways = 1;
        for (int i = 1; i <= k; i++) {
            ways *= (others + i) / (double) i;
        }
        return 1 / Math.min(ways, 1.0 + ARRANGEMENTS);
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

    /// Whether the difference is very large, and so few clusters cannot tell it from chance.
    boolean isOpen() {
        return validation - test >= FAR && leastP > LEVEL;
    }

    /// What was found and what it may mean, in sentences; null where there is nothing to warn of.
    public @Nullable String warning() {
        if (isSuspicious()) {
            return scores("VALIDATION AND TEST PART COMPANY")
                    + String.format(Locale.ROOT, " (p %.4f, dealing speakers or dialogues anew). ", p)
                    + MEANING
                    + " What it chose (epoch, settings, temperature, threshold of sure answers) is then hardly a choice:"
                    + " do not trust the probabilities, nor what is called sure. Believe the test score, unless the"
                    + " test labels were seen too.";
        }
        return isOpen()
                ? scores("validation and test are far apart")
                        + String.format(
                                Locale.ROOT,
                                ". With so few speakers or dialogues in both that may be chance (p cannot be below %.3f). ",
                                leastP)
                        + MEANING
                        + " Other test speakers, or more of them, would tell."
                : null;
    }

    private String scores(String head) {
        return String.format(
                Locale.ROOT,
                "%s: unweighted accuracy %.3f on the validation part, %.3f on the test part",
                head,
                validation,
                test);
    }
}
