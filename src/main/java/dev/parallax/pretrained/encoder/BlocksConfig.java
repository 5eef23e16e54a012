package dev.parallax.pretrained.encoder;

import dev.parallax.BadInputException;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.nn.TransformerBlock;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The transformer blocks of a pretrained encoder: how many there are, their sizes, and what a checkpoint calls
/// their tensors. All of it is in the encoder's `config.json`; no weights are needed.
///
/// @param family   how the tensors are named
/// @param layers   blocks of the encoder
/// @param sizes    of each
/// @param relative how attention knows the distance of rows (WavLM), or null
public record BlocksConfig(
        Family family,
        int layers,
        TransformerBlock.Sizes sizes,
        @Nullable DistanceBuckets relative) {

    /// How checkpoints name the tensors of their blocks.
    ///
    /// @param layer     what comes before the number of a block
    /// @param names     of its parts
    /// @param attention of the parts of its attention
    /// @param finalNorm the LayerNorm behind the last block, where blocks have the norm first; else empty
    record Family(String layer, TransformerBlock.Names names, AttentionTensors attention, String finalNorm) {

        /// The name of a block, from 0.
        String block(int number) {
            return layer + number;
        }
    }

    static final Family BERT = new Family(
            "encoder.layer.",
            new TransformerBlock.Names(
                    "attention",
                    "attention.output.LayerNorm",
                    "intermediate.dense",
                    "output.dense",
                    "output.LayerNorm"),
            new AttentionTensors("self.query", "self.key", "self.value", "output.dense", true),
            "");
    static final Family DISTILBERT = new Family(
            "transformer.layer.",
            new TransformerBlock.Names("attention", "sa_layer_norm", "ffn.lin1", "ffn.lin2", "output_layer_norm"),
            new AttentionTensors("q_lin", "k_lin", "v_lin", "out_lin", true),
            "");
    static final Family WAV2VEC2 = new Family(
            "encoder.layers.",
            new TransformerBlock.Names(
                    "attention",
                    "layer_norm",
                    "feed_forward.intermediate_dense",
                    "feed_forward.output_dense",
                    "final_layer_norm"),
            new AttentionTensors("q_proj", "k_proj", "v_proj", "out_proj", true),
            "encoder.layer_norm");
    static final Family WHISPER = new Family(
            "layers.",
            new TransformerBlock.Names("self_attn", "self_attn_layer_norm", "fc1", "fc2", "final_layer_norm"),
            new AttentionTensors("q_proj", "k_proj", "v_proj", "out_proj", false),
            "layer_norm");

    /// Reads `config.json` of an encoder's folder.
    ///
    /// @throws BadInputException if it is missing, or describes blocks that cannot be trained ([#of])
    public static BlocksConfig read(Path folder) {
        if (EncoderKind.isOfFunAsr(folder)) {
            throw new BadInputException(folder + ": the blocks of emotion2vec cannot be trained, since they also read"
                    + " learned rows that its states leave out; take its states as they are, or train " + trainable());
        }
        return of(Json.parseObject(folder.resolve("config.json")));
    }

    /// The blocks that a `config.json` describes.
    ///
    /// @throws BadInputException if it describes what is not supported, or Whisper: its blocks also read the
    ///     silence behind a recording, which its states leave out
    public static BlocksConfig of(JsonObject json) {
        EncoderSettings settings = new EncoderSettings(json);
        String type = json.text("model_type");
        if (type.equals(EncoderKind.WHISPER)) {
            throw settings.bad("the blocks of Whisper cannot be trained, since they also read the silence behind a"
                    + " recording, which its states leave out; take its states as they are, or train " + trainable());
        }
        if (EncoderKind.OF_TEXT.contains(type)) {
            return TextEncoderConfig.of(json).blocks();
        }
        if (EncoderKind.OF_SPEECH.contains(type)) {
            return Wav2Vec2Config.of(json, true).blocks();
        }
        throw settings.refused("model_type", type, trainable());
    }

    private static String trainable() {
        List<String> speech = EncoderKind.OF_SPEECH.stream()
                .filter(type -> !type.equals(EncoderKind.WHISPER))
                .toList();
        return String.join(
                ", ",
                Stream.concat(EncoderKind.OF_TEXT.stream(), speech.stream()).toList());
    }

    /// Columns of the states.
    public int width() {
        return sizes.width();
    }
}
