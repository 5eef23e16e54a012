package dev.parallax.setup;

import dev.parallax.audio.features.FeatureCache;
import dev.parallax.backend.Backend;
import dev.parallax.corpus.recordings.SoundCopies;
import dev.parallax.corpus.split.DialogueSplitter;
import dev.parallax.corpus.split.PerCorpusSplitter;
import dev.parallax.corpus.split.Split;
import dev.parallax.corpus.split.Splitter;
import dev.parallax.corpus.split.UtteranceSplitter;
import dev.parallax.data.Utterance;
import dev.parallax.io.JsonObject;
import dev.parallax.io.RecordJson;
import dev.parallax.model.DialogueModelSpec;
import dev.parallax.model.NetworkConfig;
import dev.parallax.model.UtteranceModelSpec;
import dev.parallax.train.TrainingRun;
import dev.parallax.train.TrainingSetup;
import dev.parallax.train.Workers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A training run that is ready to start: corpora are open, features are computed, the split is made.
///
/// @param setup     what is trained on what
/// @param folds     all folds of the requested split; the setup has the first
/// @param corpora   where the utterances come from
/// @param store     where their features are kept
/// @param cache     the features, computed already; null for dialogues of vectors
/// @param settings  that the request came to
/// @param single    how single utterances are read: the setup's plan, that of its first stage, or what it would be
/// @param usable    the utterances that take part, and those that do not
/// @param splitSeed of the random part of a split
public record PreparedTraining(
        TrainingSetup setup,
        List<Split> folds,
        CorpusSet corpora,
        FeatureStore store,
        @Nullable FeatureCache cache,
        RunSettings settings,
        UtteranceModelSpec single,
        UsableUtterances usable,
        long splitSeed) {

    /// The same utterances in the same parts, read with other features by another network.
    ///
    /// @param others settings of the other run
    PreparedTraining beside(RunSettings others, Remarks remarks) {
        NetworkConfig here = setup.plan().network();
        RunSettings changed = others.with( // initial word vectors are as long as here
                "network.embedding", Integer.toString(here.embedding()), "embedding");
        NetworkConfig network = changed.network().withModalities(here.audio() != null, here.text() != null);
        AugmentationCheck.require(changed, network);
        UtteranceModelSpec spec = single.withNetwork(network).withFeatures(changed.features());
        TrainingSetup itsSetup = setup.like(setup.split(), spec, changed.training(), null);
        AugmentationCheck.say(changed, setup.split(), setup.utterances(), remarks);
        FeatureCache theirs = store.shared(spec.kind(), 2);
        return new PreparedTraining(itsSetup, folds, corpora, store, theirs, changed, spec, usable, splitSeed);
    }

    /// The same, which records what was asked for.
    PreparedTraining recording(JsonObject asked) {
        return RecordJson.with(this, "setup", setup.withRequest(asked));
    }

    /// The pretrained encoders that its model reads with, a line on each with its licence.
    public List<String> pretrainedEncoders() {
        return single.encoders().inputs().describe();
    }

    /// The name of its features, where there are two trainings.
    String name() {
        return TrainingDefaults.name(single.features());
    }

    /// A splitter of some of the utterances, as all of them were split.
    Splitter splitter(List<Utterance> some) {
        return splitter(setup.plan() instanceof DialogueModelSpec, corpora, some, splitSeed, usable.copies());
    }

    /// A splitter of utterances.
    static Splitter splitter(
            boolean dialogues, CorpusSet corpora, List<Utterance> some, long seed, SoundCopies copies) {
        if (dialogues) {
            return new DialogueSplitter(some, corpora.sexes(), seed, copies);
        }
        return corpora.names().size() == 1
                ? new UtteranceSplitter(some, corpora.sexes(), seed, copies)
                : new PerCorpusSplitter(some, corpora.sexes(), seed, copies);
    }

    /// The run that is prepared.
    public TrainingRun run(Backend backend, Workers workers) {
        return run(setup, backend, workers);
    }

    /// A run like the one that is prepared, of another setup of the same utterances.
    TrainingRun run(TrainingSetup other, Backend backend, Workers workers) {
        return cache == null
                ? TrainingRun.ofDialogues(other, backend, workers)
                : TrainingRun.of(other, cache, backend, workers);
    }
}
