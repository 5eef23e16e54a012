package dev.parallax.data;

import dev.parallax.BadInputException;
import dev.parallax.audio.source.AudioSource;
import org.jspecify.annotations.Nullable;

/// One utterance of a corpus: what was said, how it sounded, and what emotion it was given. It has at least one of
/// the two perspectives, itself or as a vector.
///
/// @param id      unique within its corpus
/// @param audio   the sound, or null where there is none
/// @param text    the words, or null where there are none
/// @param emotion the label as its corpus writes it after mapping, or null where it is not known
/// @param origin  who said it, when, in which dialogue
/// @param vectors vectors that other models computed of it, or null
/// @param times   when each word is spoken, where it is known, or null
public record Utterance(
        String id,
        @Nullable AudioSource audio,
        @Nullable String text,
        @Nullable String emotion,
        Origin origin,
        @Nullable Vectors vectors,
        @Nullable WordTimes times) {

    public Utterance {
        if (audio == null && text == null && vectors == null) {
            throw new BadInputException("utterance " + id + " has neither audio nor text; give it one of them");
        }
    }

    /// An utterance without vectors.
    public Utterance(
            String id, @Nullable AudioSource audio, @Nullable String text, @Nullable String emotion, Origin origin) {
        this(id, audio, text, emotion, origin, null);
    }

    /// An utterance whose words have no times.
    public Utterance(
            String id,
            @Nullable AudioSource audio,
            @Nullable String text,
            @Nullable String emotion,
            Origin origin,
            @Nullable Vectors vectors) {
        this(id, audio, text, emotion, origin, vectors, null);
    }

    /// Who speaks, or null where it is not known.
    public @Nullable String speaker() {
        return origin.speaker();
    }

    /// The recording session, or null where it is not known.
    public @Nullable String session() {
        return origin.session();
    }

    /// The conversation it belongs to, or null.
    public @Nullable String dialogue() {
        return origin.dialogue();
    }

    /// Its place in the dialogue, from 0; -1 where it is not known.
    public int turn() {
        return origin.turn();
    }

    /// The scripted text or scene that it follows, or null.
    public @Nullable String script() {
        return origin.script();
    }

    /// `train`, `val` or `test` where the corpus says so, else null.
    public @Nullable String split() {
        return origin.split();
    }

    /// The same utterance under another id.
    public Utterance withId(String other) {
        return new Utterance(other, audio, text, emotion, origin, vectors, times);
    }

    /// The same utterance with vectors that a model computed of it.
    public Utterance withVectors(Vectors made) {
        return new Utterance(id, audio, text, emotion, origin, made, times);
    }

    /// The same utterance, heard in another way.
    ///
    /// @param spoken when each word is spoken in it, where that is known, or null
    public Utterance withAudio(AudioSource other, @Nullable WordTimes spoken) {
        return new Utterance(id, other, text, emotion, origin, vectors, spoken);
    }

    /// The same utterance with other words, whose times are not known.
    public Utterance withText(String other) {
        return new Utterance(id, audio, other, emotion, origin, vectors, null);
    }

    /// The same utterance, with its audio only.
    public Utterance withoutText() {
        return new Utterance(id, audio, null, emotion, origin, vectors, null);
    }

    /// The same utterance, with its words only; itself where it has no others.
    public Utterance withoutAudio() {
        return text == null ? this : new Utterance(id, null, text, emotion, origin, vectors, null);
    }

    /// The same utterance with another label.
    public Utterance withEmotion(@Nullable String label) {
        return new Utterance(id, audio, text, label, origin, vectors, times);
    }

    /// The same utterance from elsewhere.
    public Utterance withOrigin(Origin other) {
        return new Utterance(id, audio, text, emotion, other, vectors, times);
    }
}
