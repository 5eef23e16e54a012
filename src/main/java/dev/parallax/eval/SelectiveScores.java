package dev.parallax.eval;

import dev.parallax.ShapeException;
import java.util.Arrays;
import java.util.stream.IntStream;

/// How well the confidence shows which answers to keep: those called sure, and what any other threshold would keep.
///
/// @param answers      how many there are
/// @param sure         how many are called sure
/// @param sureAndWrong how many of these are wrong
/// @param doubtful     how many rest on something unlike the training data; they are never sure
/// @param curve        risk over coverage; a doubtful answer is less confident than every one that is not
public record SelectiveScores(int answers, int sure, int sureAndWrong, int doubtful, RiskCoverage curve) {

    /// Scores of answers.
    ///
    /// @param told          the class of each answer, not modified, as are all of these
    /// @param probabilities of that class, in [0, 1]
    /// @param isSure        whether it is called sure
    /// @param isDoubtful    whether it rests on something unlike the training data
    /// @param truth         the true class
    public static SelectiveScores of(
            int[] told, double[] probabilities, boolean[] isSure, boolean[] isDoubtful, int[] truth) {
        int n = told.length;
        if (probabilities.length != n || isSure.length != n || isDoubtful.length != n || truth.length != n) {
            throw new ShapeException("selective scores: " + n + " answers, " + probabilities.length + " probabilities, "
                    + isSure.length + " and " + isDoubtful.length + " flags, " + truth.length + " true classes");
        }
        double[] confidences = new double[n];
        boolean[] isWrong = new boolean[n];
        for (int i = 0; i < n; i++) {
            confidences[i] = confidence(probabilities[i], isDoubtful[i]);
            isWrong[i] = told[i] != truth[i];
        }
        return new SelectiveScores(
                n,
                (int) IntStream.range(0, n).filter(i -> isSure[i]).count(),
                (int) IntStream.range(0, n).filter(i -> isSure[i] && isWrong[i]).count(),
                (int) IntStream.range(0, n).filter(i -> isDoubtful[i]).count(),
                RiskCoverage.of(confidences, isWrong));
    }

    /// The order of answers: p, or p - 1 where the answer is doubtful, so that those come last, the most probable
    /// first.
    ///
    /// @param probability p of the answer, in (0, 1]
    static double confidence(double probability, boolean isDoubtful) {
        return isDoubtful ? probability - 1 : probability;
    }

    /// The same of answers without doubts that are all called sure.
    ///
    /// @param probabilities `[answers][classes]`, not modified
    /// @param truth         the true classes, as many
    public static SelectiveScores plain(double[][] probabilities, int[] truth) {
        int[] told = Probabilities.argmax(probabilities);
        boolean[] isSure = new boolean[told.length];
        Arrays.fill(isSure, true);
        double[] largest = IntStream.range(0, told.length)
                .mapToDouble(i -> probabilities[i][told[i]])
                .toArray();
        return of(told, largest, isSure, new boolean[told.length], truth);
    }

    /// Share of the answers that is sure, and the share of wrong ones among these. It lies on the curve where one
    /// threshold holds for all answers.
    public RiskCoverage.Point operatingPoint() {
        return new RiskCoverage.Point((double) sure / answers, sure == 0 ? Double.NaN : (double) sureAndWrong / sure);
    }

    /// Share of all answers that is sure and wrong.
    public double sureAndWrongShare() {
        return (double) sureAndWrong / answers;
    }

    /// Share of right ones among the sure; NaN where none is sure.
    public double accuracyOfSure() {
        return 1 - operatingPoint().risk();
    }

    /// Share of the answers that is doubtful.
    public double doubtfulShare() {
        return (double) doubtful / answers;
    }
}
