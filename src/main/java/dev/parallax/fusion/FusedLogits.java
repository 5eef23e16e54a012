package dev.parallax.fusion;

import dev.parallax.autograd.Variable;
import dev.parallax.nn.Pass;
import org.jspecify.annotations.Nullable;

/// A model's logits for a batch: of each perspective that some utterance has, and of the fusion where both are
/// there.
///
/// @param audio the logits of audio alone, or null where no utterance has audio
/// @param text  the logits of text alone, or null where no utterance has text
/// @param both  the utterances with both
/// @param fused z of those [both.count(), classes], or null where there are none
/// @param fusion what has made z, or null where it is not known
public record FusedLogits(
        @Nullable Perspective audio,
        @Nullable Perspective text,
        Paired both,
        @Nullable Variable fused,
        @Nullable Fusion fusion) {

    /// Logits that were fused by other means than a [Fusion], or not at all.
    public FusedLogits(@Nullable Perspective audio, @Nullable Perspective text, Paired both, @Nullable Variable fused) {
        this(audio, text, both, fused, null);
    }

    /// The fused logits where all that the fusion reads of one modality is zero: what the other one contributes.
    /// They are not differentiated. Null where nothing was fused.
    ///
    /// @param pass for answers, on any tape
    /// @return [both.count(), classes]
    public @Nullable Variable without(Pass pass, Modality hidden) {
        if (fusion == null || audio == null || text == null || both.count() == 0) {
            return null;
        }
        return fusion.forward(
                pass.ofUtterances(both.ordinals()),
                hidden == Modality.AUDIO ? audio.zeroed(pass) : audio.detached(pass),
                hidden == Modality.TEXT ? text.zeroed(pass) : text.detached(pass),
                both);
    }

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
