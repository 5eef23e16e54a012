package dev.parallax.fusion;

import dev.parallax.autograd.Variable;
import org.jspecify.annotations.Nullable;

/// A model's logits for a batch: of each perspective that some utterance has, and of the fusion where both are
/// there.
///
/// @param audio the logits of audio alone, or null where no utterance has audio
/// @param text  the logits of text alone, or null where no utterance has text
/// @param both  the utterances with both
/// @param fused z of those [both.count(), classes], or null where there are none
public record FusedLogits(
        @Nullable Perspective audio,
        @Nullable Perspective text,
        Paired both,
        @Nullable Variable fused) {

    /// The logits of a view, one row per utterance that has it, or null where none has.
    public @Nullable Variable logits(View view) {
        return new Perspectives<>(fused, logits(audio), logits(text)).get(view);
    }

    /// Which utterance of the batch each row of [#logits] belongs to, rising.
    public int[] owners(View view) {
        return new Perspectives<>(both.owners(), owners(audio), owners(text)).get(view);
    }

    private static @Nullable Variable logits(@Nullable Perspective perspective) {
        return perspective == null ? null : perspective.logits();
    }

    private static int[] owners(@Nullable Perspective perspective) {
        return perspective == null ? new int[0] : perspective.owners();
    }
}
