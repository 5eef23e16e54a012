package dev.parallax.model;

import dev.parallax.BadInputException;
import dev.parallax.autograd.Variable;
import dev.parallax.data.Labels;
import dev.parallax.fusion.FusedLogits;
import dev.parallax.fusion.Perspective;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The answer to the windows of a recording: their logits averaged, which is the geometric mean of their
/// probabilities, normalised; of one window, that window's.
final class PredictionAverage {

    private final Labels labels;
    private final boolean hidden;
    private final AnswerRules rules;
    private final Mean fused = new Mean();
    private final Mean audio = new Mean();
    private final Mean text = new Mean();

    PredictionAverage(Model model) {
        this.labels = model.labels();
        this.hidden = model.readsAudio() && model.readsText() && !model.perspectivesTrained();
        this.rules = model.rules();
    }

    /// What was said of one utterance of a batch.
    ///
    /// @param utterance its number
    void add(FusedLogits logits, int utterance) {
        Perspective fromAudio = logits.audio();
        Perspective fromText = logits.text();
        fused.add(
                logits.fused(),
                logits.both().owners(),
                utterance,
                rules.temperatures().fused());
        if (fromAudio != null) {
            audio.add(
                    fromAudio.logits(),
                    fromAudio.owners(),
                    utterance,
                    rules.temperatures().audio());
        }
        if (fromText != null) {
            text.add(
                    fromText.logits(),
                    fromText.owners(),
                    utterance,
                    rules.temperatures().text());
        }
    }

    /// A perspective is shown beside the fused answer only if it was taught to speak for itself. Where one of two
    /// lies outside of what the model knows, the other decides alone; an answer that rests on something outside is
    /// not sure.
    ///
    /// @param doubts told after the warnings
    Prediction prediction(List<String> warnings, Doubts doubts) {
        List<String> names = labels.names();
        Set<String> told = new LinkedHashSet<>(warnings);
        told.addAll(doubts.sound());
        told.addAll(doubts.text());
        boolean heard = doubts.sound().isEmpty();
        boolean read = doubts.text().isEmpty();
        Answer both = fused.answer(names, rules.thresholds().fused(), heard && read);
        Answer fromAudio = audio.answer(names, rules.thresholds().audio(), heard);
        Answer fromText = text.answer(names, rules.thresholds().text(), read);
        Answer single = heard ? fromAudio : fromText;
        if (both != null && single != null && !hidden && heard != read) {
            told.add("the " + (heard ? "audio" : "text") + " decides alone, since the " + (heard ? "text" : "audio")
                    + " is unlike what the model knows");
            return new Prediction(names, both, fromAudio, fromText, single, List.copyOf(told));
        }
        if (hidden && both == null) {
            told.add("this model was trained with the single loss: one perspective alone was never taught to decide");
        }
        boolean show = !hidden || both == null;
        return new Prediction(names, both, show ? fromAudio : null, show ? fromText : null, List.copyOf(told));
    }

    /// softmax(mean of the logits / temperature).
    private static final class Mean {
        private double @Nullable [] sum;
        private double temperature;
        private int count;

        void add(@Nullable Variable logits, int[] owners, int utterance, double newTemperature) {
            int row = Arrays.binarySearch(owners, utterance);
            if (logits == null || row < 0) {
                return;
            }
            float[] values = logits.value().toArray();
            if (sum == null) {
                sum = new double[logits.shape().columns()];
            }
            for (int c = 0; c < sum.length; c++) {
                sum[c] += values[row * sum.length + c];
            }
            temperature = newTemperature;
            count++;
        }

        @Nullable
        Answer answer(List<String> labels, double threshold, boolean inside) {
            if (sum == null) {
                return null;
            }
            for (double value : sum) {
                if (!Double.isFinite(value)) {
                    throw new BadInputException(
                            "model: a logit is " + value
                                    + ", so there is no answer: its weights are too large; train it again or take another model");
                }
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
            return Answer.of(labels, probabilities, threshold, inside);
        }
    }
}
