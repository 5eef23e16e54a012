package dev.parallax.pretrained.encoder;

import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.nn.TransformerBlock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/// The architecture of a [Wav2Vec2].
///
/// @param front               the convolutions, from the samples on
/// @param hasBias             whether they add one
/// @param groupNorm           whether the first one is normalised over time and the others not at all; else each over
///                            its columns
/// @param projectionNorm      whether a LayerNorm precedes the projection
/// @param positionalKernel    rows of a window of the positional convolution
/// @param positionalGroups    its groups
/// @param positionalLayers    0 for one with weight norm; else so many, each with a LayerNorm without parameters
/// @param blocks              the transformer blocks
/// @param normalizesRecording whether the samples of a recording get mean 0 and variance 1
record Wav2Vec2Config(
        List<FrontLayer> front,
        boolean hasBias,
        boolean groupNorm,
        boolean projectionNorm,
        int positionalKernel,
        int positionalGroups,
        int positionalLayers,
        BlocksConfig blocks,
        boolean normalizesRecording) {

    /// A convolution of the front.
    ///
    /// @param width  its outputs
    /// @param kernel samples, or rows, of a window
    /// @param stride from one window to the next
    record FrontLayer(int width, int kernel, int stride) {}

    /// Reads `config.json` and `preprocessor_config.json` of an encoder's folder.
    ///
    /// @throws dev.parallax.BadInputException if one is missing, or describes what is not supported
    static Wav2Vec2Config read(Path folder) {
        return of(Json.parseObject(folder.resolve("config.json")), normalizes(folder));
    }

    /// The architecture that a `config.json` describes.
    ///
    /// @throws dev.parallax.BadInputException if it is not supported
    static Wav2Vec2Config of(JsonObject json, boolean normalizesRecording) {
        EncoderSettings settings = new EncoderSettings(json);
        String type = json.text("model_type");
        boolean isData2vec = type.equals("data2vec-audio");
        boolean isWavLm = type.equals("wavlm");
        if (!isData2vec && !isWavLm && !type.equals("wav2vec2") && !type.equals("hubert")) {
            throw settings.refused("model_type", type, String.join(", ", EncoderKind.OF_SPEECH) + " for speech");
        }
        settings.require("feat_extract_activation", "gelu");
        settings.requireNo("add_adapter");
        settings.requireNo("conv_pos_batch_norm");
        String norm = settings.text("feat_extract_norm", isData2vec ? "layer" : "group");
        if (!norm.equals("group") && !norm.equals("layer")) {
            throw settings.refused("feat_extract_norm", norm, "group, layer");
        }
        TransformerBlock.Sizes block = settings.block(
                settings.size("hidden_size"),
                settings.size("num_attention_heads"),
                settings.size("intermediate_size"),
                settings.activation("hidden_act"),
                settings.epsilon("layer_norm_eps", 1e-5),
                !isData2vec && settings.flag("do_stable_layer_norm", false),
                settings.share("hidden_dropout", 0.1),
                settings.share("attention_dropout", 0.1));
        int groups = settings.size("num_conv_pos_embedding_groups", 16);
        if (block.width() % groups != 0) {
            throw settings.bad(
                    groups + " groups of the positional convolution do not divide a width of " + block.width());
        }
        return new Wav2Vec2Config(
                front(settings),
                settings.flag("conv_bias", false),
                norm.equals("group"),
                settings.flag("feat_proj_layer_norm", true),
                isData2vec ? settings.size("conv_pos_kernel_size", 19) : settings.size("num_conv_pos_embeddings", 128),
                groups,
                isData2vec ? settings.layers("num_conv_pos_embeddings") : 0,
                new BlocksConfig(
                        BlocksConfig.WAV2VEC2,
                        settings.layers("num_hidden_layers"),
                        block,
                        isWavLm ? buckets(settings) : null),
                normalizesRecording);
    }

    private static DistanceBuckets buckets(EncoderSettings settings) {
        int rows = settings.size("num_buckets", 320);
        int farthest = settings.size("max_bucket_distance", 800);
        if (rows % 4 != 0 || farthest <= rows / 4) {
            throw settings.bad("\"num_buckets\" is " + rows + " and \"max_bucket_distance\" " + farthest
                    + ": the first must be a multiple of 4, the second more than a quarter of it");
        }
        return new DistanceBuckets(rows, farthest);
    }

    private static List<FrontLayer> front(EncoderSettings settings) {
        int[] widths = settings.sizes("conv_dim", 512, 512, 512, 512, 512, 512, 512);
        int[] kernels = settings.sizes("conv_kernel", 10, 3, 3, 3, 3, 2, 2);
        int[] strides = settings.sizes("conv_stride", 5, 2, 2, 2, 2, 2, 2);
        if (kernels.length != widths.length || strides.length != widths.length) {
            throw settings.bad("\"conv_dim\", \"conv_kernel\" and \"conv_stride\" have different numbers of layers");
        }
        return IntStream.range(0, widths.length)
                .mapToObj(i -> new FrontLayer(widths[i], kernels[i], strides[i]))
                .toList();
    }

    /// `do_normalize`, which the library takes for true where there is no file.
    private static boolean normalizes(Path folder) {
        Path file = folder.resolve("preprocessor_config.json");
        if (!Files.exists(file)) {
            return true;
        }
        EncoderSettings settings = new EncoderSettings(Json.parseObject(file));
        settings.requireRate();
        return settings.flag("do_normalize", true);
    }

    /// Columns of the frames behind the front.
    int frameWidth() {
        return front.getLast().width;
    }
}
