package dev.parallax.model;

import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.nn.EncoderConfig;
import dev.parallax.nn.Pooling;

/// An [EncoderConfig] as JSON.
final class EncoderJson {

    private EncoderJson() {}

    static JsonObject write(EncoderConfig config) {
        return Json.object()
                .with("inputDropout", config.inputDropout())
                .with("projection", config.projection())
                .with("recurrent", config.recurrent().name())
                .with("hidden", config.hidden())
                .with("layers", config.layers())
                .with("bidirectional", config.bidirectional())
                .with("heads", config.heads())
                .with("dropout", config.dropout())
                .with("attentionDropout", config.attentionDropout())
                .with("pooling", config.pooling().name());
    }

    /// What [#write] wrote.
    static EncoderConfig read(JsonObject json) {
        return new EncoderConfig(
                json.number("inputDropout"),
                json.integer("projection"),
                json.choice("recurrent", EncoderConfig.RecurrentKind.class),
                json.integer("hidden"),
                json.integer("layers"),
                json.flag("bidirectional"),
                json.integer("heads"),
                json.number("dropout"),
                json.number("attentionDropout"),
                json.choice("pooling", Pooling.class));
    }
}
