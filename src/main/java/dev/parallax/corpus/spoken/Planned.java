package dev.parallax.corpus.spoken;

import java.util.Locale;

/// One utterance as it was planned: the truth that no model may see.
///
/// @param number    its place in the corpus, from 0; says nothing about the rest
/// @param speaker   number of the speaker
/// @param emotion   the true class
/// @param tone      in the voice
/// @param words     the emotion of the sentence
record Planned(
        int number, int speaker, String emotion, Relation relation, Condition condition, Tone tone, String words) {

    /// Its name, and that of its recording.
    String id() {
        return String.format(Locale.ROOT, "spoken-%05d", number);
    }
}
