package dev.parallax.pretrained;

import dev.parallax.BadInputException;
import dev.parallax.io.JsonObject;
import dev.parallax.io.RecordJson;
import dev.parallax.pretrained.encoder.EncoderKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which states of which pretrained encoder a network reads. The model file contains it as JSON; the encoder itself is
/// found by its hash ([EncoderFolders]).
///
/// @param kind    what the encoder reads
/// @param name    of its folder, for people
/// @param hash    SHA-256 of its files, in hex
/// @param licence as its folder says, null where it says none
/// @param width   columns of a state
/// @param layers  whose states are read, rising: 0 is before the first transformer block
public record EncoderInput(
        EncoderKind kind,
        String name,
        String hash,
        @Nullable String licence,
        int width,
        List<Integer> layers) {

    private static final RecordJson<EncoderInput> JSON =
            RecordJson.of(EncoderInput.class).nullable("licence");

    private static final int WIDEST = 1 << 16;
    private static final int DEEPEST = 256;

    public EncoderInput {
        layers = List.copyOf(layers);
        boolean rising = !layers.isEmpty() && layers.getFirst() >= 0 && layers.getLast() <= DEEPEST;
        for (int i = 1; i < layers.size(); i++) {
            rising &= layers.get(i) > layers.get(i - 1);
        }
        if (width < 1 || width > WIDEST || !rising) {
            throw new BadInputException("encoder: width " + width + " must be in [1, " + WIDEST + "] and layers "
                    + layers + " rise from 0 to at most " + DEEPEST);
        }
    }

    /// Columns of a row: the states of all layers side by side.
    public int columns() {
        return width * layers.size();
    }

    /// As people read it: `minilm, layers 0 to 6 of width 384`.
    public String describe() {
        int first = layers.getFirst();
        int last = layers.getLast();
        boolean gapless = last - first == layers.size() - 1;
        String which = layers.size() == 1
                ? "layer " + first
                : "layers "
                        + (gapless ? first + " to " + last : layers.toString().replaceAll("[\\[\\]]", ""));
        return name + ", " + which + " of width " + width;
    }

    public JsonObject toJson() {
        return JSON.write(this);
    }

    /// What [#toJson] wrote.
    public static EncoderInput fromJson(JsonObject json) {
        return JSON.read(json);
    }
}
