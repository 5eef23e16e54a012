package dev.parallax.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.random.RandomStream;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SurenessTest {

    private static final int CLASSES = 3;

    /// Answers of three classes in turn, each with this probability; the other two classes share the rest.
    private static double[][] answers(int n, double... probabilities) {
        double[][] rows = new double[n][CLASSES];
        for (int i = 0; i < n; i++) {
            double probability = probabilities[i % probabilities.length];
            Arrays.fill(rows[i], (1 - probability) / (CLASSES - 1));
            rows[i][i % CLASSES] = probability;
        }
        return rows;
    }

    /// The true classes: the one that is told where it is right, else the next.
    private static int[] truth(int n, IntPredicate isRight) {
        return IntStream.range(0, n)
                .map(i -> (isRight.test(i) ? i : i + 1) % CLASSES)
                .toArray();
    }

    @Test
    void threshold_rightAnswersAreSurer_isTheLeastOfThem() {
        double[][] probabilities = answers(40, 0.9, 0.8, 0.55, 0.6);
        assertEquals(0.8, Sureness.threshold(probabilities, truth(40, i -> i % 4 < 2)));
    }

    @Test
    void threshold_allRightOrAllWrong_isTheLeastSeenOrNone() {
        double[][] probabilities = answers(40, 0.9, 0.6, 0.8);
        assertEquals(0.6, Sureness.threshold(probabilities, truth(40, _ -> true)));
        assertEquals(Sureness.NEVER, Sureness.threshold(probabilities, truth(40, _ -> false)));
    }

    @Test
    void threshold_fewAnswers_showNothing() {
        int n = Sureness.LEAST_ANSWERS - 1;
        assertEquals(Sureness.NEVER, Sureness.threshold(answers(n, 0.9), truth(n, _ -> true)));
        assertEquals(Sureness.NEVER, Sureness.threshold(new double[0][], new int[0]));
    }

    /// The most probable answers are right and all others wrong: only enough of them show that such are right.
    @Test
    void threshold_surestAnswersAreRight_takesEnoughOfThem() {
        int n = 40;
        for (int right : new int[] {1, Sureness.LEAST_SURE - 1, Sureness.LEAST_SURE}) {
            double[] probabilities = new double[n];
            Arrays.fill(probabilities, 0.5);
            Arrays.fill(probabilities, 0, right, 0.9);
            assertEquals(
                    right < Sureness.LEAST_SURE ? Sureness.NEVER : 0.9,
                    Sureness.threshold(answers(n, probabilities), truth(n, i -> i < right)),
                    right + " right ones");
        }
    }

    /// One right answer of forty at 0.9: too few to show anything, and nothing speaks against it either.
    @Test
    void seldomWrong_fewSureAnswers_needsNoProof() {
        int n = 40;
        double[] probabilities = new double[n];
        Arrays.fill(probabilities, 0.5);
        Arrays.fill(probabilities, 0, 3, 0.9);
        assertEquals(0.9, Sureness.seldomWrong(answers(n, probabilities), truth(n, i -> i < 1 || i == 2)));
        assertEquals(
                Sureness.NEVER,
                Sureness.seldomWrong(answers(n, probabilities), truth(n, i -> i == 2)),
                "two wrong of 40 are more than 3 %");
        assertEquals(0.5, Sureness.seldomWrong(answers(n, probabilities), truth(n, _ -> true)));
        int few = Sureness.LEAST_ANSWERS - 1;
        assertEquals(Sureness.NEVER, Sureness.seldomWrong(answers(few, 0.9), truth(few, _ -> true)));
    }

    /// 0.8^14 = 0.044, and with one wrong answer of n: 0.8^n + n · 0.8^(n-1) · 0.2, 0.058 for 21 and 0.048 for 22.
    @Test
    void isShown_asManyAnswersAsTheIntervalTakes_butNotOneLess() {
        assertEquals(14, Sureness.LEAST_SURE);
        assertTrue(Sureness.isShown(0.8, 0, 14));
        assertFalse(Sureness.isShown(0.8, 0, 13));
        assertTrue(Sureness.isShown(0.8, 1, 22));
        assertFalse(Sureness.isShown(0.8, 1, 21));
        assertTrue(Sureness.isShown(0.8, 120, 4000), "terms below the least double");
        assertFalse(Sureness.isShown(0.8, 800, 4000), "as accurate as that, and no more");
        assertFalse(Sureness.isShown(1, 0, 1000));
    }

    /// 90 of 100 of one class: answering it always is right nine times in ten and shows nothing.
    @Test
    void threshold_oneClassForAll_makesNoAnswerSure() {
        int n = 100;
        double[][] probabilities = new double[n][];
        int[] truth = new int[n];
        for (int i = 0; i < n; i++) {
            truth[i] = i < 90 ? 0 : 1;
            double probability = i < 90 ? 0.95 : 0.92;
            probabilities[i] = new double[] {probability, 1 - probability};
        }
        assertEquals(Sureness.NEVER, Sureness.threshold(probabilities, truth));
        probabilities[99] = new double[] {0.3, 0.7}; // once another class, and right: the surest 90 are still shown
        assertEquals(0.95, Sureness.threshold(probabilities, truth));
    }

    /// All are right, but half of the answers are of one class: 0.45 says less than the guess of that class.
    @Test
    void threshold_noMoreProbableThanTheMostFrequentClass_makesNoAnswerSure() {
        int[] classes = IntStream.range(0, 60).map(i -> Math.max(0, i % 4 - 1)).toArray();
        for (double probability : new double[] {0.45, 0.55}) {
            double[][] rows = new double[classes.length][CLASSES];
            for (int i = 0; i < rows.length; i++) {
                Arrays.fill(rows[i], (1 - probability) / (CLASSES - 1));
                rows[i][classes[i]] = probability;
            }
            assertEquals(probability < 0.5 ? Sureness.NEVER : probability, Sureness.threshold(rows, classes));
        }
    }

    /// Against trying every threshold that is allowed.
    @Test
    void threshold_manyAnswers_noOtherOneThatIsAllowedTellsRightFromWrongBetter() {
        RandomStream random = new RandomStream(4, 0, 0, 0);
        int n = 200;
        double[] sure = new double[n];
        boolean[] isRight = new boolean[n];
        for (int i = 0; i < n; i++) {
            sure[i] = 0.5 + random.nextInt(50) / 100.0;
            isRight[i] = random.nextDouble() < 1 - (1 - sure[i]) * (1 - sure[i]);
        }
        double found = Sureness.threshold(answers(n, sure), truth(n, i -> isRight[i]));
        double best = index(sure, isRight, found);
        for (double other = 0; other <= 1; other += 0.001) {
            assertTrue(!isAllowed(sure, isRight, other) || index(sure, isRight, other) <= best + 1e-12, "at " + other);
        }
        assertTrue(found < 1, "some answers are sure");
        assertTrue(isAllowed(sure, isRight, found));
    }

    private static boolean isAllowed(double[] sure, boolean[] isRight, double threshold) {
        int count = 0;
        int wrong = 0;
        for (int i = 0; i < sure.length; i++) {
            count += sure[i] >= threshold ? 1 : 0;
            wrong += sure[i] >= threshold && !isRight[i] ? 1 : 0;
        }
        return wrong <= Sureness.MOST_WRONG * sure.length && Sureness.isShown(Sureness.LEAST_ACCURACY, wrong, count);
    }

    private static double index(double[] sure, boolean[] isRight, double threshold) {
        double right =
                IntStream.range(0, isRight.length).filter(i -> isRight[i]).count();
        double index = 0;
        for (int i = 0; i < sure.length; i++) {
            if (sure[i] >= threshold) {
                index += isRight[i] ? 1 / right : -1 / (isRight.length - right);
            }
        }
        return index;
    }
}
