package dev.parallax.model;

import dev.parallax.data.Labels;

/// A model that is yet to be made, of single utterances or of dialogues.
public sealed interface Plan permits DialoguePlan, ModelPlan {

    /// The classes, in the order of the logits.
    Labels labels();

    /// The network.
    NetworkConfig network();

    /// This with another network.
    Plan withNetwork(NetworkConfig changed);
}
