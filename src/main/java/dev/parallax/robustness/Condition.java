package dev.parallax.robustness;

import dev.parallax.data.Utterance;
import java.util.function.UnaryOperator;

/// One way in which utterances may come other than in their corpus.
///
/// @param name   as tables show it
/// @param what   what is done, and what is left out where the name promises more
/// @param needs  what an utterance must have for it
/// @param change what it does to an utterance that has that: a pure function, the same on any thread
public record Condition(String name, String what, Needs needs, UnaryOperator<Utterance> change) {

    /// What a condition is about: what utterances must have, and the model must read.
    public enum Needs {
        AUDIO("audio"),
        TEXT("text"),
        BOTH("both audio and text");

        private final String words;

        Needs(String words) {
            this.words = words;
        }

        /// As in `the utterances with both audio and text`.
        String words() {
            return words;
        }

        /// Whether an utterance has it.
        boolean in(Utterance utterance) {
            return (this == TEXT || utterance.audio() != null) && (this == AUDIO || utterance.text() != null);
        }
    }
}
