package dev.parallax.fusion;

import dev.parallax.autograd.Variable;
import dev.parallax.backend.Offsets;
import dev.parallax.nn.Pass;
import dev.parallax.nn.Pooling;

/// One modality's states of the utterances that have both.
///
/// @param rows      one a frame or token, or in context one an utterance [total, H]
/// @param offsets   where each utterance begins, or in context each dialogue
/// @param inContext whether a row is an utterance of a dialogue
record States(Variable rows, Offsets offsets, boolean inContext) {

    /// The same sequences with other rows.
    States with(Variable changed) {
        return new States(changed, offsets, inContext);
    }

    /// One row an utterance [utterances, H]: its rows pooled, or in context its row.
    Variable pooled(Pass pass, Pooling pooling) {
        return inContext ? rows : pooling.forward(pass, rows, offsets);
    }

    /// The mean of each utterance's rows [utterances, H].
    Variable mean(Pass pass) {
        return pooled(pass, Pooling.MEAN);
    }
}
