package dev.parallax.corpus;

/// How the recordings of a corpus are listened to when it is verified.
///
/// @param sounds  where what is found out about each is kept
/// @param threads at least 1; the result does not depend on it
/// @param done    told after each utterance how many are done
public record Listening(SoundCache sounds, int threads, Preparation.Progress done) {

    /// On one thread, nothing is kept, nobody is told.
    static final Listening ALONE = new Listening(SoundCache.none(), 1, (_, _) -> {});
}
