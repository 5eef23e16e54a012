package dev.parallax.pretrained.encoder;

import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.nn.Activation;
import dev.parallax.nn.TransformerBlock;
import java.nio.file.Path;

/// The architecture of a [TextEncoder].
///
/// @param family        how tensors are named
/// @param vocabulary    rows of the embedding of tokens
/// @param positions     rows of the embedding of positions
/// @param firstPosition that of the first token: 0, or 2 where the rows of padding come first
/// @param types         rows of the embedding of token types, 0 for none
/// @param layers        transformer blocks
/// @param block         their sizes
record TextEncoderConfig(
        Family family,
        int vocabulary,
        int positions,
        int firstPosition,
        int types,
        int layers,
        TransformerBlock.Sizes block) {

    /// How the tensors of the layers are named.
    ///
    /// @param layer     what comes before the number of a layer
    /// @param names     of its parts
    /// @param attention of the parts of its attention
    record Family(String layer, TransformerBlock.Names names, AttentionTensors attention) {}

    private static final Family BERT = new Family(
            "encoder.layer.",
            new TransformerBlock.Names(
                    "attention",
                    "attention.output.LayerNorm",
                    "intermediate.dense",
                    "output.dense",
                    "output.LayerNorm"),
            new AttentionTensors("self.query", "self.key", "self.value", "output.dense", true));
    private static final Family DISTILBERT = new Family(
            "transformer.layer.",
            new TransformerBlock.Names("attention", "sa_layer_norm", "ffn.lin1", "ffn.lin2", "output_layer_norm"),
            new AttentionTensors("q_lin", "k_lin", "v_lin", "out_lin", true));

    /// Reads `config.json` of an encoder's folder.
    ///
    /// @throws dev.parallax.BadInputException if it is missing, or describes what is not supported
    static TextEncoderConfig read(Path folder) {
        JsonObject json = Json.parseObject(folder.resolve("config.json"));
        EncoderSettings settings = new EncoderSettings(json);
        settings.requireNo("is_decoder");
        String type = json.text("model_type");
        return switch (type) {
            case "bert" -> bert(settings, 0);
            case "roberta", "xlm-roberta", "camembert" -> bert(settings, json.integer("pad_token_id") + 1);
            case "distilbert" -> distilbert(settings);
            default -> throw settings.refused("model_type", type, String.join(", ", EncoderKind.OF_TEXT) + " for text");
        };
    }

    private static TextEncoderConfig bert(EncoderSettings settings, int firstPosition) {
        settings.require("position_embedding_type", "absolute");
        Activation activation = settings.activation("hidden_act");
        TransformerBlock.Sizes block = settings.block(
                settings.size("hidden_size"),
                settings.size("num_attention_heads"),
                settings.size("intermediate_size"),
                activation,
                settings.epsilon("layer_norm_eps", 1e-12),
                false,
                settings.share("hidden_dropout_prob", 0.1),
                settings.share("attention_probs_dropout_prob", 0.1));
        return checked(
                settings,
                new TextEncoderConfig(
                        BERT,
                        settings.rows("vocab_size"),
                        settings.rows("max_position_embeddings"),
                        firstPosition,
                        settings.size("type_vocab_size", 2),
                        settings.layers("num_hidden_layers"),
                        block));
    }

    private static TextEncoderConfig distilbert(EncoderSettings settings) {
        TransformerBlock.Sizes block = settings.block(
                settings.size("dim"),
                settings.size("n_heads"),
                settings.size("hidden_dim"),
                settings.activation("activation"),
                1e-12f,
                false,
                settings.share("dropout", 0.1),
                settings.share("attention_dropout", 0.1));
        return checked(
                settings,
                new TextEncoderConfig(
                        DISTILBERT,
                        settings.rows("vocab_size"),
                        settings.rows("max_position_embeddings"),
                        0,
                        0,
                        settings.layers("n_layers"),
                        block));
    }

    private static TextEncoderConfig checked(EncoderSettings settings, TextEncoderConfig config) {
        if (config.firstPosition < 0 || config.longest() < 1) {
            throw settings.bad("\"pad_token_id\" leaves none of " + config.positions + " positions for tokens");
        }
        return config;
    }

    /// The most tokens of a text.
    int longest() {
        return positions - firstPosition;
    }
}
