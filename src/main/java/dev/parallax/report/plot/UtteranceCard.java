package dev.parallax.report.plot;

import dev.parallax.model.Prediction;

/// One utterance, seen from its perspectives.
///
/// @param chosen     by what rule it was chosen: "the first ..."
/// @param id         of the utterance
/// @param sentence   its text, as the model got it
/// @param truth      its true class
/// @param model      which model answers
/// @param prediction what it says
public record UtteranceCard(
        String chosen, String id, String sentence, String truth, String model, Prediction prediction) {}
