package dev.parallax.model;

import dev.parallax.BadInputException;
import dev.parallax.fusion.Fusion;
import dev.parallax.fusion.Fusions;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.nn.Pooling;
import org.jspecify.annotations.Nullable;

/// The network: which modalities it reads, how each is read, how they are fused.
///
/// @param audio     the audio encoder, or null for a model of text alone
/// @param text      the text encoder, or null for a model of audio alone
/// @param embedding features of a word vector
/// @param fusion    name of the fusion strategy, used where both are there
public record NetworkConfig(
        @Nullable EncoderConfig audio, @Nullable EncoderConfig text, int embedding, String fusion) {

    /// The defaults of the command line.
    public static final NetworkConfig STANDARD = new NetworkConfig(
            new EncoderConfig(0, EncoderConfig.RecurrentKind.LSTM, 64, 1, true, 4, 0.5, 0.2, Pooling.MEAN),
            new EncoderConfig(0, EncoderConfig.RecurrentKind.NONE, 64, 1, true, 4, 0.3, 0.2, Pooling.MEAN),
            100,
            "late-add");

    public NetworkConfig {
        if (audio == null && text == null) {
            throw new BadInputException("network: it reads neither audio nor text; give it one of them");
        }
        if (embedding < 1) {
            throw new BadInputException("network: embedding is " + embedding + ", must be at least 1");
        }
        Fusions.byName(fusion);
    }

    /// The fusion strategy itself.
    public Fusion strategy() {
        return Fusions.byName(fusion);
    }

    /// This network with some of its modalities.
    public NetworkConfig withModalities(boolean keepAudio, boolean keepText) {
        return new NetworkConfig(keepAudio ? audio : null, keepText ? text : null, embedding, fusion);
    }

    public JsonObject toJson() {
        return Json.object()
                .with("audio", audio == null ? new Json.Null() : audio.toJson())
                .with("text", text == null ? new Json.Null() : text.toJson())
                .with("embedding", embedding)
                .with("fusion", fusion);
    }

    /// What [#toJson] wrote.
    public static NetworkConfig fromJson(JsonObject json) {
        return new NetworkConfig(
                encoder(json, "audio"), encoder(json, "text"), json.integer("embedding"), json.text("fusion"));
    }

    private static @Nullable EncoderConfig encoder(JsonObject json, String key) {
        return json.get(key) instanceof Json.Null ? null : EncoderConfig.fromJson(json.object(key));
    }
}
