package dev.parallax.model;

import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import java.util.Arrays;
import java.util.List;

/// What one perspective says.
///
/// @param label         the most probable class
/// @param probabilities of each class, in the order of the labels; they sum to 1
public record Answer(String label, List<Double> probabilities) {

    public Answer {
        probabilities = List.copyOf(probabilities);
    }

    /// The answer that these probabilities are.
    static Answer of(List<String> labels, double[] probabilities) {
        int best = 0;
        for (int c = 1; c < probabilities.length; c++) {
            if (probabilities[c] > probabilities[best]) {
                best = c;
            }
        }
        return new Answer(labels.get(best), Arrays.stream(probabilities).boxed().toList());
    }

    JsonObject toJson() {
        double[] values =
                probabilities.stream().mapToDouble(Double::doubleValue).toArray();
        return Json.object().with("label", label).with("probabilities", values);
    }
}
