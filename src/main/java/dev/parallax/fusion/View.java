package dev.parallax.fusion;

import java.util.Locale;

/// Which of a model's answers.
public enum View {
    /// The fusion of both perspectives.
    FUSED,
    /// The answer of the audio alone.
    AUDIO,
    /// The answer of the text alone.
    TEXT,
    /// The answer to go by: fused where there are both, else the one there is. For answers, unlike logits, one
    /// perspective decides where the input of the other is unlike the training data.
    DECISION;

    /// What tables, pages and files call it: `fused`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
