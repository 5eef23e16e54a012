package dev.parallax.data;

import dev.parallax.BadInputException;
import org.jspecify.annotations.Nullable;

/// Where an utterance comes from: what a split keeps together or apart. Each fact may be unknown.
///
/// @param corpus   which of several corpora used at once, or null where there is one
/// @param speaker  who speaks, or null
/// @param session  when it was recorded: the speakers of one session talk with each other; or null
/// @param dialogue the conversation it belongs to, or null
/// @param turn     its place in the dialogue, from 0; -1 where it is not known
/// @param script   the text or the scene that it follows, the same name wherever it is played again; or null
/// @param split    `train`, `val` or `test` where the corpus says so, else null
public record Origin(
        @Nullable String corpus,
        @Nullable String speaker,
        @Nullable String session,
        @Nullable String dialogue,
        int turn,
        @Nullable String script,
        @Nullable String split) {

    /// Nothing is known.
    public static final Origin UNKNOWN = new Origin(null, null, null, -1, null, null);

    /// An utterance of a single corpus.
    public Origin(
            @Nullable String speaker,
            @Nullable String session,
            @Nullable String dialogue,
            int turn,
            @Nullable String script,
            @Nullable String split) {
        this(null, speaker, session, dialogue, turn, script, split);
    }

    public Origin {
        if (turn < -1) {
            throw new BadInputException("origin: turn " + turn + " is below 0; give -1 where it is not known");
        }
    }

    /// The corpus, or nothing where there is one.
    public String corpusOrNothing() {
        return corpus == null ? "" : corpus;
    }

    /// Nothing but the speaker is known.
    public static Origin ofSpeaker(@Nullable String speaker) {
        return UNKNOWN.withSpeaker(speaker);
    }

    /// The same of another speaker.
    public Origin withSpeaker(@Nullable String other) {
        return new Origin(corpus, other, session, dialogue, turn, script, split);
    }

    /// The same of another session.
    public Origin withSession(@Nullable String other) {
        return new Origin(corpus, speaker, other, dialogue, turn, script, split);
    }

    /// The same at another place of another dialogue.
    public Origin withTurn(@Nullable String otherDialogue, int otherTurn) {
        return new Origin(corpus, speaker, session, otherDialogue, otherTurn, script, split);
    }

    /// The same with another script.
    public Origin withScript(@Nullable String other) {
        return new Origin(corpus, speaker, session, dialogue, turn, other, split);
    }

    /// The same in another part of its corpus's split.
    public Origin withSplit(@Nullable String other) {
        return new Origin(corpus, speaker, session, dialogue, turn, script, other);
    }

    /// The same as one of several corpora, with the corpus's name before speaker, session, dialogue and script, so
    /// that two speakers called `03` stay two.
    public Origin prefixed(String prefix) {
        return new Origin(
                prefix,
                prefixed(prefix, speaker),
                prefixed(prefix, session),
                prefixed(prefix, dialogue),
                turn,
                prefixed(prefix, script),
                split);
    }

    private static @Nullable String prefixed(String prefix, @Nullable String name) {
        return name == null ? null : prefix + name;
    }
}
