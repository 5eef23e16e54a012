package dev.parallax.cli.setup;

import dev.parallax.BadInputException;
import dev.parallax.audio.features.FeatureCache;
import dev.parallax.cli.command.Arguments;
import dev.parallax.cli.command.Console;
import dev.parallax.corpus.recordings.SoundCopies;
import dev.parallax.corpus.split.DialogueSplitter;
import dev.parallax.corpus.split.Split;
import dev.parallax.corpus.split.Splitter;
import dev.parallax.data.Utterance;
import dev.parallax.data.Vectors;
import dev.parallax.model.DialogueModelSpec;
import dev.parallax.model.NetworkConfig;
import dev.parallax.model.UtteranceModelSpec;
import dev.parallax.nn.EncoderConfig;
import dev.parallax.train.FirstStage;
import dev.parallax.train.TrainingSetup;
import java.util.List;
import java.util.Objects;

/// What `train --level dialogue` was asked for.
public final class DialogueTrainPlan {

    private DialogueTrainPlan() {}

    /// Reads the options, opens the corpora and makes a split that keeps dialogues whole.
    public static TrainPlan of(Arguments arguments, StartChoice start, TrainPlan.Wishes wishes, Console console) {
        start.refuseModel();
        RunSettings settings =
                TrainPlan.settings(arguments, RunSettings.dialogue(arguments.text("features", "speech")));
        CorpusSet corpora = CorpusSet.open(arguments, TrainPlan.DIALOGUE, console);
        return corpora.utterances().getFirst().vectors() == null
                ? ofRecordings(arguments, settings, start, corpora, wishes, console)
                : ofVectors(arguments, settings, start, corpora, wishes, console);
    }

    /// Of vectors that are there.
    private static TrainPlan ofVectors(
            Arguments arguments,
            RunSettings settings,
            StartChoice start,
            CorpusSet corpora,
            TrainPlan.Wishes wishes,
            Console console) {
        if (start.vectors() != null) {
            throw new BadInputException(
                    "--vectors: this corpus has vectors of its texts already, no word is read; leave it out");
        }
        if (arguments.has("features")) {
            throw new BadInputException(
                    "--features: this corpus has vectors already, nothing is made of recordings;" + " leave it out");
        }
        Augmentable.refuseOnVectors(settings);
        Vectors first = vectors(corpora.utterances().getFirst());
        requireSizes(corpora.utterances(), first);
        List<String> asked = TrainPlan.asked(arguments, first.audioSize() > 0, first.textSize() > 0);
        int audioSize = asked.isEmpty() || asked.contains("audio") ? first.audioSize() : 0;
        int textSize = asked.isEmpty() || asked.contains("text") ? first.textSize() : 0;
        console.log("vectors: audio " + audioSize + ", text " + textSize + " (0: not read)");
        Split split = wishes.split()
                .of(
                        arguments,
                        splits(arguments, corpora, corpora.utterances(), SoundCopies.NONE, settings),
                        corpora.protocols());
        split = TrainPlan.recorded(split, corpora.utterances(), corpora.labels());
        TrainPlan.say(split, corpora.utterances(), corpora.labels(), console);
        DialogueModelSpec plan = plan(settings, corpora, audioSize, textSize);
        TrainingSetup setup =
                new TrainingSetup(corpora.names(), corpora.utterances(), split, plan, settings.training());
        UtteranceModelSpec single = new UtteranceModelSpec(
                corpora.labels(),
                settings.features(),
                settings.firstNetwork(),
                settings.tokenizer(),
                settings.subwords(),
                settings.vocabulary());
        return new TrainPlan(setup, corpora, null, settings, single, corpora.excluded(), SoundCopies.NONE, List.of());
    }

    /// Of recordings and sentences, of which a first stage makes vectors.
    private static TrainPlan ofRecordings(
            Arguments arguments,
            RunSettings settings,
            StartChoice start,
            CorpusSet corpora,
            TrainPlan.Wishes wishes,
            Console console) {
        start.fit(settings, "first.network.embedding", console);
        List<String> modalities = TrainPlan.modalities(arguments, corpora, settings.firstNetwork(), console);
        boolean audio = modalities.contains("audio");
        boolean text = modalities.contains("text");
        Augmentable.require(settings, settings.firstNetwork().withModalities(audio, text));
        FeatureCache cache = FeatureStore.cache(arguments, settings.features(), corpora.embedded(), console);
        Usable usable = Usable.of(arguments, corpora, modalities, wishes.both(), cache, console);
        List<Utterance> utterances = usable.utterances();
        TrainPlan.requirePairs(settings.network().withModalities(audio, text), utterances);
        NetworkConfig network = settings.firstNetwork().withModalities(audio, text);
        if (network.fusesInputs()) {
            throw new BadInputException("first.network.fusion=" + network.fusion()
                    + ": the first stage makes a vector of each modality, so each needs an encoder of its own; take a"
                    + " middle-* or late-* fusion");
        }
        EncoderConfig listener = network.audio();
        EncoderConfig reader = network.text();
        int audioSize =
                listener == null ? 0 : listener.width(settings.features().size());
        int textSize = reader == null ? 0 : reader.width(network.embedding());
        console.log("vectors: made by a first stage, a model of single utterances trained on the training part; audio "
                + audioSize + ", text " + textSize + " (0: not read)");
        Split split = wishes.split()
                .of(arguments, splits(arguments, corpora, utterances, usable.copies(), settings), corpora.protocols());
        split = TrainPlan.recorded(Usable.recorded(split, usable.leftOut()), utterances, corpora.labels());
        TrainPlan.say(split, utterances, corpora.labels(), console);
        UtteranceModelSpec first = new UtteranceModelSpec(
                corpora.labels(),
                settings.features(),
                network,
                settings.tokenizer(),
                settings.subwords(),
                settings.vocabulary());
        TrainingSetup setup = new TrainingSetup(
                corpora.names(),
                utterances,
                split,
                plan(settings, corpora, audioSize, textSize),
                settings.training(),
                start.start(audio, text),
                new FirstStage(first, settings.firstTraining()));
        Augmentable.say(settings, setup.split(), utterances, console);
        return new TrainPlan(
                setup, corpora, cache, settings, first, usable.excluded(), usable.copies(), usable.leftOut());
    }

    private static DialogueModelSpec plan(RunSettings settings, CorpusSet corpora, int audioSize, int textSize) {
        NetworkConfig network = settings.network().withModalities(audioSize > 0, textSize > 0);
        return new DialogueModelSpec(corpora.labels(), network, audioSize, textSize);
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

    static Splitter splits(
            Arguments arguments,
            CorpusSet corpora,
            List<Utterance> utterances,
            SoundCopies copies,
            RunSettings settings) {
        return new DialogueSplitter(utterances, corpora.sexes(), TrainPlan.splitSeed(arguments, settings), copies);
    }
}
