package dev.parallax.setup.request;

import dev.parallax.io.Choice;

/// What a model can read of an utterance.
public enum Modality implements Choice {
    AUDIO,
    TEXT
}
