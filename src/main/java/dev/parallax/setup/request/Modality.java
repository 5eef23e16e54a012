package dev.parallax.setup.request;

import java.util.Locale;

/// What a model can perceive of an utterance.
public enum Modality {
    AUDIO,
    TEXT;

    /// `audio` or `text`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
