package dev.parallax.pretrained.encoder;

import dev.parallax.autograd.Variable;
import dev.parallax.nn.Pass;

/// A part of an encoder that needs nothing but the rows which the part before it gives.
///
/// @param step    from rows to rows
/// @param isState whether what it gives is a state of the encoder, behind a layer
record Stage(Step step, boolean isState) {

    /// From rows to rows, in one pass.
    interface Step {
        Variable forward(Pass pass, Variable x);
    }

    static Stage between(Step step) {
        return new Stage(step, false);
    }

    static Stage state(Step step) {
        return new Stage(step, true);
    }
}
