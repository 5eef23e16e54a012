package dev.parallax.fusion;

import dev.parallax.autograd.Variable;
import dev.parallax.backend.Offsets;
import dev.parallax.nn.Dropout;
import dev.parallax.nn.Linear;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;

/// From one vector an utterance to the fused logits: z = Linear(dropout(x)).
/// shapes: x [utterances, in] -> z [utterances, classes].
final class FusedHead {

    private final Dropout dropout;
    private final Linear head;

    FusedHead(Parameters parameters, FusionSizes sizes, int in, int stream) {
        this.dropout = new Dropout((float) sizes.dropout(), stream);
        this.head = new Linear(parameters, "fusion.head", in, sizes.classes());
    }

    /// @param groups of the utterances ([Paired#groups])
    Variable forward(Pass pass, Variable x, Offsets groups) {
        return head.forward(pass, dropout.forward(pass, x, groups));
    }
}
