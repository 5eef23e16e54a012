package dev.parallax.fusion;

import dev.parallax.autograd.Variable;
import dev.parallax.backend.Offsets;

/// One modality's view of those utterances of a batch that have it, at every depth where a fusion may take hold of it.
public final class Perspective {

    private final int[] owners;
    private final Offsets offsets;
    private final Variable states;
    private final Variable pooled;
    private final Variable logits;

    /// @param owners  which utterance of the batch each sequence belongs to, rising
    /// @param offsets where each sequence begins
    /// @param states  the encoder's states, one row a frame or token [total, H]
    /// @param pooled  one row an utterance [utterances, H]
    /// @param logits  z_m, what this modality alone says [utterances, classes]
    public Perspective(int[] owners, Offsets offsets, Variable states, Variable pooled, Variable logits) {
        this.owners = owners.clone();
        this.offsets = offsets;
        this.states = states;
        this.pooled = pooled;
        this.logits = logits;
    }

    /// Which utterance of the batch each row of `pooled` and `logits` belongs to, rising.
    public int[] owners() {
        return owners.clone();
    }

    public Offsets offsets() {
        return offsets;
    }

    public Variable states() {
        return states;
    }

    public Variable pooled() {
        return pooled;
    }

    public Variable logits() {
        return logits;
    }
}
