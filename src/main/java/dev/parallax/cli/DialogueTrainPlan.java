package dev.parallax.cli;

import dev.parallax.BadInputException;
import dev.parallax.corpus.DialogueSplits;
import dev.parallax.corpus.Split;
import dev.parallax.corpus.Splitter;
import dev.parallax.data.Utterance;
import dev.parallax.data.Vectors;
import dev.parallax.model.DialoguePlan;
import dev.parallax.model.NetworkConfig;
import dev.parallax.train.TrainingConfig;
import dev.parallax.train.TrainingSetup;
import java.util.List;
import java.util.Objects;

/// What `train --level dialogue` was asked for.
final class DialogueTrainPlan {

    private DialogueTrainPlan() {}

    /// Reads the options, opens the corpora and makes a split that keeps dialogues whole.
    static TrainPlan of(Arguments arguments, Console console) {
        if (arguments.has("features")) {
            throw new BadInputException(
                    "--features: --level dialogue learns from vectors that are there; leave it out");
        }
        Settings settings = TrainPlan.settings(arguments, Settings.dialogue());
        CorpusSet corpora = CorpusSet.open(arguments, TrainPlan.DIALOGUE, console);
        Vectors first = vectors(corpora.utterances().getFirst());
        requireSizes(corpora.utterances(), first);
        List<String> asked = TrainPlan.asked(arguments, first.audioSize() > 0, first.textSize() > 0);
        int audioSize = asked.isEmpty() || asked.contains("audio") ? first.audioSize() : 0;
        int textSize = asked.isEmpty() || asked.contains("text") ? first.textSize() : 0;
        console.log("vectors: audio " + audioSize + ", text " + textSize + " (0: not read)");
        NetworkConfig network = settings.network().withModalities(audioSize > 0, textSize > 0);
        TrainingConfig training = settings.training();
        Splitter splits = new DialogueSplits(corpora.utterances(), corpora.sexes(), training.seed());
        Split split = TrainPlan.split(arguments, splits, corpora.protocols());
        console.log("split: " + split.describe());
        DialoguePlan plan = new DialoguePlan(corpora.labels(), network, audioSize, textSize);
        TrainingSetup setup = new TrainingSetup(corpora.names(), corpora.utterances(), split, plan, training);
        return new TrainPlan(setup, corpora, null);
    }

    private static Vectors vectors(Utterance utterance) {
        return Objects.requireNonNull(utterance.vectors(), utterance.id());
    }

    /// Several corpora must have been made by the same models.
    private static void requireSizes(List<Utterance> utterances, Vectors first) {
        for (Utterance utterance : utterances) {
            Vectors vectors = vectors(utterance);
            if (vectors.audioSize() != first.audioSize() || vectors.textSize() != first.textSize()) {
                throw new BadInputException("--corpus: utterance " + utterance.id() + " has vectors of "
                        + vectors.audioSize() + " features from audio and " + vectors.textSize()
                        + " from text, the first one " + first.audioSize() + " and " + first.textSize()
                        + "; make them all in the same way");
            }
        }
    }
}
