package dev.parallax.nn;

import dev.parallax.BadInputException;

/// How one modality is encoded: dropout -> (projection -> activation) -> (recurrent layers) -> dropout ->
/// (self-attention) -> pooling.
///
/// @param inputDropout     on the input: features of frames, or word vectors
/// @param projection       width of the linear layer before everything else, 0 for none
/// @param activation       behind that layer
/// @param recurrent        the recurrent layers, or none
/// @param hidden           size of the state per direction
/// @param layers           stacked recurrent layers
/// @param bidirectional    whether states depend on later steps; if not, the recurrence runs forward only and the
///                         self-attention is causal, so that a state contains nothing of what follows it
/// @param heads            of the self-attention, 0 for none
/// @param dropout          after the recurrent layers, and on the pooled vector
/// @param attentionDropout on the attention weights
/// @param pooling          from steps to one vector
public record EncoderConfig(
        double inputDropout,
        int projection,
        Activation activation,
        RecurrentKind recurrent,
        int hidden,
        int layers,
        boolean bidirectional,
        int heads,
        double dropout,
        double attentionDropout,
        Pooling pooling) {

    /// Which recurrent layers, if any.
    public enum RecurrentKind {
        NONE,
        LSTM,
        GRU
    }

    private static final int WIDEST = 1 << 16;
    private static final int DEEPEST = 64;

    /// An encoder without an activation behind the projection.
    public EncoderConfig(
            double inputDropout,
            int projection,
            RecurrentKind recurrent,
            int hidden,
            int layers,
            boolean bidirectional,
            int heads,
            double dropout,
            double attentionDropout,
            Pooling pooling) {
        this(
                inputDropout,
                projection,
                Activation.NONE,
                recurrent,
                hidden,
                layers,
                bidirectional,
                heads,
                dropout,
                attentionDropout,
                pooling);
    }

    public EncoderConfig {
        if (projection < 0 || projection > WIDEST || heads < 0 || heads > WIDEST) {
            throw new BadInputException(
                    "encoder: projection " + projection + " and heads " + heads + " must be in [0, " + WIDEST + "]");
        }
        if (hidden < 1 || hidden > WIDEST || layers < 1 || layers > DEEPEST) {
            throw new BadInputException("encoder: hidden " + hidden + " must be in [1, " + WIDEST + "] and layers "
                    + layers + " in [1, " + DEEPEST + "]");
        }
        for (double share : new double[] {inputDropout, dropout, attentionDropout}) {
            if (!(share >= 0 && share < 1)) {
                throw new BadInputException("encoder: inputDropout " + inputDropout + ", dropout " + dropout
                        + " and attentionDropout " + attentionDropout + " must be in [0, 1)");
            }
        }
    }

    /// Features of the encoder's states.
    ///
    /// @param in features of its input
    public int width(int in) {
        if (recurrent == RecurrentKind.NONE) {
            return projection > 0 ? projection : in;
        }
        return bidirectional ? 2 * hidden : hidden;
    }

    /// Refuses heads that do not divide the states.
    ///
    /// @param in    features of its input, 0 where they are not known: states of that size are passed over
    /// @param place of this encoder among the settings, such as `network.text`
    /// @param inKey the setting that decides `in`
    public void requireHeads(int in, String place, String inKey) {
        int width = width(in);
        if (heads > 0 && width % heads != 0) {
            String projected = projection > 0 ? place + ".projection" : inKey;
            String key = recurrent == RecurrentKind.NONE ? projected : place + ".hidden";
            throw new BadInputException("settings: " + place + ".heads=" + heads + " does not divide the " + width
                    + " features of the states; change it, or " + key + ", which decides them (heads=0: no"
                    + " self-attention)");
        }
    }

    /// This encoder in the forward direction only, with states as wide as before.
    public EncoderConfig causal() {
        int states = bidirectional && recurrent != RecurrentKind.NONE ? 2 * hidden : hidden;
        return new EncoderConfig(
                inputDropout,
                projection,
                activation,
                recurrent,
                states,
                layers,
                false,
                heads,
                dropout,
                attentionDropout,
                pooling);
    }

    /// This encoder with recurrent states `factor` times as wide, rounded so that the heads divide them.
    public EncoderConfig scaled(double factor) {
        if (recurrent == RecurrentKind.NONE) {
            return this;
        }
        int step = Math.max(1, heads); // of the width of both directions together
        if (bidirectional) {
            step = heads % 2 == 0 && heads > 0 ? heads / 2 : step;
        }
        int scaled = (int) Math.max(step, step * Math.round(factor * hidden / step));
        return new EncoderConfig(
                inputDropout,
                projection,
                activation,
                recurrent,
                scaled,
                layers,
                bidirectional,
                heads,
                dropout,
                attentionDropout,
                pooling);
    }

    /// A linear layer alone.
    ///
    /// @param features of the result
    /// @param dropout  on its result
    public static EncoderConfig projection(int features, double dropout) {
        return new EncoderConfig(0, features, RecurrentKind.NONE, 1, 1, true, 0, dropout, 0, Pooling.MEAN);
    }

    /// This with another linear layer before everything else.
    public EncoderConfig withProjection(int changed) {
        return new EncoderConfig(
                inputDropout,
                changed,
                activation,
                recurrent,
                hidden,
                layers,
                bidirectional,
                heads,
                dropout,
                attentionDropout,
                pooling);
    }
}
