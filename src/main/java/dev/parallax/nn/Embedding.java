package dev.parallax.nn;

import dev.parallax.autograd.GatherRows;
import dev.parallax.autograd.Variable;
import dev.parallax.tensor.Shape;

/// One vector per word: row `id` of `weight` [words, features], initially normal with mean 0.
public final class Embedding {

    private final Parameter weight;

    /// @param standardDeviation of the initial values
    public Embedding(Parameters parameters, String name, int words, int features, double standardDeviation) {
        this.weight =
                parameters.add(name + ".weight", Shape.of(words, features), Initializer.normal(standardDeviation));
    }

    /// @param ids row numbers, from 0
    /// @return [ids, features]
    public Variable forward(Pass pass, int... ids) {
        return pass.tape().apply(new GatherRows(ids), pass.variable(weight));
    }
}
