package dev.parallax.model.turns;

import dev.parallax.audio.Segment;
import dev.parallax.model.Prediction;
import dev.parallax.transcript.SpokenTurn;
import org.jspecify.annotations.Nullable;

/// A turn with its answer, or with the reason why it has none.
///
/// @param turn       as the transcript has it
/// @param heard      the stretch of the recording that was heard, or null
/// @param prediction the answers, or null
/// @param error      the reason, one line; null where there are answers
public record AnsweredTurn(
        SpokenTurn turn,
        @Nullable Segment heard,
        @Nullable Prediction prediction,
        @Nullable String error) {}
