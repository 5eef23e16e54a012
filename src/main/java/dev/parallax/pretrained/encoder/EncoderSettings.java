package dev.parallax.pretrained.encoder;

import dev.parallax.BadInputException;
import dev.parallax.ShapeException;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.nn.Activation;
import dev.parallax.nn.TransformerBlock;
import java.nio.file.Path;
import java.util.function.Supplier;

/// Reads the settings of a `config.json`: a value that is missing has the default of the library that wrote the file,
/// and one that cannot be met is refused.
final class EncoderSettings {

    private static final int WIDEST = 1 << 16;
    private static final int DEEPEST = 256;

    private final JsonObject json;

    EncoderSettings(JsonObject json) {
        this.json = json;
    }

    private boolean has(String key) {
        return json.has(key) && !(json.get(key) instanceof Json.Null);
    }

    String text(String key, String missing) {
        return has(key) ? json.text(key) : missing;
    }

    boolean flag(String key, boolean missing) {
        return has(key) ? json.flag(key) : missing;
    }

    /// A number that must be there, in [1, 65536].
    int size(String key) {
        return inRange(key, json.integer(key), WIDEST);
    }

    int size(String key, int missing) {
        return has(key) ? size(key) : missing;
    }

    /// Rows of an embedding, which may be many.
    int rows(String key) {
        return inRange(key, json.integer(key), Integer.MAX_VALUE);
    }

    int layers(String key) {
        return inRange(key, json.integer(key), DEEPEST);
    }

    private int inRange(String key, int value, int most) {
        if (value < 1 || value > most) {
            throw new BadInputException(
                    json.where() + ": \"" + key + "\" is " + value + ", must be in [1, " + most + "]");
        }
        return value;
    }

    /// One size for each layer of a stack.
    int[] sizes(String key, int... missing) {
        int[] values = has(key) ? json.array(key).integers() : missing;
        if (values.length == 0 || values.length > DEEPEST) {
            throw new BadInputException(json.where() + ": \"" + key + "\" has " + values.length + " layers");
        }
        for (int value : values) {
            inRange(key, value, WIDEST);
        }
        return values;
    }

    float share(String key, double missing) {
        double value = has(key) ? json.number(key) : missing;
        if (!(value >= 0 && value < 1)) {
            throw new BadInputException(json.where() + ": \"" + key + "\" is " + value + ", must be in [0, 1)");
        }
        return (float) value;
    }

    float epsilon(String key, double missing) {
        double value = has(key) ? json.number(key) : missing;
        if (!(value > 0 && value < 1)) {
            throw new BadInputException(json.where() + ": \"" + key + "\" is " + value + ", must be in (0, 1)");
        }
        return (float) value;
    }

    Activation activation(String key) {
        String name = text(key, "gelu");
        return switch (name) {
            case "gelu" -> Activation.GELU;
            case "gelu_new", "gelu_fast", "gelu_pytorch_tanh" -> Activation.GELU_TANH;
            case "relu" -> Activation.RELU;
            default -> throw refused(key, name, "gelu, gelu_new, gelu_fast, gelu_pytorch_tanh, relu");
        };
    }

    /// Requires a setting to have the one value that is supported.
    void require(String key, String only) {
        String value = text(key, only);
        if (!value.equals(only)) {
            throw refused(key, value, only);
        }
    }

    /// Requires a setting to be off.
    void requireNo(String key) {
        if (flag(key, false)) {
            throw refused(key, "true", "false");
        }
    }

    /// Requires the sample rate that all encoders of speech here read.
    void requireRate() {
        int rate = size("sampling_rate", SpeechEncoder.RATE);
        if (rate != SpeechEncoder.RATE) {
            throw refused("sampling_rate", Integer.toString(rate), Integer.toString(SpeechEncoder.RATE));
        }
    }

    BadInputException refused(String key, String value, String supported) {
        return new BadInputException(json.where() + ": \"" + key + "\" is \"" + value
                + "\", which is not supported; supported: " + supported);
    }

    BadInputException bad(String what) {
        return new BadInputException(json.where() + ": " + what);
    }

    /// Makes an encoder whose sizes are in range each, but may together be more than an array can have.
    ///
    /// @throws BadInputException if they are
    static <E> E made(Path folder, Supplier<E> encoder) {
        try {
            return encoder.get();
        } catch (ShapeException e) {
            throw new BadInputException(
                    folder + ": its settings are too large: " + e.getMessage()
                            + "; take settings and weights from the same model",
                    e);
        }
    }

    /// The sizes of all blocks of an encoder.
    TransformerBlock.Sizes block(
            int width,
            int heads,
            int hidden,
            Activation activation,
            float epsilon,
            boolean normFirst,
            float dropout,
            float attentionDropout) {
        if (width % heads != 0) {
            throw bad(heads + " heads do not divide a width of " + width);
        }
        return new TransformerBlock.Sizes(
                width, heads, hidden, activation, epsilon, normFirst, false, dropout, attentionDropout);
    }
}
