package dev.parallax.model;

import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import java.util.Arrays;
import java.util.List;

/// What one perspective says.
///
/// @param label         the most probable class
/// @param probabilities of each class, in the order of the labels; they sum to 1
/// @param sure          whether the label is probable enough ([Thresholds]) and rests on nothing that is unlike what
///                      the model knows ([TrainingDomain]); else it is the best guess
public record Answer(String label, List<Double> probabilities, boolean sure) {

    public Answer {
        probabilities = List.copyOf(probabilities);
    }

    /// The answer that these probabilities are.
    ///
    /// @param threshold least probability of a sure answer
    /// @param inside    whether what it rests on is like what the model knows; if not, it is not sure
    static Answer of(List<String> labels, double[] probabilities, double threshold, boolean inside) {
        int best = 0;
        for (int c = 1; c < probabilities.length; c++) {
            if (probabilities[c] > probabilities[best]) {
                best = c;
            }
        }
        List<Double> values = Arrays.stream(probabilities).boxed().toList();
        return new Answer(labels.get(best), values, inside && probabilities[best] >= threshold);
    }

    JsonObject toJson() {
        double[] values =
                probabilities.stream().mapToDouble(Double::doubleValue).toArray();
        return Json.object().with("label", label).with("probabilities", values).with("sure", sure);
    }
}
