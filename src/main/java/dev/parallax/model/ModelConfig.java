package dev.parallax.model;

import dev.parallax.BadInputException;
import dev.parallax.audio.features.FeatureConfig;
import dev.parallax.data.Labels;
import dev.parallax.io.JsonObject;
import dev.parallax.io.RecordJson;
import dev.parallax.pretrained.EncoderInput;
import dev.parallax.pretrained.EncoderInputs;
import dev.parallax.pretrained.FrozenSpeech;
import dev.parallax.text.Subwords;
import dev.parallax.text.Tokenizer;

/// Everything that decides what a model answers, beside its weights and its vocabulary.
///
/// @param labels              the classes, in the order of the logits
/// @param features            what is taken of a recording
/// @param tokenizer           how a sentence is cut
/// @param subwords            which pieces of words have vectors beside the words
/// @param network             the network
/// @param perspectivesTrained whether each perspective was trained with its own loss term, so that its answer can be
///                            shown; under the single loss the split of z into parts is arbitrary, and the terms on
///                            the inputs of an early fusion are for training alone
/// @param encoders            pretrained encoders that read in place of the features or of the vectors of words
/// @param windowSeconds       longer recordings are answered in windows of at most this, averaged `[s]`
public record ModelConfig(
        Labels labels,
        FeatureConfig features,
        Tokenizer tokenizer,
        Subwords subwords,
        NetworkConfig network,
        boolean perspectivesTrained,
        double windowSeconds,
        EncoderInputs encoders) {

    /// Seconds of the longest window, by default.
    public static final double WINDOW_SECONDS = 15;

    private static final RecordJson<ModelConfig> JSON = RecordJson.of(ModelConfig.class)
            .as("labels", Labels::toJson, Labels::fromJson)
            .as("features", FeatureConfig::toJson, FeatureConfig::fromJson)
            .as("tokenizer", Tokenizer::toJson, Tokenizer::fromJson)
            .as("network", NetworkConfig::toJson, NetworkConfig::fromJson)
            .as("encoders", EncoderInputs::toJson, EncoderInputs::fromJson)
            .leftOut("encoders", EncoderInputs.NONE);

    private static final double ROW_SECONDS = 0.04;

    /// Without pretrained encoders.
    public ModelConfig(
            Labels labels,
            FeatureConfig features,
            Tokenizer tokenizer,
            Subwords subwords,
            NetworkConfig network,
            boolean perspectivesTrained,
            double windowSeconds) {
        this(labels, features, tokenizer, subwords, network, perspectivesTrained, windowSeconds, EncoderInputs.NONE);
    }

    /// The features that models are trained on by default: a preset with so many successive frames side by side
    /// that a row is about 40 ms. A quarter of the steps is a quarter of the work in the recurrence and a
    /// sixteenth in the attention.
    ///
    /// @param preset see [FeatureConfig#preset]
    public static FeatureConfig features(String preset) {
        FeatureConfig features = FeatureConfig.preset(preset);
        double hop = (double) features.framing().hopLength() / features.sampleRate();
        return features.withStack((int) Math.max(1, Math.round(ROW_SECONDS / hop)));
    }

    public ModelConfig {
        if (labels.size() < 2) {
            throw new BadInputException("model: there must be at least two classes, found " + labels);
        }
        if (network.speakers()) {
            throw new BadInputException(
                    "model: network.speakers is on, and an utterance by itself has one speaker; it is"
                            + " for ‹level dialogue›");
        }
        if (!(windowSeconds >= 1)) {
            throw new BadInputException("model: windowSeconds is " + windowSeconds + ", must be at least 1");
        }
    }

    /// Columns of a row of what the network reads of a recording.
    public int frameSize() {
        EncoderInput encoder = encoders.audio();
        return encoder == null ? features.size() : encoder.columns();
    }

    /// Seconds from one such row to the next.
    double rowSeconds() {
        return encoders.audio() == null ? features.rowSeconds() : FrozenSpeech.ROW_SECONDS;
    }

    public JsonObject toJson() {
        return JSON.write(this);
    }

    /// What [#toJson] wrote.
    public static ModelConfig fromJson(JsonObject json) {
        return JSON.read(json);
    }
}
