package dev.parallax.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parallax.eval.baseline.DecisionFusion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassCountsTest {

    private static final double[] COUNTS = {6, 3, 0, 1};

    @Test
    void of_balanceOne_everyClassWeighsTheSameInAll() {
        float[] weights = ClassCounts.weights(COUNTS, 1);
        assertArrayEquals(new float[] {10 / 24f, 10 / 12f, 0, 2.5f}, weights, 1e-6f);
        assertEquals(COUNTS[0] * weights[0], COUNTS[3] * weights[3], 1e-6);
    }

    @Test
    void of_balanceZero_everyUtteranceWeighsTheSame() {
        assertArrayEquals(new float[] {1, 1, 1, 1}, ClassCounts.weights(COUNTS, 0));
    }

    /// The prior is what the weights make of the shares.
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.3, 0.5, 1})
    void prior_isProportionalToCountTimesWeight(double balance) {
        int[] truth = {0, 0, 0, 1, 0, 1, 3, 0, 1, 0};
        double[] prior = DecisionFusion.prior(truth, COUNTS.length, balance);
        float[] weights = ClassCounts.weights(COUNTS, balance);
        double sum = 0;
        for (int c = 0; c < COUNTS.length; c++) {
            sum += COUNTS[c] * weights[c];
        }
        for (int c = 0; c < COUNTS.length; c++) {
            assertEquals(COUNTS[c] * weights[c] / sum, prior[c], 1e-6);
        }
        assertArrayEquals(prior, ClassCounts.prior(COUNTS, balance), 1e-12);
    }
}
