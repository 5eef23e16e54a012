package dev.parallax.data;

import dev.parallax.BadInputException;
import org.jspecify.annotations.Nullable;

/// One utterance of a corpus: what was said, how it sounded, and what emotion it was given. At least one of the two
/// perspectives is there, itself or as a vector.
///
/// @param id       unique within its corpus
/// @param audio    the sound, or null where there is none
/// @param text     the words, or null where there are none
/// @param emotion  the label as its corpus writes it after mapping, or null where it is not known
/// @param speaker  who speaks, or null where it is not known
/// @param dialogue the conversation it belongs to, or null
/// @param turn     its place in the dialogue, from 0; -1 where it is not known
/// @param split    `train`, `val` or `test` where the corpus says so, else null
/// @param vectors  what other models made of it, or null
public record Utterance(
        String id,
        @Nullable AudioSource audio,
        @Nullable String text,
        @Nullable String emotion,
        @Nullable String speaker,
        @Nullable String dialogue,
        int turn,
        @Nullable String split,
        @Nullable Vectors vectors) {

    public Utterance {
        if (audio == null && text == null && vectors == null) {
            throw new BadInputException("utterance " + id + " has neither audio nor text; give it one of them");
        }
    }

    /// An utterance without vectors.
    public Utterance(
            String id,
            @Nullable AudioSource audio,
            @Nullable String text,
            @Nullable String emotion,
            @Nullable String speaker,
            @Nullable String dialogue,
            int turn,
            @Nullable String split) {
        this(id, audio, text, emotion, speaker, dialogue, turn, split, null);
    }

    /// The same utterance with what a model made of it.
    public Utterance withVectors(Vectors made) {
        return new Utterance(id, audio, text, emotion, speaker, dialogue, turn, split, made);
    }

    /// The same utterance with another label.
    public Utterance withEmotion(@Nullable String label) {
        return new Utterance(id, audio, text, label, speaker, dialogue, turn, split, vectors);
    }
}
