package dev.parallax.fusion;

import java.util.Locale;

/// Which of a model's answers.
public enum View {
    /// The fusion of both perspectives.
    FUSED,
    /// What the audio alone says.
    AUDIO,
    /// What the text alone says.
    TEXT,
    /// The answer to go by: fused where there are both, else the one there is. Of an answer, unlike of logits, one
    /// perspective decides where the other is unlike what the model knows.
    DECISION;

    /// What tables, pages and files call it: `fused`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
