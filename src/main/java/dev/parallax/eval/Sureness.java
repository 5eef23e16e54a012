package dev.parallax.eval;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// How sure an answer must be to be called sure: the probability at which right and wrong answers are told apart
/// best, that is where
///
///     J(t) = share of the right answers with p >= t  -  share of the wrong answers with p >= t
///
/// is largest, over the probabilities that occur; of equal ones the smallest; but no smaller than the one from which
/// on at most [#MOST_WRONG] of all answers are sure and wrong. Where all answers are right, every answer is sure;
/// where the surest ones are wrong, none is.
///
/// Source: Youden, "Index for rating diagnostic tests", Cancer 3 (1950).
public final class Sureness {

    /// The largest share of all answers that may be sure and wrong on the validation part.
    static final double MOST_WRONG = 0.03;

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
        if (wrong == 0) {
            return 0;
        }
        double best = 0;
        double threshold = 1; // hardly any probability reaches it
        double index = 0;
        int wrongSoFar = 0;
        for (int k = 0; k < order.length; k++) {
            boolean isRight = told[order[k]] == truth[order[k]];
            index += isRight ? 1 / right : -1 / wrong;
            wrongSoFar += isRight ? 0 : 1;
            if (wrongSoFar > MOST_WRONG * order.length) {
                break;
            }
            boolean lastOfEqual = k + 1 == order.length || sure[order[k + 1]] < sure[order[k]];
            if (lastOfEqual && index >= best) {
                best = index;
                threshold = sure[order[k]];
            }
        }
        return threshold;
    }
}
