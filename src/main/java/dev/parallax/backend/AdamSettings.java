package dev.parallax.backend;

/// The numbers of one Adam or AdamW step.
///
/// @param learningRate step size, already scheduled
/// @param beta1        decay of the first moment
/// @param beta2        decay of the second moment
/// @param epsilon      added to the root of the second moment
/// @param weightDecay  L2 strength
/// @param decoupled    false: the decay is added to the gradient (Adam); true: to the step (AdamW)
/// @param step         number of this step, from 1, for the bias corrections
public record AdamSettings(
        double learningRate,
        double beta1,
        double beta2,
        double epsilon,
        double weightDecay,
        boolean decoupled,
        int step) {

    /// 1 - beta1, taken in double and then rounded, as PyTorch does.
    public float oneLessBeta1() {
        return (float) (1 - beta1);
    }

    /// 1 - beta2, taken in double and then rounded: in float, 1 - 0.999f has a relative error of 5e-5.
    public float oneLessBeta2() {
        return (float) (1 - beta2);
    }
}
