package dev.parallax.nn;

import dev.parallax.BadInputException;
import dev.parallax.autograd.CrossEntropy;
import dev.parallax.autograd.Variable;
import java.util.Arrays;

/// Cross-entropy of logits: plain, with class weights, with label smoothing; as a sum or as a mean.
public final class CrossEntropyLoss {

    private final float[] classWeights;
    private final float smoothing;

    /// @param classWeights one weight per class, all 1 for the plain loss
    /// @param smoothing    share of the target spread evenly over the classes, in [0, 1)
    public CrossEntropyLoss(float[] classWeights, float smoothing) {
        if (!(smoothing >= 0 && smoothing < 1)) {
            throw new BadInputException("crossEntropy: smoothing is " + smoothing + ", must be in [0, 1)");
        }
        this.classWeights = classWeights.clone();
        this.smoothing = smoothing;
    }

    /// All classes have the same weight, nothing is smoothed.
    public static CrossEntropyLoss plain(int classes) {
        float[] ones = new float[classes];
        Arrays.fill(ones, 1);
        return new CrossEntropyLoss(ones, 0);
    }

    /// The sum over rows, times `scale`.
    ///
    /// @param logits [rows, classes]
    /// @param labels class of each row
    /// @return [1]
    public Variable sum(Pass pass, Variable logits, int[] labels, float scale) {
        return pass.tape().apply(new CrossEntropy(labels, classWeights, smoothing, scale), logits);
    }

    /// The sum of the weights of these labels.
    public double weightOf(int[] labels) {
        double weight = 0;
        for (int label : labels) {
            weight += classWeights[label];
        }
        return weight;
    }
}
