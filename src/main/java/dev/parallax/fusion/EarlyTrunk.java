package dev.parallax.fusion;

import dev.parallax.autograd.Tanh;
import dev.parallax.autograd.Variable;
import dev.parallax.nn.Linear;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;
import dev.parallax.nn.SequenceEncoder;
import org.jspecify.annotations.Nullable;

/// The one encoder that follows an early fusion: z = head(pool(encoder(x))) for an utterance of tokens x, and
/// z = head(tanh(dense(encoder(x)))) for each utterance x of a dialogue.
/// shapes: x [rows, width] -> states [rows, H] -> [utterances, H] -> z [utterances, classes].
/// Source: Wu, Lu, Dai, ICASSP 2023: the latter, as in the authors' code.
final class EarlyTrunk {

    /// How many streams of dropout it uses, from the first.
    static final int STREAMS = SequenceEncoder.STREAMS + 1;

    private final SequenceEncoder encoder;
    private final @Nullable Linear dense;
    private final FusedHead head;

    EarlyTrunk(Parameters parameters, FusionSizes sizes) {
        int stream = sizes.firstStream();
        this.encoder = new SequenceEncoder(parameters, "fusion.trunk", sizes.trunk(), sizes.width(), stream);
        this.dense = sizes.inContext()
                ? new Linear(parameters, "fusion.trunk.dense", encoder.width(), encoder.width())
                : null;
        this.head = new FusedHead(parameters, sizes, encoder.width(), stream + SequenceEncoder.STREAMS);
    }

    /// @param x the fused inputs
    Variable forward(Pass pass, States x, Paired both) {
        Variable states = encoder.states(pass, x.rows(), x.offsets());
        Variable rows = dense == null
                ? encoder.pooled(pass, states, x.offsets())
                : pass.tape().apply(new Tanh(), dense.forward(pass, states));
        return head.forward(pass, rows, both.groups());
    }
}
