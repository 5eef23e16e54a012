package dev.parallax.corpus.split;

import dev.parallax.data.Utterance;
import java.util.List;
import java.util.function.Predicate;

/// A way of testing that others use too, so that numbers can stand beside each other.
///
/// @param name        what `--protocol` calls it
/// @param description one line for people
/// @param scope       which utterances take part at all
/// @param folds       in order; each is trained and tested apart
public record Protocol(String name, String description, Scope scope, List<Fold> folds) {

    /// A protocol in which every utterance takes part.
    public Protocol(String name, String description, List<Fold> folds) {
        this(name, description, Scope.EVERYTHING, folds);
    }

    /// One fold: everyone in scope who is neither tested nor validated on is trained on.
    ///
    /// @param testSpeakers speakers of the test part
    /// @param valSpeakers  speakers of the validation part; where none is named, it is drawn
    public record Fold(List<String> testSpeakers, List<String> valSpeakers) {}

    /// Which utterances take part; the others are in no part of any fold.
    ///
    /// @param includes whether an utterance takes part
    /// @param others   what those are that do not, the end of a sentence: `which follow a script`
    public record Scope(Predicate<Utterance> includes, String others) {

        /// Every utterance takes part.
        public static final Scope EVERYTHING = new Scope(_ -> true, "");
    }
}
