package dev.parallax.eval;

import dev.parallax.ShapeException;
import java.util.List;
import java.util.stream.IntStream;

/// Which answers of a system are right, over several runs: the same system trained again with other seeds, on
/// the same utterances. Its score is the unweighted accuracy that one run can be expected to have, the mean
/// over the runs
///
///     UA = mean over runs r of  1/C sum over classes c of  right(r, c) / n(c)
///
/// where C is the number of classes that occur, n(c) the number of utterances of class c, and right(r, c) how
/// many of them run r gets right. Immutable.
public final class RepeatedPredictions {

    private final int[] truth;
    private final boolean[][] right; // [utterances][runs]
    private final int classes;

    private RepeatedPredictions(int[] truth, boolean[][] right, int classes) {
        this.truth = truth;
        this.right = right;
        this.classes = classes;
    }

    /// The predictions of some runs.
    ///
    /// @param truth     the true class of each utterance, in 0..classes-1, at least one; not modified
    /// @param predicted of each run, at least one, the predicted class of each utterance; not modified
    public static RepeatedPredictions of(int[] truth, List<int[]> predicted, int classes) {
        if (predicted.isEmpty()) {
            throw new ShapeException("repeated predictions: there are no runs");
        }
        predicted.forEach(run -> Confusion.of(truth, run, classes)); // checks
        boolean[][] right = new boolean[truth.length][predicted.size()];
        for (int i = 0; i < truth.length; i++) {
            for (int r = 0; r < predicted.size(); r++) {
                right[i][r] = predicted.get(r)[i] == truth[i];
            }
        }
        return new RepeatedPredictions(truth.clone(), right, classes);
    }

    /// How many runs there are.
    public int runs() {
        return right[0].length;
    }

    /// How many utterances each run was scored on.
    public int utterances() {
        return truth.length;
    }

    /// How many classes there may be.
    int classes() {
        return classes;
    }

    /// The true class of an utterance.
    int truth(int utterance) {
        return truth[utterance];
    }

    /// Whether a run gets an utterance right.
    boolean isRight(int utterance, int run) {
        return right[utterance][run];
    }

    /// The share of the runs that get an utterance right.
    double share(int utterance) {
        int sum = 0;
        for (boolean one : right[utterance]) {
            sum += one ? 1 : 0;
        }
        return sum / (double) runs();
    }

    /// UA of all.
    public double unweightedAccuracy() {
        return unweightedAccuracy(
                IntStream.range(0, runs()).toArray(),
                IntStream.range(0, truth.length).toArray());
    }

    /// UA of some runs on some utterances: what is named twice counts twice.
    ///
    /// @param some  numbers of runs; a system with a single run always takes that one
    /// @param these numbers of utterances
    double unweightedAccuracy(int[] some, int[] these) {
        int[] runs = runs() == 1 ? new int[1] : some;
        int[] support = new int[classes];
        int[] hits = new int[classes];
        for (int i : these) {
            boolean[] own = right[i];
            int sum = 0;
            for (int r : runs) {
                sum += own[r] ? 1 : 0;
            }
            support[truth[i]]++;
            hits[truth[i]] += sum;
        }
        return meanRecall(hits, support) / runs.length;
    }

    /// The mean of hits / support over the classes that occur.
    static double meanRecall(int[] hits, int[] support) {
        double recalls = 0;
        int present = 0;
        for (int c = 0; c < support.length; c++) {
            if (support[c] > 0) {
                recalls += hits[c] / (double) support[c];
                present++;
            }
        }
        return recalls / present;
    }
}
