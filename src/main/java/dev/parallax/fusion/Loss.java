package dev.parallax.fusion;

import dev.parallax.io.Choice;

/// What training makes smaller.
public enum Loss implements Choice {
    /// The cross-entropy of the fused answer alone: the single loss.
    FUSED,
    /// The perspective loss: one term for each perspective too ([PerspectiveLoss]).
    PERSPECTIVE
}
