package dev.parallax.fusion;

import dev.parallax.autograd.Variable;
import org.jspecify.annotations.Nullable;

/// What a model says of a batch, in logits: each perspective that some utterance has, and the fusion of those that
/// have both.
///
/// @param audio what audio alone says, or null where no utterance has audio
/// @param text  what text alone says, or null where no utterance has text
/// @param both  the utterances with both
/// @param fused z of those [both.count(), classes], or null where there are none
public record FusedLogits(
        @Nullable Perspective audio,
        @Nullable Perspective text,
        Paired both,
        @Nullable Variable fused) {}
