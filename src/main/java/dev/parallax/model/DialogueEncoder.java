package dev.parallax.model;

import dev.parallax.autograd.Relu;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.Offsets;
import dev.parallax.data.DialogueRows;
import dev.parallax.fusion.Perspective;
import dev.parallax.nn.Dropout;
import dev.parallax.nn.EncoderConfig;
import dev.parallax.nn.Linear;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;
import dev.parallax.nn.SequenceEncoder;
import org.jspecify.annotations.Nullable;

/// Reads one modality of dialogues: from a vector an utterance to a state per utterance, which knows its
/// neighbours, and its logits:
///
///     x -> Linear (where sizes differ) -> BiGRU -> dropout -> self-attention = h
///     z = Linear(dropout(ReLU(Linear(h))))
///
/// Under early fusion h is the projected x alone, and z = Linear(dropout(h)).
/// Source: Wu, Lu, Dai, ICASSP 2023, the released dialogue model.
final class DialogueEncoder {

    private final SequenceEncoder encoder;
    private final @Nullable Linear dense;
    private final Dropout headDropout;
    private final Linear head;

    /// @param config      how it reads, if it is not `early`
    /// @param in          features of an utterance's vector; projected where they are not those of the projection
    /// @param early       the common width to which x is only brought, or 0 where it is read
    /// @param firstStream number of its first dropout; it uses one more than a [SequenceEncoder]
    DialogueEncoder(
            Parameters parameters, String name, EncoderConfig config, int in, int early, int classes, int firstStream) {
        EncoderConfig reading = early > 0 ? EncoderConfig.projection(early, config.dropout()) : config;
        EncoderConfig fitting = reading.projection() == in ? reading.withProjection(0) : reading;
        this.encoder = new SequenceEncoder(parameters, name, fitting, in, firstStream);
        this.dense = early > 0 ? null : new Linear(parameters, name + ".dense", encoder.width(), encoder.width());
        this.headDropout = new Dropout((float) config.dropout(), firstStream + SequenceEncoder.STREAMS);
        this.head = new Linear(parameters, name + ".head", encoder.width(), classes);
    }

    /// Features of h.
    int width() {
        return encoder.width();
    }

    /// @param x    where the vectors of a batch belong
    /// @param rows these vectors, or others of the same shape
    Perspective forward(Pass whole, DialogueRows x, Variable rows) {
        Pass pass = whole.ofUtterances(x.dialogues());
        Offsets offsets = x.rows().offsets();
        Variable h = encoder.states(pass, rows, offsets);
        Variable read = dense == null ? h : pass.tape().apply(new Relu(), dense.forward(pass, h));
        Variable logits = head.forward(pass, headDropout.forward(pass, read, offsets));
        return Perspective.ofDialogues(x.owners(), x.dialogues(), offsets, h, logits);
    }
}
