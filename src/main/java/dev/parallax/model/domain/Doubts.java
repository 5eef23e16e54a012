package dev.parallax.model.domain;

import java.util.List;

/// Why an answer is not to be relied on, whatever its probability: its input is unlike the training data
/// ([TrainingDomain]).
///
/// @param sound about the recording, one line each with its remedy
/// @param text  about the sentence
public record Doubts(List<String> sound, List<String> text) {

    /// There are none.
    public static final Doubts NONE = new Doubts(List.of(), List.of());

    public Doubts {
        sound = List.copyOf(sound);
        text = List.copyOf(text);
    }
}
