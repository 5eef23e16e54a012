package dev.parallax.train;

import dev.parallax.fusion.FusedLogits;
import dev.parallax.nn.Pass;
import java.util.List;

/// What one part of a corpus is for one model: examples, each one utterance, a part of one, or all utterances of a
/// dialogue. They are fetched when they are needed, so that there may be more of them than fit into memory.
public interface Examples {

    /// How many there are.
    int size();

    /// Which of several corpora example `i` is from; empty where there is one.
    String corpus(int i);

    /// The class of each utterance of example `i`, -1 where it is not known.
    int[] labels(int i);

    /// Whether utterance `row` of example `i` has audio that the model reads.
    boolean hasAudio(int i, int row);

    /// Whether utterance `row` of example `i` has text that the model reads.
    boolean hasText(int i, int row);

    /// The number, among all utterances, of the first one of example `i`; parts of one utterance follow each
    /// other and have the same.
    int utterance(int i);

    /// The id of every utterance, by its number.
    List<String> ids();

    /// How long example `i` is, in whatever unit batches are to be even in.
    int length(int i);

    /// Some examples side by side, fetched; several threads may fetch at once.
    Shard shard(int... some);

    /// The same for one training step: a function of the step and of each example's number, not of its neighbours.
    ///
    /// @param step from 0
    default Shard trainingShard(int step, int... some) {
        return shard(some);
    }

    /// Some examples side by side.
    @FunctionalInterface
    interface Shard {

        /// The model's output for each of their utterances.
        FusedLogits forward(Pass pass);
    }
}
