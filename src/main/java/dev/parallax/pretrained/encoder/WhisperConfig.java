package dev.parallax.pretrained.encoder;

import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.nn.TransformerBlock;
import java.nio.file.Path;

/// The architecture of the encoder of [Whisper].
///
/// @param bands     of the log-mel spectrogram
/// @param samples   that it reads, whatever the recording has
/// @param positions states of a recording: samples / 320
/// @param blocks    the transformer blocks
record WhisperConfig(int bands, int samples, int positions, BlocksConfig blocks) {

    private static final float EPSILON = 1e-5f; // fixed in the original code
    private static final int SECONDS = 30;

    /// Reads `config.json` and `preprocessor_config.json` of an encoder's folder.
    ///
    /// @throws dev.parallax.BadInputException if one is missing, or describes what is not supported
    static WhisperConfig read(Path folder) {
        JsonObject json = Json.parseObject(folder.resolve("config.json"));
        EncoderSettings settings = new EncoderSettings(json);
        settings.require("model_type", EncoderKind.WHISPER);
        settings.requireNo("scale_embedding");
        TransformerBlock.Sizes block = settings.block(
                settings.size("d_model"),
                settings.size("encoder_attention_heads"),
                settings.size("encoder_ffn_dim"),
                settings.activation("activation_function"),
                EPSILON,
                true,
                settings.share("dropout", 0),
                settings.share("attention_dropout", 0));
        EncoderSettings reading = new EncoderSettings(Json.parseObject(folder.resolve("preprocessor_config.json")));
        reading.requireRate();
        int seconds = reading.size("chunk_length", SECONDS);
        int positions = settings.size("max_source_positions", SECONDS * SpeechEncoder.RATE / SpeechEncoder.HOP);
        if (positions != seconds * SpeechEncoder.RATE / SpeechEncoder.HOP) {
            throw settings.bad("\"max_source_positions\" is " + positions + ", but preprocessor_config.json says "
                    + seconds + " s, which are " + seconds * SpeechEncoder.RATE / SpeechEncoder.HOP);
        }
        return new WhisperConfig(
                settings.size("num_mel_bins", 80),
                seconds * SpeechEncoder.RATE,
                positions,
                new BlocksConfig(BlocksConfig.WHISPER, settings.layers("encoder_layers"), block, null));
    }
}
