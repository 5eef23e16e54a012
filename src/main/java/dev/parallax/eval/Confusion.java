package dev.parallax.eval;

import dev.parallax.BadInputException;
import dev.parallax.ShapeException;

/// How often each class was taken for each: `count(t, p)` utterances of true class t were predicted as p. Immutable.
public final class Confusion {

    private final int[][] counts;

    private Confusion(int[][] counts) {
        this.counts = counts;
    }

    /// Counts the pairs.
    ///
    /// @param truth     the true class of each utterance, in 0..classes-1
    /// @param predicted the predicted class of each utterance, in 0..classes-1
    /// @throws BadInputException if there are no utterances, or a class is out of range
    public static Confusion of(int[] truth, int[] predicted, int classes) {
        if (truth.length != predicted.length) {
            throw new ShapeException(
                    "confusion: " + truth.length + " true classes but " + predicted.length + " predicted ones");
        }
        if (truth.length == 0) {
            throw new BadInputException(
                    "confusion: there are no utterances to score; is this part of the split empty?");
        }
        int[][] counts = new int[classes][classes];
        for (int i = 0; i < truth.length; i++) {
            check("confusion", truth[i], "true", i, classes);
            check("confusion", predicted[i], "predicted", i, classes);
            counts[truth[i]][predicted[i]]++;
        }
        return new Confusion(counts);
    }

    public static void check(String what, int label, String which, int i, int classes) {
        if (label < 0 || label >= classes) {
            throw new BadInputException(what + ": the " + which + " class of utterance " + i + " is " + label
                    + ", expected 0.." + (classes - 1));
        }
    }

    /// The number of classes.
    public int classes() {
        return counts.length;
    }

    /// How many utterances of class `truth` were predicted as `predicted`.
    public int count(int truth, int predicted) {
        return counts[truth][predicted];
    }

    /// How many utterances truly are of this class.
    public int support(int truth) {
        int sum = 0;
        for (int count : counts[truth]) {
            sum += count;
        }
        return sum;
    }

    /// How many utterances were predicted as this class.
    public int predicted(int predicted) {
        int sum = 0;
        for (int[] row : counts) {
            sum += row[predicted];
        }
        return sum;
    }

    /// How many utterances there are.
    public int total() {
        int sum = 0;
        for (int truth = 0; truth < counts.length; truth++) {
            sum += support(truth);
        }
        return sum;
    }

    /// How many utterances were predicted right.
    public int correct() {
        int sum = 0;
        for (int c = 0; c < counts.length; c++) {
            sum += counts[c][c];
        }
        return sum;
    }
}
