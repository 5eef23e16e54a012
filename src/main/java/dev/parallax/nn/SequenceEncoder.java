package dev.parallax.nn;

import dev.parallax.autograd.Variable;
import dev.parallax.backend.Offsets;
import org.jspecify.annotations.Nullable;

/// From rows (frames, word vectors, utterance vectors) to states, and from those to one pooled row per sequence. An
/// [EncoderConfig] says what lies between.
public final class SequenceEncoder {

    /// Number of dropout streams that it uses.
    public static final int STREAMS = 3;

    private final EncoderConfig config;
    private final Dropout inputDropout;
    private final @Nullable Linear projection;
    private final @Nullable Recurrent recurrent;
    private final @Nullable MultiHeadAttention attention;
    private final Dropout dropout;
    private final int width;

    /// @param in          features of the rows
    /// @param firstStream number of its first dropout; it uses [#STREAMS]
    public SequenceEncoder(Parameters parameters, String name, EncoderConfig config, int in, int firstStream) {
        config.requireHeads(in, name, name + ".projection");
        this.config = config;
        this.width = config.width(in);
        int features = config.projection() > 0 ? config.projection() : in;
        this.projection = config.projection() > 0 ? new Linear(parameters, name + ".projection", in, features) : null;
        this.recurrent = switch (config.recurrent()) {
            case NONE -> null;
            case LSTM -> recurrent(parameters, name + ".lstm", Recurrent.Cell.LSTM, features);
            case GRU -> recurrent(parameters, name + ".gru", Recurrent.Cell.GRU, features);
        };
        this.dropout = new Dropout((float) config.dropout(), firstStream);
        this.inputDropout = new Dropout((float) config.inputDropout(), firstStream + 2);
        this.attention = config.heads() == 0
                ? null
                : new MultiHeadAttention(
                        parameters,
                        name + ".attention",
                        width,
                        config.heads(),
                        !config.bidirectional(),
                        (float) config.attentionDropout(),
                        firstStream + 1);
    }

    private Recurrent recurrent(Parameters parameters, String name, Recurrent.Cell cell, int in) {
        return new Recurrent(parameters, name, cell, in, config.hidden(), config.layers(), config.bidirectional());
    }

    /// Features of the states and of the pooled row.
    public int width() {
        return width;
    }

    /// @param x [total, in]
    /// @return the states [total, width]
    public Variable states(Pass pass, Variable x, Offsets offsets) {
        Variable read = inputDropout.forward(pass, x, offsets);
        Variable states = projection == null ? read : config.activation().forward(pass, projection.forward(pass, read));
        if (recurrent != null) {
            states = recurrent.forward(pass, states, offsets);
        }
        states = dropout.forward(pass, states, offsets);
        return attention == null ? states : attention.forward(pass, states, offsets);
    }

    /// @param states [total, width]
    /// @return [sequences, width]
    public Variable pooled(Pass pass, Variable states, Offsets offsets) {
        return config.pooling().forward(pass, states, offsets);
    }
}
