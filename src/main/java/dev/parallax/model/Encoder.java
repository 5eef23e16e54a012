package dev.parallax.model;

import dev.parallax.autograd.Variable;
import dev.parallax.backend.Offsets;
import dev.parallax.fusion.Perspective;
import dev.parallax.nn.Dropout;
import dev.parallax.nn.Linear;
import dev.parallax.nn.MultiHeadAttention;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;
import dev.parallax.nn.Recurrent;
import org.jspecify.annotations.Nullable;

/// Reads one modality: from rows (frames or word vectors) to states, one pooled vector an utterance, and its logits.
/// What stands between is told by an [EncoderConfig].
final class Encoder {

    private final EncoderConfig config;
    private final @Nullable Linear projection;
    private final @Nullable Recurrent recurrent;
    private final @Nullable MultiHeadAttention attention;
    private final Dropout stateDropout;
    private final Dropout pooledDropout;
    private final Linear head;

    /// @param in          features of the rows
    /// @param firstStream number of its first dropout; it uses three
    Encoder(Parameters parameters, String name, EncoderConfig config, int in, int classes, int firstStream) {
        this.config = config;
        int features = config.projection() > 0 ? config.projection() : in;
        int width = config.width(in);
        this.projection = config.projection() > 0 ? new Linear(parameters, name + ".projection", in, features) : null;
        this.recurrent = switch (config.recurrent()) {
            case NONE -> null;
            case LSTM -> recurrent(parameters, name + ".lstm", Recurrent.Cell.LSTM, features);
            case GRU -> recurrent(parameters, name + ".gru", Recurrent.Cell.GRU, features);
        };
        this.stateDropout = new Dropout((float) config.dropout(), firstStream);
        this.attention = config.heads() == 0
                ? null
                : new MultiHeadAttention(
                        parameters,
                        name + ".attention",
                        width,
                        config.heads(),
                        (float) config.attentionDropout(),
                        firstStream + 1);
        this.pooledDropout = new Dropout((float) config.dropout(), firstStream + 2);
        this.head = new Linear(parameters, name + ".head", width, classes);
    }

    private Recurrent recurrent(Parameters parameters, String name, Recurrent.Cell cell, int in) {
        return new Recurrent(parameters, name, cell, in, config.hidden(), config.layers(), config.bidirectional());
    }

    /// @param owners which utterance of the batch each sequence belongs to
    /// @param x      the rows of all sequences [total, in]
    Perspective forward(Pass whole, int[] owners, Variable x, Offsets offsets) {
        Pass pass = whole.ofUtterances(owners);
        Variable states = projection == null ? x : projection.forward(pass, x);
        if (recurrent != null) {
            states = recurrent.forward(pass, states, offsets);
        }
        states = stateDropout.forward(pass, states, offsets);
        if (attention != null) {
            states = attention.forward(pass, states, offsets);
        }
        Variable pooled = config.pooling().forward(pass, states, offsets);
        Offsets single = Offsets.ofSingleRows(owners.length);
        Variable logits = head.forward(pass, pooledDropout.forward(pass, pooled, single));
        return new Perspective(owners, offsets, states, pooled, logits);
    }
}
