package dev.parallax.fusion;

import dev.parallax.autograd.Variable;
import dev.parallax.nn.Pass;

/// One way to make one decision of two perspectives. [Fusions] lists them all and makes them by name.
public sealed interface Fusion
        permits EarlyAdd,
                EarlyConcat,
                EarlyAttention,
                MiddleAdd,
                MiddleConcat,
                MiddleProduct,
                MiddleAttention,
                MiddleGated,
                MiddleTensor,
                MiddleLowRank,
                Aligned,
                CrossTransformer,
                Bottleneck,
                LateAdd,
                LateWeighted,
                LateConcat,
                LateAttention,
                LateGated,
                LateProduct {

    /// The fused logits z.
    ///
    /// @param pass of the utterances or dialogues in `both` ([Pass#ofUtterances] of [Paired#ordinals]), so that a
    ///     dropout decides the same for an utterance whatever its neighbours lack
    /// @param both which utterances have both modalities, and where each modality keeps them
    /// @return [both.count(), classes]
    Variable forward(Pass pass, Perspective audio, Perspective text, Paired both);
}
