package dev.parallax.model;

import dev.parallax.autograd.Variable;
import dev.parallax.backend.Offsets;
import dev.parallax.fusion.Perspective;
import dev.parallax.nn.Dropout;
import dev.parallax.nn.EncoderConfig;
import dev.parallax.nn.Linear;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;
import dev.parallax.nn.SequenceEncoder;

/// Reads one modality: from rows (frames or word vectors) to states, one pooled vector per utterance, and its logits.
final class Encoder {

    private final SequenceEncoder encoder;
    private final Dropout pooledDropout;
    private final Linear head;

    /// @param in          features of the rows
    /// @param firstStream number of its first dropout; it uses one more than a [SequenceEncoder]
    Encoder(Parameters parameters, String name, EncoderConfig config, int in, int classes, int firstStream) {
        this.encoder = new SequenceEncoder(parameters, name, config, in, firstStream);
        this.pooledDropout = new Dropout((float) config.dropout(), firstStream + SequenceEncoder.STREAMS);
        this.head = new Linear(parameters, name + ".head", encoder.width(), classes);
    }

    /// Features of the states and of the pooled vector.
    int width() {
        return encoder.width();
    }

    /// @param owners which utterance of the batch each sequence belongs to
    /// @param x      the rows of all sequences [total, in]
    Perspective forward(Pass whole, int[] owners, Variable x, Offsets offsets) {
        Pass pass = whole.ofUtterances(owners);
        Variable states = encoder.states(pass, x, offsets);
        Variable pooled = encoder.pooled(pass, states, offsets);
        Offsets single = Offsets.ofSingleRows(owners.length);
        Variable logits = head.forward(pass, pooledDropout.forward(pass, pooled, single));
        return Perspective.ofUtterances(owners, offsets, states, pooled, logits);
    }
}
