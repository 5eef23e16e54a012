package dev.parallax.pretrained.checkpoint;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// How files name an encoder's tensors, and the one name that each has here: the present one of Hugging
/// Face's transformers, without the prefix of the model's class. Three things vary:
///
/// - the prefix: a model that was saved with a head has `bert.encoder...` where the encoder alone has
///   `encoder...`;
/// - a LayerNorm of old BERT files has `gamma` and `beta`, here `weight` and `bias`;
/// - the weight norm of the positional convolution has `parametrizations.weight.original0` and `1` in
///   newer files, here `weight_g` and `weight_v`.
///
/// Source: transformers, modeling_utils.py, `_load_state_dict_into_model`; issues 26494 and 31633 there.
final class TensorNames {

    private static final List<String> PREFIXES = List.of(
            "bert.",
            "roberta.",
            "distilbert.",
            "wav2vec2.",
            "hubert.",
            "wavlm.",
            "data2vec_audio.",
            "model.encoder.",
            "d2v_model.");

    /// What is not part of an encoder, or not a weight: heads of pretraining, the decoder, a buffer of
    /// positions.
    private static final List<String> NOT_OF_ENCODERS = List.of(
            "cls.",
            "lm_head.",
            "vocab_",
            "quantizer.",
            "project_q.",
            "project_hid.",
            "masked_spec_embed",
            "model.decoder.",
            "embeddings.position_ids");

    private static final String CONVOLUTION = "pos_conv_embed.conv.";

    private TensorNames() {}

    /// The prefix of a file: the one that most of its names have, or nothing.
    static String prefix(List<String> names) {
        Optional<String> most = PREFIXES.stream()
                .filter(prefix -> count(prefix, names) > 0)
                .max(Comparator.comparingLong(prefix -> count(prefix, names)));
        return most.orElse("");
    }

    private static long count(String prefix, List<String> names) {
        return names.stream().filter(name -> name.startsWith(prefix)).count();
    }

    /// Whether a name of a file with this prefix is that of an encoder's weight.
    static boolean isOfEncoder(String name, String prefix) {
        return name.startsWith(prefix)
                && NOT_OF_ENCODERS.stream().noneMatch(name.substring(prefix.length())::startsWith);
    }

    /// The name here for one of a file, without its prefix.
    static String canonical(String name) {
        String lastOf = name.substring(name.lastIndexOf('.') + 1);
        String module = name.substring(0, name.length() - lastOf.length());
        if (module.endsWith("LayerNorm.") || module.endsWith("layer_norm.")) {
            return module
                    + switch (lastOf) {
                        case "gamma" -> "weight";
                        case "beta" -> "bias";
                        default -> lastOf;
                    };
        }
        if (module.endsWith(CONVOLUTION + "parametrizations.weight.")) {
            String convolution = module.substring(0, module.length() - "parametrizations.weight.".length());
            return switch (lastOf) {
                case "original0" -> convolution + "weight_g";
                case "original1" -> convolution + "weight_v";
                default -> name;
            };
        }
        return name;
    }
}
