package dev.parallax.nn;

import dev.parallax.autograd.SequenceMax;
import dev.parallax.autograd.SequenceMean;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.Offsets;

/// From a sequence of rows to one row.
public enum Pooling {
    /// The mean over the rows of each sequence.
    MEAN,
    /// The largest value of each feature over the rows of each sequence.
    MAX;

    /// @param x [total, features]
    /// @return [sequences, features]
    public Variable forward(Pass pass, Variable x, Offsets offsets) {
        return pass.tape().apply(this == MEAN ? new SequenceMean(offsets) : new SequenceMax(offsets), x);
    }
}
