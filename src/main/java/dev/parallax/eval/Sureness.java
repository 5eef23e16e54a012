package dev.parallax.eval;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// How probable an answer must be to be called sure: the threshold that separates right from wrong answers best,
/// where
///
///     J(t) = share of the right answers with p >= t  -  share of the wrong answers with p >= t
///
/// is largest, over the probabilities that occur; of equal ones the smallest. But it is at least the one from which
/// on at most [#MOST_WRONG] of all answers are sure and wrong. Where all answers are right, it is the least
/// probability that occurs: no less probable answer was ever seen to be right.
///
/// Where the most probable answers are wrong, none is called sure ([#NEVER]). The same holds for fewer than
/// [#LEAST_ANSWERS]: there a single wrong answer is already a larger share than allowed.
///
/// Source: Youden, "Index for rating diagnostic tests", Cancer 3 (1950).
public final class Sureness {

    /// The largest share of all answers that may be sure and wrong on the validation part.
    static final double MOST_WRONG = 0.03;

    /// The fewest answers from which a threshold is fitted.
    public static final int LEAST_ANSWERS = (int) Math.ceil(1 / MOST_WRONG);

    /// The threshold that no answer reaches, however probable.
    public static final double NEVER = 1;

    private Sureness() {}

    /// The threshold.
    ///
    /// @param probabilities of the validation part, [utterances][classes], not modified
    /// @param truth         the true classes, as many
    /// @return in [0, 1], [#NEVER] where no answer is to be called sure
    public static double threshold(double[][] probabilities, int[] truth) {
        if (truth.length < LEAST_ANSWERS) {
            return NEVER;
        }
        int[] told = Probabilities.argmax(probabilities);
        double[] sure = IntStream.range(0, told.length)
                .mapToDouble(i -> probabilities[i][told[i]])
                .toArray();
        Integer[] order = IntStream.range(0, told.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble((Integer i) -> sure[i]).reversed());
        double right =
                IntStream.range(0, told.length).filter(i -> told[i] == truth[i]).count();
        double wrong = told.length - right;
        double best = 0;
        double threshold = NEVER;
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
