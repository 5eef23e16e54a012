package dev.parallax.study;

import dev.parallax.model.NetworkConfig;
import dev.parallax.train.TrainingConfig;

/// One of the settings that every cell tries; the one of the best validation score is kept. So each strategy has the
/// same tuning budget: as many trainings as there are variants.
///
/// @param name     what is set, such as `training.learningRate=0.001`; empty for the settings as they are
/// @param network  the sizes that the reference has
/// @param training how it learns; its seed is that of the first repetition
public record Variant(String name, NetworkConfig network, TrainingConfig training) {}
