package dev.parallax.corpus.spoken;

import dev.parallax.io.Choice;

/// How much of an utterance reaches the listener.
public enum Condition implements Choice {
    /// Sound and words, with a quiet room around the voice.
    CLEAN,
    /// The sound lies in pink noise.
    NOISY,
    /// Some words are wrong, as a speech recogniser leaves them.
    GARBLED,
    /// There are words alone.
    NO_AUDIO,
    /// There is sound alone.
    NO_TEXT
}
