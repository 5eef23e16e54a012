package dev.parallax.train;

import dev.parallax.corpus.Split;
import dev.parallax.data.Utterance;
import dev.parallax.model.Plan;
import java.util.List;

/// What a training run starts from: with it, the run is determined.
///
/// @param corpora    kinds of the corpora, for the record
/// @param utterances all of them, already mapped to the plan's labels
/// @param split      which of them are learned from, which choose, which are scored
/// @param plan       the model to be made
/// @param training   how it learns
public record TrainingSetup(
        List<String> corpora, List<Utterance> utterances, Split split, Plan plan, TrainingConfig training) {

    public TrainingSetup {
        corpora = List.copyOf(corpora);
        utterances = List.copyOf(utterances);
    }
}
