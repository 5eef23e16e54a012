package dev.parallax.train;

import dev.parallax.data.Example;

/// The examples of one part of a corpus. They are fetched when they are needed, so that there may be more of them than
/// fit into memory; several threads may fetch at once.
public interface Examples {

    /// How many there are.
    int size();

    /// The utterance that example `i` is a part of, from 0; parts of one follow each other.
    default int utterance(int i) {
        return i;
    }

    /// The class of example `i`.
    int label(int i);

    /// How long example `i` is, in whatever unit batches are to be even in.
    int length(int i);

    /// Example `i` itself.
    Example get(int i);
}
