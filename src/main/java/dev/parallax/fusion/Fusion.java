package dev.parallax.fusion;

import dev.parallax.autograd.Variable;
import dev.parallax.nn.EncoderConfig;
import dev.parallax.nn.Pass;

/// One way to make one decision of two perspectives. One class for each place where they can meet: the inputs, the
/// pooled states, all states, or the logits. [Fusions] lists the strategies of all places and makes them by name.
public sealed interface Fusion permits EarlyFusion, MiddleFusion, StateFusion, LateFusion {

    /// The fused logits z.
    ///
    /// @param pass of the utterances or dialogues in `both` ([Pass#ofUtterances] of [Paired#ordinals]), so that
    ///     dropout is the same for an utterance whatever its neighbours lack
    /// @param both which utterances have both modalities, and where each modality keeps them
    /// @return [both.count(), classes]
    Variable forward(Pass pass, Perspective audio, Perspective text, Paired both);

    /// What a strategy is built for.
    ///
    /// @param audio       features of audio's states and pooled rows
    /// @param text        those of text
    /// @param classes     C
    /// @param width       features of the fused vector, where the strategy makes one
    /// @param dropout     on the fused vector, in [0, 1)
    /// @param trunk       the one encoder that reads the fused inputs, where they are fused before it
    /// @param inContext   whether it fuses the utterances of dialogues, one row each, in place of frames and tokens
    /// @param omegaTrained whether the vector omega of [FusionLayers.AtFusion] is trained, or stays as initialised
    /// @param firstStream number of the first dropout; a strategy may use 16
    record Sizes(
            int audio,
            int text,
            int classes,
            int width,
            double dropout,
            EncoderConfig trunk,
            boolean inContext,
            boolean omegaTrained,
            int firstStream) {

        /// Heads of an attention over `width` features: 4, or 1 where 4 do not divide it.
        int heads() {
            return width % 4 == 0 ? 4 : 1;
        }

        /// Whether no utterance may depend on later ones.
        boolean causal() {
            return inContext && !trunk.bidirectional();
        }
    }
}
