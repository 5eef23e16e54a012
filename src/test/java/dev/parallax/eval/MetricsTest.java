package dev.parallax.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parallax.Refusal;
import dev.parallax.ShapeException;
import dev.parallax.io.SafeTensors;
import dev.parallax.random.RandomStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsTest {

    private static final int CLASSES = 5;

    /// Case 1 has a class that is predicted but does not occur.
    @ParameterizedTest
    @ValueSource(strings = {"0", "1"})
    void of_casesOfScikitLearn_givesItsScores(String name) throws IOException {
        try (var in = MetricsTest.class.getResourceAsStream("/golden/metrics_sklearn.safetensors")) {
            assertNotNull(in);
            SafeTensors golden = SafeTensors.parse(in.readAllBytes(), "golden");
            Metrics metrics = Metrics.of(golden.ints(name + ".truth"), golden.ints(name + ".predicted"), CLASSES);
            float[] scores = golden.floats(name + ".scores");
            assertEquals(scores[0], metrics.weightedAccuracy(), 1e-7);
            assertEquals(scores[1], metrics.unweightedAccuracy(), 1e-7);
            assertEquals(scores[2], metrics.macroF1(), 1e-7);
            assertEquals(scores[3], metrics.weightedF1(), 1e-7);
            int[] counts = golden.ints(name + ".confusion");
            for (int i = 0; i < counts.length; i++) {
                assertEquals(counts[i], metrics.confusion().count(i / CLASSES, i % CLASSES));
            }
        }
    }

    @Test
    void of_smallCase_givesScoresByHand() {
        Metrics metrics = Metrics.of(new int[] {0, 0, 0, 1}, new int[] {0, 0, 1, 1}, 4);
        assertEquals(
                new Metrics.ClassScore(1, 2 / 3.0, 0.8, 3), metrics.perClass().get(0));
        assertEquals(
                new Metrics.ClassScore(0.5, 1, 2 / 3.0, 1), metrics.perClass().get(1));
        assertEquals(new Metrics.ClassScore(0, 0, 0, 0), metrics.perClass().get(3));
        assertEquals(0.75, metrics.weightedAccuracy());
        assertEquals(5 / 6.0, metrics.unweightedAccuracy(), 1e-15);
        assertEquals(4, metrics.confusion().total());
        assertEquals(2, metrics.confusion().predicted(1));
    }

    @Test
    void of_allRight_isOneEverywhere() {
        Metrics metrics = Metrics.of(new int[] {2, 0, 2}, new int[] {2, 0, 2}, 3);
        assertEquals(1, metrics.weightedAccuracy());
        assertEquals(1, metrics.unweightedAccuracy());
        assertEquals(1, metrics.macroF1());
        assertEquals(1, metrics.weightedF1(), 1e-15);
    }

    @Test
    void of_utterancesInAnotherOrderOrTwice_givesTheSame() {
        RandomStream random = new RandomStream(3, 0, 0, 0);
        int[] truth = draw(random, 200);
        int[] predicted = draw(random, 200);
        Metrics metrics = Metrics.of(truth, predicted, CLASSES);
        int[] order = IntStream.range(0, 200).toArray();
        random.shuffle(order);
        Metrics shuffled = Metrics.of(pick(truth, order), pick(predicted, order), CLASSES);
        assertEquals(metrics.perClass(), shuffled.perClass());
        assertEquals(metrics.macroF1(), shuffled.macroF1());
        Metrics twice =
                Metrics.of(joined(truth, pick(truth, order)), joined(predicted, pick(predicted, order)), CLASSES);
        assertEquals(metrics.unweightedAccuracy(), twice.unweightedAccuracy(), 1e-15);
        assertEquals(metrics.weightedF1(), twice.weightedF1(), 1e-15);
        assertEquals(400, twice.confusion().total());
    }

    @Test
    void of_classesRenumbered_keepsTheMeansAndMovesTheClasses() {
        RandomStream random = new RandomStream(4, 0, 0, 0);
        int[] truth = draw(random, 100);
        int[] predicted = draw(random, 100);
        int[] number = {3, 0, 4, 1, 2};
        Metrics metrics = Metrics.of(truth, predicted, CLASSES);
        Metrics renumbered = Metrics.of(pick(number, truth), pick(number, predicted), CLASSES);
        assertEquals(metrics.weightedAccuracy(), renumbered.weightedAccuracy());
        assertEquals(metrics.unweightedAccuracy(), renumbered.unweightedAccuracy(), 1e-15);
        assertEquals(metrics.macroF1(), renumbered.macroF1(), 1e-15);
        for (int c = 0; c < CLASSES; c++) {
            assertEquals(metrics.perClass().get(c), renumbered.perClass().get(number[c]));
        }
    }

    @Test
    void of_wrongInput_isOneLine() {
        assertEquals(
                "confusion: there are no utterances to score; is this part of the split empty?",
                Refusal.of(() -> Metrics.of(new int[0], new int[0], 4)));
        assertEquals(
                "confusion: the true class of utterance 1 is 4, expected 0..3",
                Refusal.of(() -> Metrics.of(new int[] {0, 4}, new int[] {0, 0}, 4)));
        assertEquals(
                "confusion: the predicted class of utterance 0 is -1, expected 0..3",
                Refusal.of(() -> Metrics.of(new int[] {0}, new int[] {-1}, 4)));
        assertThrows(ShapeException.class, () -> Metrics.of(new int[2], new int[3], 4));
    }

    private static int[] joined(int[] first, int... second) {
        return IntStream.concat(IntStream.of(first), IntStream.of(second)).toArray();
    }

    private static int[] draw(RandomStream random, int n) {
        return IntStream.generate(() -> random.nextInt(CLASSES)).limit(n).toArray();
    }

    private static int[] pick(int[] values, int[] indices) {
        return Arrays.stream(indices).map(i -> values[i]).toArray();
    }
}
