package dev.parallax.cli.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.eval.TemperatureScaling;
import dev.parallax.fusion.Perspectives;
import dev.parallax.model.answer.AnswerRules;
import dev.parallax.model.domain.TrainingDomain;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalibrationTextTest {

    private static final int CLIPS = 32;

    private static List<String> lines(double text, int fittedOn) {
        return CalibrationText.of(new AnswerRules(
                new Perspectives<>(1.5, 1.0, text),
                Perspectives.alike(0.0),
                null,
                TrainingDomain.UNKNOWN,
                new Perspectives<>(CLIPS, 0, fittedOn)));
    }

    @Test
    void of_temperatureWithinTheBounds_isOneLine() {
        assertEquals(
                List.of("temperature of the probabilities, fitted on utterances that validate: fused 1.50 (on 32), text"
                        + " 19.90 (on 32)"),
                lines(19.9, CLIPS));
    }

    /// Logits that are the same for all clips, highest for a class that seldom is the true one.
    @Test
    void of_textThatLearnedNothing_isSaidToBeAtTheBound() {
        double[][] logits = new double[CLIPS][];
        int[] truth = new int[CLIPS];
        for (int i = 0; i < CLIPS; i++) {
            logits[i] = new double[] {0.1, 0, -0.1, 0};
            truth[i] = i % 16 == 0 ? 0 : 1 + i % 3;
        }
        double greatest = TemperatureScaling.fit(logits, truth, TemperatureScaling.PRIOR_CLIPS)
                .temperature();
        List<String> lines = lines(greatest, CLIPS);
        assertEquals(2, lines.size(), lines.toString());
        assertTrue(lines.getLast().startsWith("text: 20 is the greatest temperature"), lines.getLast());
    }

    @Test
    void of_boundThatWasNotFitted_isNotSaid() {
        assertEquals(1, lines(TemperatureScaling.MOST, 0).size());
        List<String> least = lines(TemperatureScaling.LEAST, CLIPS);
        assertTrue(least.getLast().startsWith("text: 0.05 is the least temperature"), least.getLast());
    }
}
