package dev.parallax.corpus.synthetic;

import java.util.List;

/// What one perspective shows: nothing (the neutral rendering), one of the four emotions, or one of the four signs of
/// the synergy alphabet, which mean nothing alone. Each has its prosody ([Prosody]) and its words ([Sentences]).
enum Symbol {
    NEUTRAL,
    ANGER,
    FEAR,
    JOY,
    SADNESS,
    SIGN_0,
    SIGN_1,
    SIGN_2,
    SIGN_3;

    /// The number of emotions, and of signs: K.
    static final int CLASSES = 4;

    /// The names of the emotions, in the order of the classes 0..K-1.
    static final List<String> LABELS = List.of("anger", "fear", "joy", "sadness");

    /// @param emotion class, 0..K-1
    static Symbol emotion(int emotion) {
        return values()[1 + emotion];
    }

    /// @param sign 0..K-1
    static Symbol sign(int sign) {
        return values()[1 + CLASSES + sign];
    }
}
