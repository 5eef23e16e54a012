package dev.parallax.model;

import dev.parallax.BadInputException;
import dev.parallax.data.Labels;
import dev.parallax.io.JsonObject;
import dev.parallax.io.RecordJson;

/// Everything that decides what a model of dialogues answers, beside its weights.
///
/// @param labels              the classes, in the order of the logits
/// @param network             the network; its word vectors are not used
/// @param audioSize           D_a, features of an utterance's audio vector; 0 where audio is not read
/// @param textSize            D_t, features of an utterance's text vector; 0 where text is not read
/// @param perspectivesTrained see [ModelConfig]
public record DialogueConfig(
        Labels labels, NetworkConfig network, int audioSize, int textSize, boolean perspectivesTrained) {

    private static final RecordJson<DialogueConfig> JSON = RecordJson.of(DialogueConfig.class)
            .as("labels", Labels::toJson, Labels::fromJson)
            .as("network", NetworkConfig::toJson, NetworkConfig::fromJson);

    public DialogueConfig {
        if (labels.size() < 2) {
            throw new BadInputException("model: there must be at least two classes, found " + labels);
        }
        if ((network.audio() != null) != (audioSize > 0) || (network.text() != null) != (textSize > 0)) {
            throw new BadInputException("model: vectors of " + audioSize + " features from audio and " + textSize
                    + " from text do not fit the modalities that its network reads");
        }
        if (network.standardization() == Standardization.SPEAKER) {
            throw new BadInputException("model: network.standardization is " + network.standardization()
                    + ", which is for recordings; a model of dialogues reads vectors standardised over the TRAINING part,"
                    + " or as they are: NONE");
        }
    }

    public JsonObject toJson() {
        return JSON.write(this);
    }

    /// What [#toJson] wrote.
    public static DialogueConfig fromJson(JsonObject json) {
        return JSON.read(json);
    }
}
