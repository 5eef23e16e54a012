package dev.parallax.fusion;

import dev.parallax.autograd.Variable;
import dev.parallax.backend.Offsets;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;
import dev.parallax.nn.SequenceEncoder;

/// The one encoder that follows an early fusion: z = head(pool(encoder(x))).
/// shapes: x [tokens, width] -> states [tokens, H] -> [utterances, H] -> z [utterances, classes].
final class EarlyTrunk {

    private final SequenceEncoder encoder;
    private final FusedHead head;

    EarlyTrunk(Parameters parameters, FusionSizes sizes) {
        int stream = sizes.firstStream();
        this.encoder = new SequenceEncoder(parameters, "fusion.trunk", sizes.trunk(), sizes.width(), stream);
        this.head = new FusedHead(parameters, sizes, encoder.width(), stream + SequenceEncoder.STREAMS);
    }

    /// How many streams of dropout it uses, from the first.
    static int streams() {
        return SequenceEncoder.STREAMS + 1;
    }

    Variable forward(Pass pass, Variable x, Offsets offsets) {
        return head.forward(pass, encoder.pooled(pass, encoder.states(pass, x, offsets), offsets));
    }
}
