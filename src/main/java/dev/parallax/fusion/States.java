package dev.parallax.fusion;

import dev.parallax.autograd.SequenceMean;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.Offsets;
import dev.parallax.nn.Pass;

/// One modality's states of the utterances that have both.
///
/// @param rows    one a frame or token [total, H]
/// @param offsets where each utterance begins
record States(Variable rows, Offsets offsets) {

    /// The same sequences with other rows.
    States with(Variable changed) {
        return new States(changed, offsets);
    }

    /// The mean of each utterance's rows [utterances, H].
    Variable mean(Pass pass) {
        return pass.tape().apply(new SequenceMean(offsets), rows);
    }
}
