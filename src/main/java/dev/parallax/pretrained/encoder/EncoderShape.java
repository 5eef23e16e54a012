package dev.parallax.pretrained.encoder;

import dev.parallax.io.Json;
import java.nio.file.Path;

/// What the settings of an encoder tell without its weights.
///
/// @param kind    what it reads
/// @param width   columns of a state
/// @param layers  transformer blocks; there is one state more
/// @param longest the most tokens of a text, special ones included; no limit for speech
public record EncoderShape(EncoderKind kind, int width, int layers, int longest) {

    private static final int UNLIMITED = Integer.MAX_VALUE;

    /// Of the encoder in a folder.
    ///
    /// @throws dev.parallax.BadInputException if the folder has none, or one that is not supported
    public static EncoderShape of(Path folder) {
        if (EncoderKind.of(folder) == EncoderKind.TEXT) {
            TextEncoderConfig config = TextEncoderConfig.read(folder);
            return new EncoderShape(
                    EncoderKind.TEXT,
                    config.blocks().sizes().width(),
                    config.blocks().layers(),
                    config.longest());
        }
        if (EncoderKind.isOfFunAsr(folder)) {
            Emotion2VecConfig config = Emotion2VecConfig.read(folder);
            return new EncoderShape(
                    EncoderKind.SPEECH, config.block().width(), config.prenet() + config.layers(), UNLIMITED);
        }
        if (Json.parseObject(folder.resolve("config.json")).text("model_type").equals("whisper")) {
            WhisperConfig config = WhisperConfig.read(folder);
            return new EncoderShape(
                    EncoderKind.SPEECH,
                    config.blocks().sizes().width(),
                    config.blocks().layers(),
                    UNLIMITED);
        }
        Wav2Vec2Config config = Wav2Vec2Config.read(folder);
        return new EncoderShape(
                EncoderKind.SPEECH,
                config.blocks().sizes().width(),
                config.blocks().layers(),
                UNLIMITED);
    }
}
