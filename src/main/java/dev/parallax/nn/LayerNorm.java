package dev.parallax.nn;

import dev.parallax.autograd.LayerNormalization;
import dev.parallax.autograd.Variable;
import dev.parallax.tensor.Shape;

/// Layer normalisation of every row. Parameters, both [features]: `weight` (gamma, initially 1) and
/// `bias` (beta, initially 0).
public final class LayerNorm {

    private static final float EPSILON = 1e-5f;

    private final float epsilon;
    private final Parameter weight;
    private final Parameter bias;

    /// With epsilon 1e-5.
    public LayerNorm(Parameters parameters, String name, int features) {
        this(parameters, name, features, EPSILON);
    }

    /// @param epsilon is added to each variance
    public LayerNorm(Parameters parameters, String name, int features, float epsilon) {
        this.epsilon = epsilon;
        this.weight = parameters.add(name + ".weight", Shape.of(features), Initializer.constant(1));
        this.bias = parameters.add(name + ".bias", Shape.of(features), Initializer.zeros());
    }

    /// @param x [rows, features]
    /// @return [rows, features]
    public Variable forward(Pass pass, Variable x) {
        return pass.tape().apply(new LayerNormalization(epsilon), x, pass.variable(weight), pass.variable(bias));
    }
}
