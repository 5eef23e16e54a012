package dev.parallax.nn;

import dev.parallax.autograd.Affine;
import dev.parallax.autograd.Variable;
import dev.parallax.tensor.Shape;
import org.jspecify.annotations.Nullable;

/// Affine map of every row: y = x Wᵀ + b. Parameters `weight` [out, in] and `bias` [out], both initially uniform in
/// ±1/sqrt(in).
public final class Linear {

    private final Parameter weight;
    private final @Nullable Parameter bias;

    public Linear(Parameters parameters, String name, int in, int out) {
        this(parameters, name, in, out, true);
    }

    /// @param hasBias whether b is added
    public Linear(Parameters parameters, String name, int in, int out, boolean hasBias) {
        this.weight = parameters.addFactor(name + ".weight", Shape.of(out, in), 1, Initializer.byFanIn(in));
        this.bias = hasBias ? parameters.add(name + ".bias", Shape.of(out), Initializer.byFanIn(in)) : null;
    }

    /// @param x [rows, in], not modified
    /// @return [rows, out]
    public Variable forward(Pass pass, Variable x) {
        Variable w = pass.variable(weight);
        return bias == null
                ? pass.tape().apply(new Affine(), x, w)
                : pass.tape().apply(new Affine(), x, w, pass.variable(bias));
    }
}
