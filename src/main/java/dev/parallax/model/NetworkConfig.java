package dev.parallax.model;

import dev.parallax.BadInputException;
import dev.parallax.fusion.Fusions;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.nn.EncoderConfig;
import dev.parallax.nn.Pooling;
import org.jspecify.annotations.Nullable;

/// The network: which modalities it reads, how each is read, how they are fused.
///
/// @param audio       the audio encoder, or null for a model of text alone
/// @param text        the text encoder, or null for a model of audio alone
/// @param embedding   features of a word vector
/// @param fusion      name of the fusion strategy, used where both are there
/// @param fusionWidth features of what the strategy makes of both, where it makes something
public record NetworkConfig(
        @Nullable EncoderConfig audio, @Nullable EncoderConfig text, int embedding, String fusion, int fusionWidth) {

    /// The defaults of the command line.
    public static final NetworkConfig STANDARD = new NetworkConfig(
            new EncoderConfig(0, EncoderConfig.RecurrentKind.LSTM, 64, 1, true, 4, 0.5, 0.2, Pooling.MEAN),
            new EncoderConfig(0, EncoderConfig.RecurrentKind.NONE, 64, 1, true, 4, 0.3, 0.2, Pooling.MEAN),
            100,
            "late-add",
            64);

    /// The defaults for dialogues: the sizes of Wu, Lu, Dai (ICASSP 2023).
    public static final NetworkConfig DIALOGUE = new NetworkConfig(
            new EncoderConfig(100, EncoderConfig.RecurrentKind.GRU, 50, 1, true, 4, 0.2, 0.2, Pooling.MEAN),
            new EncoderConfig(100, EncoderConfig.RecurrentKind.GRU, 50, 1, true, 4, 0.2, 0.2, Pooling.MEAN),
            100,
            "late-add",
            100);

    public NetworkConfig {
        if (audio == null && text == null) {
            throw new BadInputException("network: it reads neither audio nor text; give it one of them");
        }
        if (embedding < 1 || fusionWidth < 1) {
            throw new BadInputException("network: embedding is " + embedding + " and fusionWidth is " + fusionWidth
                    + ", both must be at least 1");
        }
        Fusions.byName(fusion);
    }

    /// The fusion strategy.
    public Fusions.Strategy strategy() {
        return Fusions.byName(fusion);
    }

    /// This network with some of its modalities.
    public NetworkConfig withModalities(boolean keepAudio, boolean keepText) {
        return new NetworkConfig(keepAudio ? audio : null, keepText ? text : null, embedding, fusion, fusionWidth);
    }

    /// This network with another fusion.
    public NetworkConfig withFusion(String changed) {
        return new NetworkConfig(audio, text, embedding, changed, fusionWidth);
    }

    public JsonObject toJson() {
        return Json.object()
                .with("audio", audio == null ? new Json.Null() : EncoderJson.write(audio))
                .with("text", text == null ? new Json.Null() : EncoderJson.write(text))
                .with("embedding", embedding)
                .with("fusion", fusion)
                .with("fusionWidth", fusionWidth);
    }

    /// What [#toJson] wrote.
    public static NetworkConfig fromJson(JsonObject json) {
        return new NetworkConfig(
                encoder(json, "audio"),
                encoder(json, "text"),
                json.integer("embedding"),
                json.text("fusion"),
                json.integer("fusionWidth"));
    }

    private static @Nullable EncoderConfig encoder(JsonObject json, String key) {
        return json.get(key) instanceof Json.Null ? null : EncoderJson.read(json.object(key));
    }
}
