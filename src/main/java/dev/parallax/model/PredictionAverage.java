package dev.parallax.model;

import dev.parallax.autograd.Variable;
import dev.parallax.fusion.FusedLogits;
import dev.parallax.fusion.Perspective;
import dev.parallax.model.domain.Doubts;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The answer to the windows of a recording: their logits averaged, which is the geometric mean of their
/// probabilities, normalised; of one window, that window's.
final class PredictionAverage {

    private final Model model;
    private final Mean fused = new Mean();
    private final Mean audio = new Mean();
    private final Mean text = new Mean();

    PredictionAverage(Model model) {
        this.model = model;
    }

    /// The answer to one utterance of a batch.
    ///
    /// @param utterance its number
    void add(FusedLogits logits, int utterance) {
        Perspective fromAudio = logits.audio();
        Perspective fromText = logits.text();
        fused.add(logits.fused(), logits.both().owners(), utterance);
        if (fromAudio != null) {
            audio.add(fromAudio.logits(), fromAudio.owners(), utterance);
        }
        if (fromText != null) {
            text.add(fromText.logits(), fromText.owners(), utterance);
        }
    }

    /// See [Decision]. A perspective is shown beside the fused answer only if it was trained with its own loss term.
    ///
    /// @param doubts added after the warnings
    Prediction prediction(List<String> warnings, Doubts doubts) {
        Set<String> told = new LinkedHashSet<>(warnings);
        told.addAll(doubts.sound());
        told.addAll(doubts.text());
        Decision decision = Decision.of(model, fused.logits(), audio.logits(), text.logits(), doubts);
        boolean hidden = Decision.hidesPerspectives(model);
        if (decision.isAlone()) {
            boolean heard = doubts.sound().isEmpty();
            told.add("the " + (heard ? "audio" : "text") + " decides alone, since the " + (heard ? "text" : "audio")
                    + " is unlike what the model knows");
        }
        if (hidden && decision.fused() == null) {
            told.add("this model was trained with the single loss: one perspective alone was never taught to decide");
        }
        boolean show = !hidden || decision.fused() == null;
        return new Prediction(
                model.labels().names(),
                decision.fused(),
                show ? decision.audio() : null,
                show ? decision.text() : null,
                decision.by(),
                List.copyOf(told));
    }

    /// Mean of the logits of the windows.
    private static final class Mean {
        private double @Nullable [] mean;
        private int count;

        void add(@Nullable Variable logits, int[] owners, int utterance) {
            int row = Arrays.binarySearch(owners, utterance);
            if (logits == null || row < 0) {
                return;
            }
            float[] values = logits.value().toArray();
            if (mean == null) {
                mean = new double[logits.shape().columns()];
            }
            count++;
            for (int c = 0; c < mean.length; c++) {
                mean[c] += (values[row * mean.length + c] - mean[c]) / count;
            }
        }

        double @Nullable [] logits() {
            return mean;
        }
    }
}
