package dev.parallax.corpus.synthetic;

/// Where the emotion of an utterance shows: in the audio alone, in the text alone, in each of them, or in neither
/// alone but in the pair. A perspective that does not show it shows the neutral rendering.
enum Type {
    AUDIO,
    TEXT,
    BOTH,
    SYNERGY
}
