package dev.parallax.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import dev.parallax.ShapeException;
import dev.parallax.random.RandomStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class RiskCoverageTest {

    private static final double TINY = 1e-12;

    /// Right, wrong, right, wrong by falling confidence: risks 0/1, 1/2, 1/3, 2/4; the best order has 0, 0, 1/3, 2/4.
    @Test
    void of_fourAnswers_isWhatIsWorkedByHand() {
        RiskCoverage curve =
                RiskCoverage.of(new double[] {0.6, 0.9, 0.8, 0.7}, new boolean[] {true, false, true, false});
        assertEquals(
                List.of(
                        new RiskCoverage.Point(0.25, 0),
                        new RiskCoverage.Point(0.5, 0.5),
                        new RiskCoverage.Point(0.75, 1 / 3.0),
                        new RiskCoverage.Point(1, 0.5)),
                curve.points(10));
        assertEquals((0 + 1 / 2.0 + 1 / 3.0 + 2 / 4.0) / 4, curve.area(), TINY);
        assertEquals((1 / 2.0) / 4, curve.excessArea(), TINY);
        assertEquals(0.5, curve.risk(0.5));
        assertEquals(1 / 3.0, curve.risk(0.51), "the fewest answers that are at least so many");
        assertEquals(List.of(new RiskCoverage.Point(0.5, 0.5), new RiskCoverage.Point(1, 0.5)), curve.points(2));
    }

    @Test
    void of_everyRightAnswerIsMoreConfident_hasNoExcess() {
        int n = 2000;
        double[] confidences = new double[n];
        boolean[] isWrong = new boolean[n];
        for (int i = 0; i < n; i++) {
            confidences[i] = -i;
            isWrong[i] = i >= 1500;
        }
        RiskCoverage curve = RiskCoverage.of(confidences, isWrong);
        assertEquals(0, curve.excessArea(), TINY);
        double r = 0.25;
        assertEquals(r + (1 - r) * Math.log(1 - r), curve.area(), 1e-3, "the limit that the paper gives");
    }

    /// Against the mean over all orders of tied answers, each walked one by one.
    @Test
    void of_tiedAnswers_areTheMeanOverTheirOrders() {
        double[] confidences = {0.9, 0.7, 0.7, 0.7, 0.5, 0.5};
        boolean[] isWrong = {false, true, false, false, true, false};
        List<double[]> risks = new ArrayList<>();
        for (int[] first : new int[][] {{1, 2, 3}, {1, 3, 2}, {2, 1, 3}, {2, 3, 1}, {3, 1, 2}, {3, 2, 1}}) {
            for (int[] last : new int[][] {{4, 5}, {5, 4}}) {
                risks.add(risks(isWrong, 0, first[0], first[1], first[2], last[0], last[1]));
            }
        }
        RiskCoverage curve = RiskCoverage.of(confidences, isWrong);
        double area = 0;
        for (int k = 0; k < 6; k++) {
            int at = k;
            double mean = risks.stream().mapToDouble(risk -> risk[at]).average().orElseThrow();
            assertEquals(mean, curve.point(k + 1).risk(), TINY, "of " + (k + 1));
            area += mean / 6;
        }
        assertEquals(area, curve.area(), TINY);
    }

    private static double[] risks(boolean[] isWrong, int... order) {
        double[] risks = new double[order.length];
        int wrong = 0;
        for (int k = 0; k < order.length; k++) {
            wrong += isWrong[order[k]] ? 1 : 0;
            risks[k] = (double) wrong / (k + 1);
        }
        return risks;
    }

    @Test
    void of_answersInAnotherOrder_isTheSameCurve() {
        RandomStream random = new RandomStream(5, 0, 0, 0);
        List<double[]> answers = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            answers.add(new double[] {random.nextInt(20) / 20.0, random.nextInt(3)});
        }
        RiskCoverage one = of(answers);
        Collections.reverse(answers);
        RiskCoverage other = of(answers);
        assertEquals(one.points(300), other.points(300));
        assertTrue(one.excessArea() > 0 && one.excessArea() < one.area());
    }

    private static RiskCoverage of(List<double[]> answers) {
        boolean[] isWrong = new boolean[answers.size()];
        for (int i = 0; i < isWrong.length; i++) {
            isWrong[i] = answers.get(i)[1] == 0;
        }
        return RiskCoverage.of(answers.stream().mapToDouble(answer -> answer[0]).toArray(), isWrong);
    }

    @Test
    void of_whatIsNoAnswer_isRefused() {
        Assertions.assertThrows(ShapeException.class, () -> RiskCoverage.of(new double[2], new boolean[1]));
        assertTrue(
                Refusal.of(() -> RiskCoverage.of(new double[0], new boolean[0])).contains("at least one"));
        assertTrue(Refusal.of(() -> RiskCoverage.of(new double[] {Double.NaN}, new boolean[1]))
                .contains("finite"));
        RiskCoverage curve = RiskCoverage.of(new double[1], new boolean[1]);
        assertTrue(Refusal.of(() -> curve.risk(0)).contains("above 0 and at most 1"));
    }
}
