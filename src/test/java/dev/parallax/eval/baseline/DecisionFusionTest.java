package dev.parallax.eval.baseline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import dev.parallax.ShapeException;
import dev.parallax.eval.Metrics;
import dev.parallax.eval.Probabilities;
import dev.parallax.random.RandomStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecisionFusionTest {

    private static final double[][] AUDIO = {{0.5, 0.5}, {0.9, 0.1}};
    private static final double[][] TEXT = {{0.2, 0.8}, {0.6, 0.4}};

    @Test
    void mean_twoModels_isByHand() {
        assertArrayEquals(new double[] {0.35, 0.65}, DecisionFusion.mean(List.of(AUDIO, TEXT))[0], 1e-15);
        assertArrayEquals(AUDIO[1], DecisionFusion.mean(List.<double[][]>of(AUDIO))[1]);
    }

    @Test
    void product_withPrior_isBayesRule() {
        double[][] p = DecisionFusion.product(AUDIO, TEXT, new double[] {0.25, 0.75});
        // 0.5 · 0.2 / 0.25 = 0.4 and 0.5 · 0.8 / 0.75 = 0.5333
        assertArrayEquals(new double[] {0.4 / (0.4 + 0.4 / 0.75), 0.4 / 0.75 / (0.4 + 0.4 / 0.75)}, p[0], 1e-12);
        // a perspective that answers the prior leaves the other as it is
        double[] prior = {0.3, 0.7};
        double[][] alone = DecisionFusion.product(new double[][] {prior}, new double[][] {{0.9, 0.1}}, prior);
        assertArrayEquals(new double[] {0.9, 0.1}, alone[0], 1e-12);
    }

    @Test
    void product_sureAndContrary_staysFinite_andAClassThatTrainingLacks_isImpossible() {
        double[][] p =
                DecisionFusion.product(new double[][] {{1, 0}}, new double[][] {{0, 1}}, new double[] {0.5, 0.5});
        assertArrayEquals(new double[] {0.5, 0.5}, p[0], 1e-12);
        double[][] q = DecisionFusion.product(
                new double[][] {{0.5, 0.4, 0.1}}, new double[][] {{0.5, 0.4, 0.1}}, new double[] {0.5, 0.5, 0});
        assertArrayEquals(new double[] {0.25 / 0.41, 0.16 / 0.41, 0}, q[0], 1e-12);
    }

    @Test
    void prior_classes_areTheirShares() {
        double[] prior = DecisionFusion.prior(new int[] {1, 1, 0, 1}, 3);
        assertArrayEquals(new double[] {0.25, 0.75, 0}, prior);
        assertEquals(1, Probabilities.argmax(prior));
    }

    /// Audio says one of two bits, text is noise: the stack learns to trust audio, the mean cannot.
    @Test
    void stack_oneModelOfNoise_trustsTheOther() {
        RandomStream random = new RandomStream(41, 0, 0, 0);
        int n = 400;
        int[] truth = new int[n];
        double[][] audio = new double[n][];
        double[][] text = new double[n][];
        for (int i = 0; i < n; i++) {
            truth[i] = random.nextInt(2);
            double z = (truth[i] == 0 ? 1 : -1) + 0.7 * random.nextGaussian();
            audio[i] = new double[] {z, -z};
            text[i] = new double[] {4 * random.nextGaussian(), 4 * random.nextGaussian()};
        }
        DecisionStack stack = DecisionStack.fit(List.of(audio, text), truth, 2, SoftmaxRegression.FitSettings.STANDARD);
        double[][] mean = DecisionFusion.mean(List.of(Probabilities.softmax(audio, 1), Probabilities.softmax(text, 1)));
        double stacked = accuracy(truth, stack.predict(List.of(audio, text)));
        assertTrue(stacked > accuracy(truth, audio) - 0.02, "stacked " + stacked);
        assertTrue(stacked > accuracy(truth, mean) + 0.1, "mean " + accuracy(truth, mean));
    }

    private static double accuracy(int[] truth, double[][] answers) {
        return Metrics.of(truth, Probabilities.argmax(answers), 2).weightedAccuracy();
    }

    @Test
    void fusion_wrongInput_isRefused() {
        assertEquals(
                "decision-mean: row 0 sums to 3.0, probabilities sum to 1 (are these logits?)",
                Refusal.of(() -> DecisionFusion.mean(List.<double[][]>of(new double[][] {{1, 2}}))));
        assertEquals(
                "decision-mean: there are no answers to fuse; name at least one model and utterance",
                Refusal.of(() -> DecisionFusion.mean(List.of())));
        assertEquals(
                "decision-product: row 0, column 0 is NaN, expected finite numbers",
                Refusal.of(() -> DecisionFusion.product(
                        new double[][] {{Double.NaN, 1}}, new double[][] {{0, 1}}, new double[] {1, 0})));
        assertThrows(ShapeException.class, () -> DecisionFusion.mean(List.of(AUDIO, new double[1][2])));
        assertThrows(ShapeException.class, () -> DecisionFusion.product(AUDIO, TEXT, new double[] {1}));
    }
}
