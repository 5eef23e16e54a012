package dev.parallax.report.plot;

import dev.parallax.model.Prediction;

/// One utterance, with the answers of each perspective.
///
/// @param chosen     by what rule it was chosen: "the first ..."
/// @param id         of the utterance
/// @param sentence   its text, as the model got it
/// @param truth      its true class
/// @param model      the name of the model
/// @param prediction its answers
public record UtteranceCard(
        String chosen, String id, String sentence, String truth, String model, Prediction prediction) {}
