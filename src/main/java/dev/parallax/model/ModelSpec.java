package dev.parallax.model;

import dev.parallax.data.Labels;

/// A model that is yet to be made, of single utterances or of dialogues.
public sealed interface ModelSpec permits DialogueModelSpec, UtteranceModelSpec {

    /// The classes, in the order of the logits.
    Labels labels();

    /// The network.
    NetworkConfig network();

    /// The number of trained values of such a model, without word vectors: there are as many of those as the
    /// training part has words.
    int size();

    /// Which other utterances its models use when they answer one ([Model#context]).
    String context();

    /// Whether no answer of its models depends on later utterances.
    boolean causal();

    /// This with another network.
    ModelSpec withNetwork(NetworkConfig changed);
}
