package dev.parallax.train;

import dev.parallax.BadInputException;
import dev.parallax.fusion.Perspectives;
import dev.parallax.model.Model;
import dev.parallax.model.answer.UnpairedFusion;
import dev.parallax.nn.CrossEntropyLoss;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// How often each term of the loss sees each class: n_c. Each term has its own counts, since an audio corpus and a
/// text corpus may have different shares of classes. Several corpora count the same, as [Batches] draws from them.
final class ClassCounts {

    private static final String SEPARABLE = "late-add";

    private final Perspectives<double[]> counts; // n_c among the utterances that have what the term needs

    private ClassCounts(int classes) {
        this.counts = Perspectives.of(_ -> new double[classes]);
    }

    /// The counts of labelled utterances.
    static ClassCounts of(Examples examples, int classes) {
        Map<String, Integer> sizes = new HashMap<>();
        for (int i = 0; i < examples.size(); i++) {
            sizes.merge(examples.corpus(i), 1, Integer::sum);
        }
        ClassCounts counts = new ClassCounts(classes);
        for (int i = 0; i < examples.size(); i++) {
            counts.add(examples, i, 1.0 / sizes.getOrDefault(examples.corpus(i), 1));
        }
        return counts;
    }

    private void add(Examples examples, int i, double weight) {
        int[] labels = examples.labels(i);
        for (int row = 0; row < labels.length; row++) {
            if (labels[row] >= 0) {
                boolean hears = examples.hasAudio(i, row);
                boolean reads = examples.hasText(i, row);
                counts.fused()[labels[row]] += hears && reads ? weight : 0;
                counts.audio()[labels[row]] += hears ? weight : 0;
                counts.text()[labels[row]] += reads ? weight : 0;
            }
        }
    }

    /// Whether both terms of single perspectives have utterances, and the fused one has none: corpora that were
    /// never recorded together.
    boolean isApart() {
        return sum(counts.fused()) == 0 && sum(counts.audio()) > 0 && sum(counts.text()) > 0;
    }

    /// Refuses a model that such corpora cannot train.
    ///
    /// @throws BadInputException with a message that says what would work
    void requireSeparable(Model model) {
        if (!model.network().fusion().equals(SEPARABLE)) {
            throw new BadInputException(
                    "training: no utterance has both audio and text, and nothing else could teach the"
                            + " fusion " + model.network().fusion() + "; use ‹fusion " + SEPARABLE + "›"
                            + ", which has nothing to"
                            + " learn");
        }
        double[] heard = counts.audio();
        for (int c = 0; c < heard.length; c++) {
            if (heard[c] == 0 || counts.text()[c] == 0) {
                throw new BadInputException("training: no utterance of the class "
                        + model.labels().names().get(c) + " has " + (heard[c] == 0 ? "audio" : "text")
                        + ", and no utterance has both, so nothing could be fused for it; leave the class out with"
                        + " ‹labels›");
            }
        }
    }

    private static double sum(double[] counts) {
        return Arrays.stream(counts).sum();
    }

    /// How the answers of perspectives that were trained apart are brought together.
    UnpairedFusion unpairedFusion(double balance) {
        return UnpairedFusion.ofPriors(prior(counts.audio(), balance), prior(counts.text(), balance));
    }

    /// The cross-entropy of each term.
    Perspectives<CrossEntropyLoss> criteria(TrainingConfig config) {
        float smoothing = (float) config.smoothing();
        return counts.map(some -> new CrossEntropyLoss(weights(some, config.balance()), smoothing));
    }

    /// How much each class weighs in a term: w_c = (n / (C n_c))^balance. With balance 1 rare classes count as
    /// much as frequent ones, with 0 every utterance counts the same; a class that never occurs then weighs
    /// nothing, or 1.
    static float[] weights(double[] counts, double balance) {
        double labelled = Arrays.stream(counts).sum();
        float[] weights = new float[counts.length];
        for (int c = 0; c < weights.length; c++) {
            double share = counts[c] == 0 ? Double.POSITIVE_INFINITY : counts.length * counts[c] / labelled;
            weights[c] = (float) Math.pow(share, -balance);
        }
        return weights;
    }

    /// The prior of a model trained with such weights: n_c w_c, which is n_c^(1 - balance), normalised.
    static double[] prior(double[] counts, double balance) {
        double[] prior = Arrays.stream(counts)
                .map(count -> count == 0 ? 0 : Math.pow(count, 1 - balance))
                .toArray();
        double sum = Arrays.stream(prior).sum();
        return Arrays.stream(prior).map(share -> share / sum).toArray();
    }
}
