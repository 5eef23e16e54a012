package dev.parallax.corpus;

import java.util.List;

/// A way of testing that others use too, so that numbers can stand beside each other.
///
/// @param name        what `--protocol` calls it
/// @param description one line for people
/// @param folds       in order; each is trained and tested apart
public record Protocol(String name, String description, List<Fold> folds) {

    /// One fold: everyone who is neither tested nor validated on is trained on.
    ///
    /// @param testSpeakers speakers of the test part
    /// @param valSpeakers  speakers of the validation part; where none is named, it is drawn
    public record Fold(List<String> testSpeakers, List<String> valSpeakers) {}
}
