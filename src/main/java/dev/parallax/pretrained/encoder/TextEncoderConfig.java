package dev.parallax.pretrained.encoder;

import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.nn.Activation;
import dev.parallax.nn.TransformerBlock;
import java.nio.file.Path;

/// The architecture of a [TextEncoder].
///
/// @param vocabulary    rows of the embedding of tokens
/// @param positions     rows of the embedding of positions
/// @param firstPosition that of the first token: 0, or 2 where the rows of padding come first
/// @param types         rows of the embedding of token types, 0 for none
/// @param blocks        the transformer blocks
record TextEncoderConfig(int vocabulary, int positions, int firstPosition, int types, BlocksConfig blocks) {

    /// Reads `config.json` of an encoder's folder.
    ///
    /// @throws dev.parallax.BadInputException if it is missing, or describes what is not supported
    static TextEncoderConfig read(Path folder) {
        return of(Json.parseObject(folder.resolve("config.json")));
    }

    /// The architecture that a `config.json` describes.
    ///
    /// @throws dev.parallax.BadInputException if it is not supported
    static TextEncoderConfig of(JsonObject json) {
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
                        settings.rows("vocab_size"),
                        settings.rows("max_position_embeddings"),
                        firstPosition,
                        settings.size("type_vocab_size", 2),
                        blocks(BlocksConfig.BERT, settings.layers("num_hidden_layers"), block)));
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
                        settings.rows("vocab_size"),
                        settings.rows("max_position_embeddings"),
                        0,
                        0,
                        blocks(BlocksConfig.DISTILBERT, settings.layers("n_layers"), block)));
    }

    private static BlocksConfig blocks(BlocksConfig.Family family, int layers, TransformerBlock.Sizes sizes) {
        return new BlocksConfig(family, layers, sizes, null);
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
