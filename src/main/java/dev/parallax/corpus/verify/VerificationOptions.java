package dev.parallax.corpus.verify;

import dev.parallax.corpus.recordings.Preparation;
import dev.parallax.corpus.recordings.SoundCache;

/// How the recordings of a corpus are listened to when it is verified.
///
/// @param sounds  where what is found out about each is kept
/// @param threads at least 1; the result does not depend on it
/// @param done    called after each utterance with the number done
public record VerificationOptions(SoundCache sounds, int threads, Preparation.Progress done) {

    /// On one thread, nothing is kept, nobody is told.
    public static final VerificationOptions ALONE = new VerificationOptions(SoundCache.none(), 1, (_, _) -> {});
}
