package dev.parallax.nn;

import dev.parallax.autograd.InvertedDropout;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.DropoutMask;
import dev.parallax.backend.Offsets;

/// Dropout, in training: each value is zeroed with a probability, the others are scaled up to keep the mean.
///
/// @param probability probability that a value is dropped, in [0, 1)
/// @param stream      which dropout of the model this is: different ones drop independently
public record Dropout(float probability, int stream) {

    /// @param x [total, features], the rows of the sequences at `offsets`
    public Variable forward(Pass pass, Variable x, Offsets offsets) {
        DropoutMask mask = pass.dropoutMask(probability, stream);
        return mask.keepsAll() ? x : pass.tape().apply(new InvertedDropout(offsets, mask), x);
    }
}
