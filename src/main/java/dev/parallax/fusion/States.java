package dev.parallax.fusion;

import dev.parallax.autograd.Variable;
import dev.parallax.backend.Offsets;
import dev.parallax.nn.Pass;
import dev.parallax.nn.Pooling;
import org.jspecify.annotations.Nullable;

/// One modality's states of the utterances that have both.
final class States {

    private final Variable rows;
    private final Offsets offsets;
    private final boolean inContext;
    private final int @Nullable [] spans;

    /// @param rows      one a frame or token, or in context one an utterance [total, H]
    /// @param offsets   where each utterance begins, or in context each dialogue
    /// @param inContext whether a row is an utterance of a dialogue
    States(Variable rows, Offsets offsets, boolean inContext) {
        this(rows, offsets, inContext, null);
    }

    /// @param spans of tokens, the frames of each where they are known ([Perspective#withSpans]), or null
    States(Variable rows, Offsets offsets, boolean inContext, int @Nullable [] spans) {
        this.rows = rows;
        this.offsets = offsets;
        this.inContext = inContext;
        this.spans = spans;
    }

    Variable rows() {
        return rows;
    }

    Offsets offsets() {
        return offsets;
    }

    /// Whether a row is an utterance of a dialogue.
    boolean inContext() {
        return inContext;
    }

    /// The frames of each token, not a copy, or null.
    int @Nullable [] spans() {
        return spans;
    }

    /// The same sequences with other rows.
    States with(Variable changed) {
        return new States(changed, offsets, inContext, spans);
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
