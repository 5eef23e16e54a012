package dev.parallax.study;

import dev.parallax.io.Json;
import dev.parallax.model.ModelSpec;
import dev.parallax.model.NetworkConfig;
import dev.parallax.model.UtteranceModelSpec;
import dev.parallax.train.TrainingConfig;

/// One of the settings that every cell tries; the best one is kept, by the score of the validation part or of an
/// inner cross-validation. So each strategy has the same tuning budget: as many trainings as there are variants.
///
/// @param name     what is set, such as `training.learningRate=0.001`; empty for the settings as they are
/// @param plan     the model: its network has the sizes that the reference has
/// @param training how it is trained; its seed is that of the first repetition
public record Variant(String name, ModelSpec plan, TrainingConfig training) {

    /// The network of the reference.
    public NetworkConfig network() {
        return plan.network();
    }

    /// The settings of the features, nothing for models of vectors.
    Json features() {
        return plan instanceof UtteranceModelSpec single ? single.toJson().object("features") : new Json.Null();
    }
}
