package dev.parallax.model;

import dev.parallax.data.Labels;

/// A model that is yet to be made, of single utterances or of dialogues.
public sealed interface ModelSpec permits DialogueModelSpec, UtteranceModelSpec {

    /// The classes, in the order of the logits.
    Labels labels();

    /// The network.
    NetworkConfig network();

    /// How many numbers a model of it learns, word vectors aside: those are as many as the training part has words.
    int size();

    /// What its models know of other utterances when they answer one ([Model#context]).
    String context();

    /// Whether no answer of its models depends on later utterances.
    boolean causal();

    /// This with another network.
    ModelSpec withNetwork(NetworkConfig changed);
}
