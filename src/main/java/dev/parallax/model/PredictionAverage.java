package dev.parallax.model;

import dev.parallax.autograd.Scale;
import dev.parallax.autograd.Softmax;
import dev.parallax.autograd.Variable;
import dev.parallax.fusion.FusedLogits;
import dev.parallax.fusion.Perspective;
import dev.parallax.nn.Pass;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The mean of the probabilities over the windows of a recording; of one window, that window.
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

    void add(Pass pass, FusedLogits logits) {
        Perspective fromAudio = logits.audio();
        Perspective fromText = logits.text();
        fused.add(pass, logits.fused(), temperatures.fused());
        audio.add(pass, fromAudio == null ? null : fromAudio.logits(), temperatures.audio());
        text.add(pass, fromText == null ? null : fromText.logits(), temperatures.text());
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

    /// A running mean of softmax(logits / temperature).
    private static final class Mean {
        private double @Nullable [] sum;
        private int count;

        void add(Pass pass, @Nullable Variable logits, double temperature) {
            if (logits == null) {
                return;
            }
            Variable cooled = pass.tape().apply(new Scale((float) (1 / temperature)), logits);
            float[] probabilities =
                    pass.tape().apply(new Softmax(), cooled).value().toArray();
            if (sum == null) {
                sum = new double[probabilities.length];
            }
            for (int c = 0; c < sum.length; c++) {
                sum[c] += probabilities[c];
            }
            count++;
        }

        @Nullable
        Answer answer(List<String> labels) {
            if (sum == null) {
                return null;
            }
            double[] mean = sum.clone();
            for (int c = 0; c < mean.length; c++) {
                mean[c] /= count;
            }
            return Answer.of(labels, mean);
        }
    }
}
