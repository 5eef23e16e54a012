package dev.parallax.train;

import dev.parallax.fusion.PerspectiveLoss;
import dev.parallax.nn.CrossEntropyLoss;
import java.util.Arrays;

/// How much each class weighs in the loss: w_c = (n / (C n_c))^balance, where n_c of the n labelled utterances
/// are of class c. With balance 1 rare classes count as much as frequent ones, with 0 every utterance counts the
/// same.
///
/// Each term of the loss has weights of its own, from the utterances that it sees: corpora of one modality each
/// may have their classes in other shares.
final class ClassWeights {

    private ClassWeights() {}

    /// The cross-entropies of the terms over some examples.
    static PerspectiveLoss.Criteria criteria(Examples examples, int classes, TrainingConfig config) {
        int[] both = new int[classes];
        int[] heard = new int[classes];
        int[] read = new int[classes];
        for (int i = 0; i < examples.size(); i++) {
            int[] labels = examples.labels(i);
            for (int row = 0; row < labels.length; row++) {
                if (labels[row] >= 0) {
                    boolean hears = examples.hasAudio(i, row);
                    boolean reads = examples.hasText(i, row);
                    both[labels[row]] += hears && reads ? 1 : 0;
                    heard[labels[row]] += hears ? 1 : 0;
                    read[labels[row]] += reads ? 1 : 0;
                }
            }
        }
        float smoothing = (float) config.smoothing();
        return new PerspectiveLoss.Criteria(
                new CrossEntropyLoss(of(both, config.balance()), smoothing),
                new CrossEntropyLoss(of(heard, config.balance()), smoothing),
                new CrossEntropyLoss(of(read, config.balance()), smoothing));
    }

    /// The weight of each class.
    ///
    /// @param counts n_c; a class that never occurs weighs nothing, unless balance is 0
    static float[] of(int[] counts, double balance) {
        double labelled = Arrays.stream(counts).sum();
        float[] weights = new float[counts.length];
        for (int c = 0; c < weights.length; c++) {
            double share = counts[c] == 0 ? Double.POSITIVE_INFINITY : counts.length * counts[c] / labelled;
            weights[c] = (float) Math.pow(share, -balance);
        }
        return weights;
    }
}
