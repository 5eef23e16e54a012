package dev.parallax.fusion;

import dev.parallax.autograd.Variable;
import dev.parallax.nn.Pass;

/// One way to make one decision of two perspectives. [Fusions] lists them all and makes them by name.
public sealed interface Fusion permits LateAdd, LateAttention, LateConcat {

    /// The fused logits z.
    ///
    /// @param both which utterances have both modalities, and where each modality keeps them
    /// @return [both.count(), classes]
    Variable forward(Pass pass, Perspective audio, Perspective text, Paired both);
}
