package dev.parallax.fusion;

import dev.parallax.autograd.Tanh;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.Offsets;
import dev.parallax.nn.Linear;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;

/// What follows the operator of a middle fusion: z = Linear(dropout(tanh(Linear(x)))).
/// shapes: x [utterances, in] -> tanh [utterances, width] -> z [utterances, classes].
/// Source: Wu, Lu, Dai, ICASSP 2023, the middle fusion of the authors' code.
final class MiddleHead {

    private final Linear hidden;
    private final FusedHead head;

    MiddleHead(Parameters parameters, FusionSizes sizes, int in, int stream) {
        this.hidden = new Linear(parameters, "fusion.hidden", in, sizes.width());
        this.head = new FusedHead(parameters, sizes, sizes.width(), stream);
    }

    /// @param groups of the utterances ([Paired#groups])
    Variable forward(Pass pass, Variable x, Offsets groups) {
        return head.forward(pass, pass.tape().apply(new Tanh(), hidden.forward(pass, x)), groups);
    }
}
