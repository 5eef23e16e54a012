package dev.parallax.model;

import dev.parallax.autograd.Variable;
import dev.parallax.fusion.FusedLogits;
import dev.parallax.fusion.Perspectives;
import dev.parallax.fusion.View;
import dev.parallax.model.answer.Answer;
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
    private final Perspectives<Mean> means = Perspectives.of(_ -> new Mean());

    PredictionAverage(Model model) {
        this.model = model;
    }

    /// The answer to one utterance of a batch.
    ///
    /// @param utterance its number
    void add(FusedLogits logits, int utterance) {
        for (View view : Perspectives.VIEWS) {
            means.get(view).add(logits.logits(view), logits.owners(view), utterance);
        }
    }

    /// See [Decision]. A perspective is shown beside the fused answer only if it was trained with its own loss term.
    ///
    /// @param doubts added after the warnings
    Prediction prediction(List<String> warnings, Doubts doubts) {
        Set<String> told = new LinkedHashSet<>(warnings);
        told.addAll(doubts.sound());
        told.addAll(doubts.text());
        Decision decision = Decision.of(model, means.<double @Nullable []>map(Mean::logits), doubts);
        boolean hidden = Decision.hidesPerspectives(model);
        if (decision.isAlone()) {
            boolean heard = doubts.sound().isEmpty();
            told.add("the " + (heard ? "audio" : "text") + " decides alone, since the " + (heard ? "text" : "audio")
                    + " is unlike what the model knows");
        }
        Answer fused = decision.answers().fused();
        if (hidden && fused == null) {
            told.add("this model was trained with the single loss: one perspective alone was never taught to decide");
        }
        if (fused != null && isUntestedFusion()) {
            told.add(
                    "fused: no utterance with both audio and text was trained or tested on, so it is not known how good"
                            + " the fused answer is");
        }
        Perspectives<@Nullable Answer> shown =
                hidden && fused != null ? new Perspectives<>(fused, null, null) : decision.answers();
        return new Prediction(model.labels().names(), shown, decision.by(), List.copyOf(told));
    }

    private boolean isUntestedFusion() {
        RunRecord record = model.record();
        return model.rules().unpaired() != null && (record == null || !record.isTested(View.FUSED));
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
