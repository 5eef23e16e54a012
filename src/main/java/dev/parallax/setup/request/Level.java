package dev.parallax.setup.request;

import java.util.Locale;

/// What a model answers for.
public enum Level {
    /// An utterance by itself.
    UTTERANCE,
    /// Each utterance of a dialogue, with its neighbours in sight.
    DIALOGUE;

    /// `utterance` or `dialogue`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
