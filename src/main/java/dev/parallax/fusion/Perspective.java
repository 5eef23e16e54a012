package dev.parallax.fusion;

import dev.parallax.autograd.Variable;
import dev.parallax.backend.Offsets;
import dev.parallax.nn.Pass;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// One modality's view of those utterances of a batch that have it, at every depth where a fusion may use it. A
/// sequence of its states is an utterance, each row a frame or token. In context a sequence is a dialogue, and each
/// row is one of its utterances and its own pooled row.
public final class Perspective {

    private final int[] owners;
    private final int[] ordinals;
    private final Offsets offsets;
    private final boolean inContext;
    private final Variable states;
    private final Variable pooled;
    private final Variable logits;
    private final int @Nullable [] spans;

    private Perspective(
            int[] owners,
            int[] ordinals,
            Offsets offsets,
            boolean inContext,
            Variable states,
            Variable pooled,
            Variable logits,
            int @Nullable [] spans) {
        this.spans = spans;
        this.owners = owners.clone();
        this.ordinals = ordinals.clone();
        this.offsets = offsets;
        this.inContext = inContext;
        this.states = states;
        this.pooled = pooled;
        this.logits = logits;
    }

    /// The view of single utterances.
    ///
    /// @param owners  which utterance of the batch each sequence belongs to, rising
    /// @param offsets where each sequence begins
    /// @param states  the encoder's states, one row per frame or token [total, H]
    /// @param pooled  one row per utterance [utterances, H]
    /// @param logits  z_m, the logits of this modality alone [utterances, classes]
    public static Perspective ofUtterances(
            int[] owners, Offsets offsets, Variable states, Variable pooled, Variable logits) {
        return new Perspective(owners, owners, offsets, false, states, pooled, logits, null);
    }

    /// The view of utterances in their dialogues.
    ///
    /// @param owners    which utterance of the batch each row belongs to, rising
    /// @param dialogues the utterance of the batch that each dialogue begins with, rising
    /// @param offsets   where each dialogue begins
    /// @param states    the encoder's states, one row per utterance [utterances, H]
    /// @param logits    z_m, the logits of this modality alone [utterances, classes]
    public static Perspective ofDialogues(
            int[] owners, int[] dialogues, Offsets offsets, Variable states, Variable logits) {
        return new Perspective(owners, dialogues, offsets, true, states, states, logits, null);
    }

    /// The same with the frames that belong to each of its tokens, where it has been measured.
    ///
    /// @param known from and to (exclusive), among the frames of the same utterance, [tokens, 2];
    ///     -1 where it is not known; null for none
    public Perspective withSpans(int @Nullable [] known) {
        return new Perspective(owners, ordinals, offsets, inContext, states, pooled, logits, known);
    }

    /// See [#withSpans].
    int @Nullable [] spans() {
        return spans;
    }

    /// The same values, by which nothing is differentiated.
    Perspective detached(Pass pass) {
        return with(x -> pass.tape().constant(x.value()));
    }

    /// The same utterances with zeros for all values.
    Perspective zeroed(Pass pass) {
        return with(x -> pass.tape().zeros(x.shape()));
    }

    private Perspective with(UnaryOperator<Variable> change) {
        return new Perspective(
                owners,
                ordinals,
                offsets,
                inContext,
                change.apply(states),
                change.apply(pooled),
                change.apply(logits),
                spans);
    }

    /// Which utterance of the batch each row of `pooled` and `logits` belongs to, rising.
    public int[] owners() {
        return owners.clone();
    }

    /// The utterance of the batch that stands for each sequence of the states: its own, or the first of its
    /// dialogue.
    int[] ordinals() {
        return ordinals.clone();
    }

    /// Where each sequence of the states begins.
    public Offsets offsets() {
        return offsets;
    }

    /// Whether a sequence is a dialogue.
    boolean inContext() {
        return inContext;
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
