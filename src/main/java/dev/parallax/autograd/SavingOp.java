package dev.parallax.autograd;

import dev.parallax.tensor.Shape;

/// An operation that saves numbers for backward which have a meaning of their own: gates, log-sum-exps, means. They are
/// the first that forward saves ([Frame#saved]).
public sealed interface SavingOp extends Op
        permits Attention,
                BiasedAttention,
                CrossEntropy,
                GruSequence,
                InstanceNormalization,
                LayerNormalization,
                LstmSequence {

    /// Shape of what is saved.
    Shape savedShape(Shape... in);

    /// What is saved by the formula in plain double loops, without a kernel.
    double[] savedReference(Shape[] shapes, double[]... in);
}
