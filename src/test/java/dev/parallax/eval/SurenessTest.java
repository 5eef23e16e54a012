package dev.parallax.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.random.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SurenessTest {

    /// As many answers as it takes, of two classes, each with this probability of its class.
    private static double[][] answers(double... probabilities) {
        double[][] rows = new double[Sureness.LEAST_ANSWERS][];
        for (int i = 0; i < rows.length; i++) {
            double probability = probabilities[i % probabilities.length];
            rows[i] = new double[] {probability, 1 - probability};
        }
        return rows;
    }

    @Test
    void threshold_rightAnswersAreSurer_isTheLeastOfThem() {
        double[][] probabilities = answers(0.9, 0.8, 0.55, 0.6);
        int[] truth = new int[probabilities.length];
        for (int i = 0; i < truth.length; i++) {
            truth[i] = probabilities[i][0] < 0.7 ? 1 : 0;
        }
        assertEquals(0.8, Sureness.threshold(probabilities, truth));
    }

    @Test
    void threshold_allRightOrAllWrong_isTheLeastSeenOrNone() {
        double[][] probabilities = answers(0.9, 0.6, 0.8);
        int[] zeros = new int[probabilities.length];
        int[] ones = new int[probabilities.length];
        Arrays.fill(ones, 1);
        assertEquals(0.6, Sureness.threshold(probabilities, zeros));
        assertEquals(Sureness.NEVER, Sureness.threshold(probabilities, ones));
    }

    @Test
    void threshold_fewAnswers_showNothing() {
        double[][] few = Arrays.copyOf(answers(0.9), Sureness.LEAST_ANSWERS - 1);
        assertEquals(Sureness.NEVER, Sureness.threshold(few, new int[few.length]));
        assertEquals(Sureness.NEVER, Sureness.threshold(new double[0][], new int[0]));
    }

    /// Against trying every threshold above which few answers are wrong.
    @Test
    void threshold_manyAnswers_noOtherOneWithFewWrongTellsRightFromWrongBetter() {
        RandomStream random = new RandomStream(4, 0, 0, 0);
        int n = 200;
        double[][] probabilities = new double[n][];
        int[] truth = new int[n];
        for (int i = 0; i < n; i++) {
            double sure = 0.5 + random.nextInt(50) / 100.0;
            probabilities[i] = new double[] {sure, 1 - sure};
            truth[i] = random.nextDouble() < sure ? 0 : 1;
        }
        double found = Sureness.threshold(probabilities, truth);
        double best = index(probabilities, truth, found);
        for (double other = 0; other <= 1; other += 0.001) {
            boolean fewWrong = wrongAndSure(probabilities, truth, other) <= Sureness.MOST_WRONG * n;
            assertTrue(!fewWrong || index(probabilities, truth, other) <= best + 1e-12, "at " + other);
        }
        assertTrue(found < 1, "some answers are sure");
        assertTrue(wrongAndSure(probabilities, truth, found) <= Sureness.MOST_WRONG * n);
    }

    private static int wrongAndSure(double[][] probabilities, int[] truth, double threshold) {
        int count = 0;
        for (int i = 0; i < truth.length; i++) {
            count += truth[i] != 0 && probabilities[i][0] >= threshold ? 1 : 0;
        }
        return count;
    }

    private static double index(double[][] probabilities, int[] truth, double threshold) {
        double right = Arrays.stream(truth).filter(t -> t == 0).count();
        double index = 0;
        for (int i = 0; i < truth.length; i++) {
            if (probabilities[i][0] >= threshold) {
                index += truth[i] == 0 ? 1 / right : -1 / (truth.length - right);
            }
        }
        return index;
    }
}
