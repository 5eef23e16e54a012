package dev.parallax.eval;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// How sure an answer must be to be called sure: the probability at which right and wrong answers are told apart
/// best, that is where
///
///     J(t) = share of the right answers with p >= t  -  share of the wrong answers with p >= t
///
/// is largest, over the probabilities that occur; of equal ones the smallest. Where all answers are right, or all
/// wrong, nothing can be told apart and every answer is sure.
///
/// Source: Youden, "Index for rating diagnostic tests", Cancer 3 (1950).
public final class Sureness {

    private Sureness() {}

    /// The threshold.
    ///
    /// @param probabilities of the validation part, [utterances][classes], not modified
    /// @param truth         the true classes, as many
    /// @return in [0, 1]
    public static double threshold(double[][] probabilities, int[] truth) {
        int[] told = Probabilities.argmax(probabilities);
        double[] sure = IntStream.range(0, told.length)
                .mapToDouble(i -> probabilities[i][told[i]])
                .toArray();
        Integer[] order = IntStream.range(0, told.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble((Integer i) -> sure[i]).reversed());
        double right =
                IntStream.range(0, told.length).filter(i -> told[i] == truth[i]).count();
        double wrong = told.length - right;
        if (right == 0 || wrong == 0) {
            return 0;
        }
        double best = 0;
        double threshold = 0;
        double index = 0;
        for (int k = 0; k < order.length; k++) {
            index += told[order[k]] == truth[order[k]] ? 1 / right : -1 / wrong;
            boolean lastOfEqual = k + 1 == order.length || sure[order[k + 1]] < sure[order[k]];
            if (lastOfEqual && index >= best) {
                best = index;
                threshold = sure[order[k]];
            }
        }
        return threshold;
    }
}
