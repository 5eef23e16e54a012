package dev.parallax.model;

import dev.parallax.audio.Audio;
import org.jspecify.annotations.Nullable;

/// What a model is asked about one utterance.
///
/// @param audio the recording, at any rate, or null
/// @param text  the words, or null
public record PredictionInput(
        @Nullable Audio audio, @Nullable String text) {}
