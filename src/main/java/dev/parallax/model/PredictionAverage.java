package dev.parallax.model;

import dev.parallax.autograd.Variable;
import dev.parallax.fusion.FusedLogits;
import dev.parallax.fusion.Perspective;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The answer to the windows of a recording: their logits averaged, which is the geometric mean of their probabilities,
/// normalised; of one window, that window's.
final class PredictionAverage {

    private final ModelConfig config;
    private final Temperatures temperatures;
    private final Mean fused = new Mean();
    private final Mean audio = new Mean();
    private final Mean text = new Mean();

    PredictionAverage(ModelConfig config, Temperatures temperatures) {
        this.config = config;
        this.temperatures = temperatures;
    }

    void add(FusedLogits logits) {
        Perspective fromAudio = logits.audio();
        Perspective fromText = logits.text();
        fused.add(logits.fused(), temperatures.fused());
        audio.add(fromAudio == null ? null : fromAudio.logits(), temperatures.audio());
        text.add(fromText == null ? null : fromText.logits(), temperatures.text());
    }

    /// A perspective is shown beside the fused answer only if it was taught to speak for itself.
    Prediction prediction(List<String> warnings) {
        List<String> labels = config.labels().names();
        List<String> told = new ArrayList<>(new LinkedHashSet<>(warnings));
        Answer both = fused.answer(labels);
        boolean bothRead = config.network().audio() != null && config.network().text() != null;
        boolean hidden = bothRead && !config.perspectivesTrained();
        if (hidden && both == null) {
            told.add("this model was trained with the single loss: one perspective alone was never taught to decide");
        }
        boolean show = !hidden || both == null;
        return new Prediction(
                labels, both, show ? audio.answer(labels) : null, show ? text.answer(labels) : null, told);
    }

    /// softmax(mean of the logits / temperature).
    private static final class Mean {
        private double @Nullable [] sum;
        private double temperature;
        private int count;

        void add(@Nullable Variable logits, double newTemperature) {
            if (logits == null) {
                return;
            }
            float[] values = logits.value().toArray();
            if (sum == null) {
                sum = new double[values.length];
            }
            for (int c = 0; c < sum.length; c++) {
                sum[c] += values[c];
            }
            temperature = newTemperature;
            count++;
        }

        @Nullable
        Answer answer(List<String> labels) {
            if (sum == null) {
                return null;
            }
            double[] probabilities = new double[sum.length];
            double largest = Arrays.stream(sum).max().orElseThrow();
            double total = 0;
            for (int c = 0; c < sum.length; c++) {
                probabilities[c] = Math.exp((sum[c] - largest) / (count * temperature));
                total += probabilities[c];
            }
            for (int c = 0; c < sum.length; c++) {
                probabilities[c] /= total;
            }
            return Answer.of(labels, probabilities);
        }
    }
}
