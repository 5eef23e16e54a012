package dev.parallax.train;

import dev.parallax.audio.FeatureConfig;
import dev.parallax.corpus.Split;
import dev.parallax.data.Labels;
import dev.parallax.data.Utterance;
import dev.parallax.model.NetworkConfig;
import dev.parallax.text.Tokenizer;
import dev.parallax.text.Vocabulary;
import java.util.List;

/// What a training run starts from: with it, the run is determined.
///
/// @param corpora    kinds of the corpora, for the record
/// @param utterances all of them, already mapped to the labels
/// @param labels     the classes, in the order of the logits
/// @param split      which of them are learned from, which choose, which are scored
/// @param features   what is taken of a recording
/// @param network    the network; a modality that it has and an utterance lacks is passed over
/// @param tokenizer  how sentences are cut
/// @param vocabulary which words are kept, of the training part
/// @param training   how it learns
public record TrainingSetup(
        List<String> corpora,
        List<Utterance> utterances,
        Labels labels,
        Split split,
        FeatureConfig features,
        NetworkConfig network,
        Tokenizer tokenizer,
        Vocabulary.Settings vocabulary,
        TrainingConfig training) {

    public TrainingSetup {
        corpora = List.copyOf(corpora);
        utterances = List.copyOf(utterances);
    }
}
