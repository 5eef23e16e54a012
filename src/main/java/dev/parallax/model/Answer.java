package dev.parallax.model;

import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import java.util.Arrays;
import java.util.List;

/// What one perspective says.
///
/// @param label         the most probable class
/// @param probabilities of each class, in the order of the labels; they sum to 1
/// @param sure          whether the label is probable enough ([Thresholds]); else it is the best guess
public record Answer(String label, List<Double> probabilities, boolean sure) {

    public Answer {
        probabilities = List.copyOf(probabilities);
    }

    /// The answer that these probabilities are.
    ///
    /// @param threshold least probability of a sure answer
    static Answer of(List<String> labels, double[] probabilities, double threshold) {
        int best = 0;
        for (int c = 1; c < probabilities.length; c++) {
            if (probabilities[c] > probabilities[best]) {
                best = c;
            }
        }
        List<Double> values = Arrays.stream(probabilities).boxed().toList();
        return new Answer(labels.get(best), values, probabilities[best] >= threshold);
    }

    JsonObject toJson() {
        double[] values =
                probabilities.stream().mapToDouble(Double::doubleValue).toArray();
        return Json.object().with("label", label).with("probabilities", values).with("sure", sure);
    }
}
