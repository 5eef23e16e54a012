package dev.parallax.eval;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// How probable an answer must be to be called sure: the threshold that separates right from wrong answers best,
/// where
///
///     J(t) = share of the right answers with p >= t  -  share of the wrong answers with p >= t
///
/// is largest, over the probabilities t that occur and are allowed; of equal ones the smallest. A threshold is allowed
/// where
///
/// - at most [#MOST_WRONG] of all answers are sure and wrong,
/// - enough of the sure answers are right: the lower end of the one-sided 95 % interval of their accuracy (Clopper,
///   Pearson) is at least [#LEAST_ACCURACY], and at least the share of the most frequent class, which an answer of that
///   class to everything would reach,
/// - it is above that share: a less probable answer is no surer than a guess.
///
/// Where all answers are right, it is the least probability that occurs: no less probable answer was ever seen to be
/// right. Where no threshold is allowed, no answer is called sure ([#NEVER]). The same holds for fewer than
/// [#LEAST_ANSWERS], where a single wrong answer is already a larger share than allowed, and where all answers are of
/// one class: nothing was learned that could be sure.
///
/// The interval takes answers as independent, and the threshold is the best of several: it is a little too good.
///
/// Sources: Youden, "Index for rating diagnostic tests", Cancer 3 (1950); Clopper, Pearson, "The Use of Confidence or
/// Fiducial Limits Illustrated in the Case of the Binomial", Biometrika 26 (1934).
public final class Sureness {

    /// The largest share of all answers that may be sure and wrong on the validation part.
    static final double MOST_WRONG = 0.03;

    /// The fewest answers from which a threshold is fitted.
    public static final int LEAST_ANSWERS = (int) Math.ceil(1 / MOST_WRONG);

    /// The accuracy of sure answers that the validation part must show.
    public static final double LEAST_ACCURACY = 0.8;

    /// How seldom answers that are less accurate may show it by chance.
    private static final double LEVEL = 0.05;

    /// The fewest sure answers, all of them right, that show [#LEAST_ACCURACY]: 0.8^14 < 0.05.
    public static final int LEAST_SURE = (int) Math.ceil(Math.log(LEVEL) / Math.log(LEAST_ACCURACY));

    /// The threshold that no answer reaches, however probable.
    public static final double NEVER = 1;

    private Sureness() {}

    /// The threshold.
    ///
    /// @param probabilities of the validation part, `[utterances][classes]`, not modified
    /// @param truth         the true classes, as many
    /// @return in [0, 1], [#NEVER] where no answer is to be called sure
    public static double threshold(double[][] probabilities, int[] truth) {
        int[] told = Probabilities.argmax(probabilities);
        if (Arrays.stream(told).distinct().count() <= 1) {
            return NEVER;
        }
        double guess = mostFrequentShare(truth);
        double accuracy = Math.max(LEAST_ACCURACY, guess);
        return best(probabilities, truth, guess, (wrong, sure) -> isShown(accuracy, wrong, sure));
    }

    /// The threshold that separates best where only the first of the conditions holds. It is for copies of
    /// the validation part that are made harder: what is wrong among them raises a threshold, which need
    /// not be shown on them again. Few of them are sure.
    ///
    /// @param probabilities of the copies, `[utterances][classes]`, not modified
    /// @param truth         the true classes, as many
    /// @return in [0, 1], [#NEVER] where no answer is to be called sure
    public static double seldomWrong(double[][] probabilities, int[] truth) {
        return best(probabilities, truth, 0, (_, _) -> true);
    }

    private interface Shown {
        boolean by(int wrong, int sure);
    }

    /// @param above a probability that sure answers exceed
    /// @param shown whether so many sure answers, with so many wrong ones among them, are enough
    private static double best(double[][] probabilities, int[] truth, double above, Shown shown) {
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
            if (wrongSoFar > MOST_WRONG * order.length || sure[order[k]] <= above) {
                break;
            }
            boolean lastOfEqual = k + 1 == order.length || sure[order[k + 1]] < sure[order[k]];
            if (lastOfEqual && index >= best && shown.by(wrongSoFar, k + 1)) {
                best = index;
                threshold = sure[order[k]];
            }
        }
        return threshold;
    }

    private static double mostFrequentShare(int... truth) {
        int[] counts = new int[Arrays.stream(truth).max().orElseThrow() + 1];
        for (int y : truth) {
            counts[y]++;
        }
        return Arrays.stream(counts).max().orElseThrow() / (double) truth.length;
    }

    /// Whether n answers, some of them wrong, show that such answers have this accuracy. With a lower accuracy a, the
    /// probability of at most so many wrong ones,
    ///
    ///     sum over w = 0..wrong of C(n, w) · a^(n - w) · (1 - a)^w,
    ///
    /// would be at most [#LEVEL]: the lower end of the interval is at least a.
    ///
    /// @param accuracy a, in (0, 1]
    static boolean isShown(double accuracy, int wrong, int n) {
        if (accuracy >= 1) {
            return false;
        }
        double logTerm = n * Math.log(accuracy);
        double sum = Math.exp(logTerm);
        for (int w = 1; w <= wrong; w++) {
            logTerm += Math.log((n - w + 1.0) / w * (1 - accuracy) / accuracy);
            sum += Math.exp(logTerm);
        }
        return sum <= LEVEL;
    }
}
