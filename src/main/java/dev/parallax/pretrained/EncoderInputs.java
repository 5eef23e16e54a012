package dev.parallax.pretrained;

import dev.parallax.io.JsonObject;
import dev.parallax.io.RecordJson;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The pretrained encoders of a model.
///
/// @param audio reads the audio, or null where features do
/// @param text  reads the text, or null where vectors of words do
public record EncoderInputs(
        @Nullable EncoderInput audio, @Nullable EncoderInput text) {

    /// No pretrained encoder.
    public static final EncoderInputs NONE = new EncoderInputs(null, null);

    private static final RecordJson<EncoderInputs> JSON = RecordJson.of(EncoderInputs.class)
            .nullable("audio", "text")
            .as("audio", EncoderInput::toJson, EncoderInput::fromJson)
            .as("text", EncoderInput::toJson, EncoderInput::fromJson);

    /// Those that there are.
    public List<EncoderInput> all() {
        return Stream.of(audio, text).filter(Objects::nonNull).toList();
    }

    /// A line on each: `audio: wavlm-base, layers 0 to 12 of width 768, frozen, licence mit`.
    public List<String> describe() {
        return all().stream()
                .map(input -> input.modality() + ": " + input.describe())
                .toList();
    }

    public JsonObject toJson() {
        return JSON.write(this);
    }

    /// What [#toJson] wrote.
    public static EncoderInputs fromJson(JsonObject json) {
        return JSON.read(json);
    }
}
