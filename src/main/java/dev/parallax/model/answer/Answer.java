package dev.parallax.model.answer;

import dev.parallax.BadInputException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/// The answer of one perspective.
///
/// @param label         the most probable class
/// @param probabilities of each class, in the order of the labels; they sum to 1
/// @param sure          whether the label is probable enough ([AnswerRules]) and its input is like the training data
///                      ([dev.parallax.model.domain.TrainingDomain]); else it is the best guess
/// @param doubtful      whether its input is unlike the training data, however probable it is
/// @param logits        of each class, the mean over the windows of a long recording, before the temperature
/// @param temperature   what they are divided by, above 0
/// @param threshold     least probability of a sure answer; at 1 none is sure
public record Answer(
        String label,
        List<Double> probabilities,
        boolean sure,
        boolean doubtful,
        List<Double> logits,
        double temperature,
        double threshold) {

    public Answer {
        probabilities = List.copyOf(probabilities);
        logits = List.copyOf(logits);
    }

    /// The answer that logits are: the probabilities are softmax(logits / temperature).
    ///
    /// @param threshold least probability of a sure answer
    /// @param doubtful  whether its input is unlike the training data; if so, it is not sure
    public static Answer of(
            List<String> labels, double[] logits, double temperature, double threshold, boolean doubtful) {
        int best = 0;
        for (int c = 1; c < logits.length; c++) {
            if (logits[c] > logits[best]) {
                best = c;
            }
        }
        requireFinite(logits);
        double[] probabilities = new double[logits.length];
        double sum = 0;
        for (int c = 0; c < logits.length; c++) {
            probabilities[c] = Math.exp((logits[c] - logits[best]) / temperature);
            sum += probabilities[c];
        }
        for (int c = 0; c < logits.length; c++) {
            probabilities[c] /= sum;
        }
        List<Double> values = Arrays.stream(probabilities).boxed().toList();
        boolean reached = threshold < AnswerRules.NEVER_SURE && probabilities[best] >= threshold;
        List<Double> given = Arrays.stream(logits).boxed().toList();
        return new Answer(labels.get(best), values, !doubtful && reached, doubtful, given, temperature, threshold);
    }

    private static void requireFinite(double... logits) {
        for (double logit : logits) {
            if (!Double.isFinite(logit)) {
                throw new BadInputException("model: a logit is " + logit
                        + ", so there is no answer: its weights are too large; train it again or take another model");
            }
        }
    }

    /// The probability of the label, in (0, 1].
    public double probability() {
        return Collections.max(probabilities);
    }
}
