package dev.parallax.pretrained.encoder;

import dev.parallax.nn.Activation;
import dev.parallax.nn.TransformerBlock;
import dev.parallax.pretrained.encoder.Wav2Vec2Config.FrontLayer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The architecture of an [Emotion2Vec].
///
/// @param front               the convolutions, from the samples on
/// @param positionalKernel    rows of a window of the positional convolutions
/// @param positionalGroups    their groups
/// @param positionalLayers    how many there are
/// @param extraTokens         learned rows before the frames
/// @param prenet              transformer blocks of the first stack
/// @param layers              those of the second
/// @param block               the sizes of all
/// @param normalizesRecording whether the samples of a recording get mean 0 and variance 1
record Emotion2VecConfig(
        List<FrontLayer> front,
        int positionalKernel,
        int positionalGroups,
        int positionalLayers,
        int extraTokens,
        int prenet,
        int layers,
        TransformerBlock.Sizes block,
        boolean normalizesRecording) {

    static final TransformerBlock.Names NAMES =
            new TransformerBlock.Names("attn", "norm1", "mlp.fc1", "mlp.fc2", "norm2");
    static final AttentionTensors ATTENTION = AttentionTensors.fused("qkv", "proj");

    private static final String CONF = "model_conf.";
    private static final String AUDIO = CONF + "modalities.audio.";
    private static final int WIDEST = 1 << 16;
    private static final int DEEPEST = 256;
    private static final int LEAST_KERNEL = 3;
    private static final Pattern LAYERS =
            Pattern.compile("\\[\\((\\d{1,5}), *(\\d{1,5}), *(\\d{1,5})\\)\\](?: *\\* *(\\d{1,3}))?");

    /// Reads `config.yaml` of an encoder's folder.
    ///
    /// @throws dev.parallax.BadInputException if it is missing, or describes what is not supported
    static Emotion2VecConfig read(Path folder) {
        FunAsrConfig config = FunAsrConfig.read(folder.resolve("config.yaml"));
        config.require("model", "Emotion2vec");
        config.require(CONF + "layer_norm_first", "false");
        config.require(AUDIO + "conv_pos_pre_ln", "false");
        config.require(AUDIO + "extractor_mode", "layer_norm");
        config.require(AUDIO + "use_alibi_encoder", "true");
        config.require(AUDIO + "learned_alibi", "false");
        config.require(AUDIO + "learned_alibi_scale_per_layer", "false");
        int width = config.whole(CONF + "embed_dim", 1, WIDEST);
        int heads = config.whole(CONF + "num_heads", 1, width);
        int groups = config.whole(AUDIO + "conv_pos_groups", 1, width);
        if (width % heads != 0 || width % groups != 0) {
            throw config.bad(CONF + "embed_dim", "a multiple of the heads and of the groups");
        }
        int positional = config.whole(AUDIO + "conv_pos_depth", 1, DEEPEST);
        int kernel = config.whole(AUDIO + "conv_pos_width", 1, WIDEST) / positional;
        TransformerBlock.Sizes block = new TransformerBlock.Sizes(
                width,
                heads,
                hidden(config, width),
                Activation.GELU,
                config.epsilon(CONF + "norm_eps"),
                false,
                false,
                0,
                0);
        return new Emotion2VecConfig(
                front(config),
                Math.max(LEAST_KERNEL, kernel),
                groups,
                positional,
                config.whole(AUDIO + "num_extra_tokens", 0, WIDEST),
                config.whole(AUDIO + "prenet_depth", 0, DEEPEST),
                config.whole(CONF + "depth", 1, DEEPEST),
                block,
                config.flag(CONF + "normalize"));
    }

    private static int hidden(FunAsrConfig config, int width) {
        String path = CONF + "mlp_ratio";
        double hidden = width * config.number(path);
        if (!(hidden >= 1 && hidden <= WIDEST)) {
            throw config.bad(path, "a number that gives at most " + WIDEST + " columns");
        }
        return (int) hidden;
    }

    /// `[(512, 10, 5)] + [(512, 3, 2)] * 4 + ...`: width, kernel, stride, and how often.
    private static List<FrontLayer> front(FunAsrConfig config) {
        String path = AUDIO + "feature_encoder_spec";
        List<FrontLayer> layers = new ArrayList<>();
        for (String part : config.text(path).split("\\+", -1)) {
            Matcher matcher = LAYERS.matcher(part.strip());
            if (!matcher.matches() || layers.size() > DEEPEST) {
                throw config.bad(path, "layers such as [(512, 3, 2)] * 4, joined by +");
            }
            FrontLayer layer = new FrontLayer(
                    Integer.parseInt(matcher.group(1)),
                    Integer.parseInt(matcher.group(2)),
                    Integer.parseInt(matcher.group(3)));
            if (layer.width() == 0 || layer.kernel() == 0 || layer.stride() == 0) {
                throw config.bad(path, "no zero");
            }
            int times = matcher.group(4) == null ? 1 : Integer.parseInt(matcher.group(4));
            for (int i = 0; i < times; i++) {
                layers.add(layer);
            }
        }
        return layers;
    }
}
