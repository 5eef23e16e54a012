package dev.parallax.study;

import dev.parallax.io.Choice;

/// Which models without a network a study has beside the others.
public enum BaselineChoice implements Choice {
    /// None.
    NONE,
    /// The most frequent class.
    MAJORITY,
    /// The most frequent class, and linear models on what each perspective reads.
    LINEAR
}
