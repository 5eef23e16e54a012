package dev.parallax.fusion;

import dev.parallax.autograd.Variable;
import dev.parallax.nn.Linear;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;
import org.jspecify.annotations.Nullable;

/// Brings a modality to the common width, where an operator needs both to have the same: a linear layer
/// if its width is another, else nothing. So does Wu, Lu, Dai, ICASSP 2023, who project whatever is not
/// 100 wide to 100.
/// shapes: x [rows, in] -> [rows, width].
final class ToWidth {

    private final @Nullable Linear linear;

    ToWidth(Parameters parameters, String name, int in, int width) {
        this.linear = in == width ? null : new Linear(parameters, name, in, width);
    }

    Variable forward(Pass pass, Variable x) {
        return linear == null ? x : linear.forward(pass, x);
    }
}
