package dev.parallax.setup.request;

import dev.parallax.io.Choice;

/// What a model gives answers for.
public enum Level implements Choice {
    /// An utterance by itself.
    UTTERANCE,
    /// Each utterance of a dialogue, with its neighbours as context.
    DIALOGUE
}
