package dev.parallax.model;

import dev.parallax.autograd.Relu;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.Offsets;
import dev.parallax.fusion.Perspective;
import dev.parallax.nn.Dropout;
import dev.parallax.nn.EncoderConfig;
import dev.parallax.nn.Linear;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;
import dev.parallax.nn.SequenceEncoder;
import java.util.stream.IntStream;

/// Reads one modality of dialogues: from a vector an utterance to a state an utterance, which knows its neighbours, and
/// its logits:
///
///     x -> Linear (where sizes differ) -> BiGRU -> dropout -> self-attention = h
///     z = Linear(dropout(ReLU(Linear(h))))
///
/// Source: Wu, Lu, Dai, ICASSP 2023, the released dialogue model.
final class DialogueEncoder {

    /// How many streams of dropout it uses.
    static final int STREAMS = SequenceEncoder.STREAMS + 1;

    private final SequenceEncoder encoder;
    private final Linear dense;
    private final Dropout denseDropout;
    private final Linear head;

    /// @param in          features of an utterance's vector; projected where they are not those of the projection
    /// @param firstStream number of its first dropout
    DialogueEncoder(Parameters parameters, String name, EncoderConfig config, int in, int classes, int firstStream) {
        EncoderConfig fitting = config.projection() == in ? config.withProjection(0) : config;
        this.encoder = new SequenceEncoder(parameters, name, fitting, in, firstStream);
        this.dense = new Linear(parameters, name + ".dense", encoder.width(), encoder.width());
        this.denseDropout = new Dropout((float) config.dropout(), firstStream + SequenceEncoder.STREAMS);
        this.head = new Linear(parameters, name + ".head", encoder.width(), classes);
    }

    /// Features of h.
    int width() {
        return encoder.width();
    }

    /// @param pass    whose sequences are the dialogues
    /// @param x       a row an utterance [utterances, in]
    /// @param offsets where each dialogue begins
    /// @return h as states and as pooled rows: a fusion sees single utterances
    Perspective forward(Pass pass, Variable x, Offsets offsets) {
        Variable states = encoder.states(pass, x, offsets);
        Variable positive = pass.tape().apply(new Relu(), dense.forward(pass, states));
        Variable logits = head.forward(pass, denseDropout.forward(pass, positive, offsets));
        int utterances = offsets.total();
        int[] owners = IntStream.range(0, utterances).toArray();
        return new Perspective(owners, Offsets.ofSingleRows(utterances), states, states, logits);
    }
}
