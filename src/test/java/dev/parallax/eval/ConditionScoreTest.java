package dev.parallax.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConditionScoreTest {

    /// 10 speakers with two utterances of each class. As they are, all are right; under the condition, the last one of
    /// each speaker is not. The first two of each speaker are sure.
    @Test
    void of_oneWrongPerSpeaker_countsByHand() {
        int[] truth = IntStream.range(0, 40).map(i -> i / 2 % 2).toArray();
        int[] predicted =
                IntStream.range(0, 40).map(i -> i % 4 == 3 ? 0 : truth[i]).toArray();
        boolean[] isSure = new boolean[40];
        IntStream.range(0, 40).forEach(i -> isSure[i] = i % 4 < 2);
        double[] probabilities = IntStream.range(0, 40).mapToDouble(_ -> 0.5).toArray();
        SelectiveScores selective = SelectiveScores.of(predicted, probabilities, isSure, new boolean[40], truth);
        Clusters speakers =
                Clusters.of(IntStream.range(0, 40).mapToObj(i -> "s" + i / 4).toList());
        ConditionScore score = ConditionScore.of(truth, predicted, truth, selective, 2, speakers, 1);
        assertEquals(40, score.utterances());
        assertEquals(0.75, score.unweightedAccuracy().estimate(), 1e-12);
        assertEquals(0.75, score.weightedAccuracy().estimate(), 1e-12);
        assertEquals(-0.25, score.difference().estimate(), 1e-12);
        assertEquals(-0.25, score.difference().low(), 1e-12, "every speaker loses as much");
        assertEquals(-0.25, score.difference().high(), 1e-12);
        assertTrue(score.unweightedAccuracy().low() < 0.75);
        assertEquals(1, score.selective().accuracyOfSure());
    }
}
