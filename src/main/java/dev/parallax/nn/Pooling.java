package dev.parallax.nn;

import dev.parallax.autograd.Add;
import dev.parallax.autograd.SequenceMax;
import dev.parallax.autograd.SequenceMean;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.Offsets;

/// From a sequence of rows to one row.
public enum Pooling {
    /// The mean over the rows of each sequence.
    MEAN,
    /// The largest value of each feature over the rows of each sequence.
    MAX,
    /// The sum of both: features that hold on the whole, and features that hold somewhere.
    MEAN_MAX;

    /// @param x [total, features]
    /// @return [sequences, features]
    public Variable forward(Pass pass, Variable x, Offsets offsets) {
        return switch (this) {
            case MEAN -> mean(pass, x, offsets);
            case MAX -> max(pass, x, offsets);
            case MEAN_MAX -> pass.tape().apply(new Add(), mean(pass, x, offsets), max(pass, x, offsets));
        };
    }

    private static Variable mean(Pass pass, Variable x, Offsets offsets) {
        return pass.tape().apply(new SequenceMean(offsets), x);
    }

    private static Variable max(Pass pass, Variable x, Offsets offsets) {
        return pass.tape().apply(new SequenceMax(offsets), x);
    }
}
