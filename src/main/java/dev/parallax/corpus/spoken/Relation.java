package dev.parallax.corpus.spoken;

import dev.parallax.io.Choice;

/// How the tone of an utterance and its words stand to each other, and so where its emotion shows.
public enum Relation implements Choice {
    /// Both show the emotion.
    AGREE,
    /// Words show it, in a neutral tone.
    TEXT_ONLY,
    /// The tone shows it, over neutral words.
    AUDIO_ONLY,
    /// They show two different emotions; the voice counts.
    CONFLICT,
    /// An ironic tone turns the words around: joyful words mean anger, angry words joy. Neither perspective tells
    /// the emotion, and no sum of what the two say does.
    IRONY
}
