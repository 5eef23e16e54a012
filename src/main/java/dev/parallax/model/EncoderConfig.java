package dev.parallax.model;

import dev.parallax.BadInputException;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.nn.Pooling;

/// How one modality is read: (projection) -> (recurrent layers) -> dropout -> (self-attention) -> pooling -> logits.
///
/// @param projection       features of the linear layer before everything, 0 for none
/// @param recurrent        the recurrent layers, or none
/// @param hidden           state of each direction
/// @param layers           stacked recurrent layers
/// @param bidirectional    whether later steps are seen; a one-directional model is causal up to its attention
/// @param heads            of the self-attention, 0 for none
/// @param dropout          after the recurrent layers, and on the pooled vector
/// @param attentionDropout on the attention weights
/// @param pooling          from steps to one vector
public record EncoderConfig(
        int projection,
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

    public EncoderConfig {
        if (projection < 0 || hidden < 1 || layers < 1 || heads < 0) {
            throw new BadInputException("encoder: projection " + projection + " and heads " + heads
                    + " must not be negative, hidden " + hidden + " and layers " + layers + " must be at least 1");
        }
        if (!(dropout >= 0 && dropout < 1 && attentionDropout >= 0 && attentionDropout < 1)) {
            throw new BadInputException(
                    "encoder: dropout " + dropout + " and attentionDropout " + attentionDropout + " must be in [0, 1)");
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

    public JsonObject toJson() {
        return Json.object()
                .with("projection", projection)
                .with("recurrent", recurrent.name())
                .with("hidden", hidden)
                .with("layers", layers)
                .with("bidirectional", bidirectional)
                .with("heads", heads)
                .with("dropout", dropout)
                .with("attentionDropout", attentionDropout)
                .with("pooling", pooling.name());
    }

    /// What [#toJson] wrote.
    public static EncoderConfig fromJson(JsonObject json) {
        return new EncoderConfig(
                json.integer("projection"),
                Choice.of(RecurrentKind.class, json, "recurrent"),
                json.integer("hidden"),
                json.integer("layers"),
                json.flag("bidirectional"),
                json.integer("heads"),
                json.number("dropout"),
                json.number("attentionDropout"),
                Choice.of(Pooling.class, json, "pooling"));
    }
}
