package dev.parallax.fusion;

import dev.parallax.autograd.GatherRows;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.Offsets;
import dev.parallax.nn.Pass;
import dev.parallax.nn.Pooling;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The utterances of a batch that have both modalities: owner i of the batch is row `inAudio[i]` of the audio's
/// logits and row `inText[i]` of the text's.
public final class Paired {

    private final int[] owners;
    private final int[] inAudio;
    private final int[] inText;
    private final int[] ordinals;
    private final Offsets groups;

    private Paired(int[] owners, int[] inAudio, int[] inText, int[] ordinals, Offsets groups) {
        this.owners = owners;
        this.inAudio = inAudio;
        this.inText = inText;
        this.ordinals = ordinals;
        this.groups = groups;
    }

    /// The utterances that both perspectives have; none where one of them is not there.
    public static Paired of(@Nullable Perspective audio, @Nullable Perspective text) {
        if (audio == null || text == null) {
            return of(new int[0], new int[0]);
        }
        Paired single = of(audio.owners(), text.owners());
        return audio.inContext() ? single.grouped(audio) : single;
    }

    /// The owners that occur in both; each list rises.
    static Paired of(int[] audioOwners, int[] textOwners) {
        int most = Math.min(audioOwners.length, textOwners.length);
        int[] owners = new int[most];
        int[] inAudio = new int[most];
        int[] inText = new int[most];
        int count = 0;
        for (int a = 0, t = 0; a < audioOwners.length && t < textOwners.length; ) {
            if (audioOwners[a] == textOwners[t]) {
                owners[count] = audioOwners[a];
                inAudio[count] = a;
                inText[count++] = t;
            }
            boolean audioBehind = audioOwners[a] <= textOwners[t];
            boolean textBehind = textOwners[t] <= audioOwners[a];
            a += audioBehind ? 1 : 0;
            t += textBehind ? 1 : 0;
        }
        int[] paired = Arrays.copyOf(owners, count);
        return new Paired(
                paired,
                Arrays.copyOf(inAudio, count),
                Arrays.copyOf(inText, count),
                paired,
                Offsets.ofSingleRows(count));
    }

    /// The same utterances, those of a dialogue together.
    private Paired grouped(Perspective audio) {
        int[] dialogues = audio.ordinals();
        int[] lengths = new int[dialogues.length];
        int dialogue = 0;
        for (int row : inAudio) {
            while (row >= audio.offsets().start(dialogue + 1)) {
                dialogue++;
            }
            lengths[dialogue]++;
        }
        int[] present =
                IntStream.range(0, lengths.length).filter(i -> lengths[i] > 0).toArray();
        int[] ordinals = Arrays.stream(present).map(i -> dialogues[i]).toArray();
        int[] sizes = Arrays.stream(present).map(i -> lengths[i]).toArray();
        return new Paired(owners, inAudio, inText, ordinals, Offsets.ofLengths(sizes));
    }

    /// How many utterances they are.
    public int count() {
        return owners.length;
    }

    /// Which utterances of the batch they are, rising.
    public int[] owners() {
        return owners.clone();
    }

    /// The utterance of the batch that stands for each of [#groups], for [Pass#ofUtterances].
    public int[] ordinals() {
        return ordinals.clone();
    }

    /// The utterances of each dialogue together; each alone where there are no dialogues. One row per utterance.
    public Offsets groups() {
        return groups;
    }

    /// The rows of `x`, one per utterance with audio, that have text too.
    public Variable ofAudio(Pass pass, Variable x) {
        return choose(pass, x, inAudio);
    }

    /// The rows of `x`, one per utterance with text, that have audio too.
    public Variable ofText(Pass pass, Variable x) {
        return choose(pass, x, inText);
    }

    /// The states of those utterances with audio that have text too.
    States statesOfAudio(Pass pass, Perspective audio) {
        return states(pass, audio, inAudio);
    }

    /// The states of those utterances with text that have audio too.
    States statesOfText(Pass pass, Perspective text) {
        return states(pass, text, inText);
    }

    private States states(Pass pass, Perspective perspective, int[] utterances) {
        if (perspective.inContext()) {
            return new States(choose(pass, perspective.states(), utterances), groups, true, null);
        }
        Offsets from = perspective.offsets();
        Offsets offsets =
                Offsets.ofLengths(Arrays.stream(utterances).map(from::length).toArray());
        int[] rows = Arrays.stream(utterances)
                .flatMap(i -> IntStream.range(from.start(i), from.start(i + 1)))
                .toArray();
        int[] all = perspective.spans();
        int[] spans = all == null
                ? null
                : Arrays.stream(rows)
                        .flatMap(row -> IntStream.of(all[2 * row], all[2 * row + 1]))
                        .toArray();
        return new States(choose(pass, perspective.states(), rows), offsets, false, spans);
    }

    /// y_i = x_rows[i]. shapes: x [entries, D] -> y [rows, D]; nothing is copied where it is all rows
    /// in their order.
    static Variable choose(Pass pass, Variable x, int... rows) {
        boolean all = rows.length == x.shape().rows();
        for (int i = 0; all && i < rows.length; i++) {
            all = rows[i] == i;
        }
        return all ? x : pass.tape().apply(new GatherRows(rows), x);
    }

    /// One modality's states of the utterances that have both.
    static final class States {

        private final Variable rows;
        private final Offsets offsets;
        private final boolean inContext;
        private final int @Nullable [] spans;

        /// @param rows      one per frame or token, or in context one per utterance [total, H]
        /// @param offsets   where each utterance begins, or in context each dialogue
        /// @param inContext whether a row is an utterance of a dialogue
        /// @param spans     of tokens, the frames of each where known ([Perspective#withSpans]), or null
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

        /// One row per utterance [utterances, H]: its rows pooled, or in context its row.
        Variable pooled(Pass pass, Pooling pooling) {
            return inContext ? rows : pooling.forward(pass, rows, offsets);
        }

        /// The mean of each utterance's rows [utterances, H].
        Variable mean(Pass pass) {
            return pooled(pass, Pooling.MEAN);
        }
    }
}
