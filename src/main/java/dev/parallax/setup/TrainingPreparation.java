package dev.parallax.setup;

import dev.parallax.BadInputException;
import dev.parallax.audio.features.FeatureCache;
import dev.parallax.audio.features.FeatureConfig;
import dev.parallax.backend.Backend;
import dev.parallax.corpus.split.Part;
import dev.parallax.corpus.split.Protocol;
import dev.parallax.corpus.split.Split;
import dev.parallax.corpus.split.Splitter;
import dev.parallax.corpus.verify.ClassReview;
import dev.parallax.data.Labels;
import dev.parallax.data.Utterance;
import dev.parallax.data.Vectors;
import dev.parallax.fusion.Loss;
import dev.parallax.fusion.Modality;
import dev.parallax.io.Count;
import dev.parallax.io.Json;
import dev.parallax.model.DialogueModelSpec;
import dev.parallax.model.ModelSpec;
import dev.parallax.model.NetworkConfig;
import dev.parallax.model.Standardization;
import dev.parallax.model.UtteranceModelSpec;
import dev.parallax.nn.EncoderConfig;
import dev.parallax.pretrained.EncoderUse;
import dev.parallax.pretrained.FrozenText;
import dev.parallax.setup.request.CorpusRequest;
import dev.parallax.setup.request.EncoderRequest;
import dev.parallax.setup.request.Level;
import dev.parallax.setup.request.ModelRequest;
import dev.parallax.train.FirstStage;
import dev.parallax.train.TrainingConfig;
import dev.parallax.train.TrainingSetup;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// From corpora and settings to a training run: which modalities are read, which utterances can be used, who is
/// tested.
///
/// @param corpus    which corpora were requested
/// @param model     which model was requested
/// @param start     its initial weights
/// @param folding   how folds are made
/// @param splitSeed of their random part, null for the seed of training
/// @param pairs     whether only utterances with audio and text take part, where both are read
/// @param caches    how many caches of features will share the memory
/// @param backend   that computes states of pretrained encoders
/// @param threads   that read recordings, at least 1
record TrainingPreparation(
        CorpusRequest corpus,
        ModelRequest model,
        TrainingStart start,
        Folding folding,
        @Nullable Long splitSeed,
        boolean pairs,
        int caches,
        Backend backend,
        int threads,
        Remarks remarks) {

    /// How folds are made of utterances.
    @FunctionalInterface
    interface Folding {
        /// @param own protocols of the corpus itself
        /// @return at least one
        List<Split> of(Splitter splits, List<Protocol> own);
    }

    /// Computes features and makes the split.
    ///
    /// @param corpora  opened for the requested level
    /// @param defaults that the request changes
    PreparedTraining of(CorpusSet corpora, RunSettings defaults) {
        requireClasses(corpora.labels());
        boolean dialogues = model.level() == Level.DIALOGUE;
        if (dialogues) {
            start.refuseModel();
        } else {
            refuseForUtterances("causal", model.causal());
            refuseForUtterances("speakers", model.speakers());
        }
        RunSettings settings = settings(model, defaults);
        settings.require();
        requireReadEncoders(model, settings);
        return dialogues && corpora.utterances().getFirst().vectors() != null
                ? ofVectors(corpora, settings)
                : ofRecordings(corpora, settings, dialogues);
    }

    /// Refuses a single class before any recording is read.
    private static void requireClasses(Labels labels) {
        if (labels.size() < 2) {
            throw new BadInputException("labels: " + labels.names().getFirst()
                    + " is the only class, so nothing can be told apart; give a corpus with other emotions too, or name"
                    + " more of them in ‹labels›");
        }
    }

    private static void refuseForUtterances(String part, boolean asked) {
        if (asked) {
            throw new BadInputException("‹" + part + "›: it is for ‹level dialogue›; an utterance by itself has one"
                    + " speaker and no turns after it");
        }
    }

    /// Refuses settings that are wrong whatever is read: those out of range, and heads that do not fit.
    ///
    /// @param wordVectors whether word vectors are given
    static void requireSettings(ModelRequest model, RunSettings defaults, boolean wordVectors) {
        RunSettings settings = settings(model, defaults);
        settings.require();
        LossCheck.beforeReading(model, "loss", settings.training().loss());
        HeadCheck.beforeReading(model, settings.network(), wordVectors);
    }

    /// Refuses settings of an encoder that is not given, and to carry one.
    private static void requireReadEncoders(ModelRequest model, RunSettings settings) {
        EncoderRequest given = model.encoders();
        if (given.carried() && given.isNone()) {
            throw new BadInputException(EncoderSetup.NOTHING_TO_CARRY);
        }
        for (Modality modality : Modality.values()) {
            Path folder = modality == Modality.AUDIO ? given.audio() : given.text();
            if (folder == null && !settings.encoder(modality).equals(EncoderUse.FROZEN)) {
                throw new BadInputException("settings: encoders." + modality.word() + ": nothing reads it, since no ‹"
                        + modality.word() + "-encoder› is given; leave it out");
            }
        }
    }

    /// The defaults, changed by a request.
    static RunSettings settings(ModelRequest model, RunSettings defaults) {
        RunSettings settings = defaults.readingWith(model.encoders()).with(model.settings(), model.level());
        Long seed = model.seed();
        if (seed != null) {
            settings = settings.with("training.seed", Long.toString(seed), "‹seed›");
        }
        String fusion = model.fusion();
        if (fusion != null) {
            settings = settings.with("network.fusion", fusion, "‹fusion›");
        }
        if (model.causal()) {
            settings = settings.withCausalEncoders();
        }
        if (model.speakers()) {
            settings = settings.with("network.speakers", "true", "‹speakers›");
        }
        Loss loss = model.loss();
        return loss == null ? settings : settings.with("training.loss", loss.word(), "‹loss›");
    }

    /// Prepares training on recordings and sentences. A model of dialogues does not read them itself: a first stage, a
    /// model of single utterances, makes a vector of each.
    private PreparedTraining ofRecordings(CorpusSet corpora, RunSettings asked, boolean dialogues) {
        RunSettings settings =
                start.fitted(asked, dialogues ? "first.network.embedding" : "network.embedding", remarks);
        NetworkConfig network = dialogues ? settings.firstNetwork() : settings.network();
        Set<Modality> modalities = modalities(corpora, network);
        boolean audio = modalities.contains(Modality.AUDIO);
        boolean text = modalities.contains(Modality.TEXT);
        network = network.withModalities(audio, text);
        LossCheck.require(network, "loss", settings.training().loss());
        if (dialogues) {
            LossCheck.requireFirst(network, settings.firstTraining().loss());
        }
        AugmentationCheck.require(settings, network);
        if (dialogues && network.fusesInputs()) {
            throw new BadInputException("first.network.fusion=" + network.fusion()
                    + ": the first stage makes a vector of each modality, so each needs an encoder of its own; take a"
                    + " middle-* or late-* fusion");
        }
        FeatureConfig features = features(settings, network, corpora);
        FeatureStore store = FeatureStore.of(corpus.cache(), corpora.embedded(), remarks);
        UtteranceModelSpec single = new UtteranceModelSpec(
                corpora.labels(),
                features,
                network,
                settings.tokenizer(),
                settings.subwords(),
                settings.vocabulary(),
                new EncoderSetup(model, start, backend, remarks).of(settings, network, store));
        HeadCheck.ofUtterances(single, dialogues ? "first.network" : "network");
        FeatureCache cache = store.shared(single.kind(), caches);
        InputRequirement needed = new InputRequirement(modalities, pairs, start.heard());
        UsableUtterances usable = UsableUtterances.of(corpus, corpora, needed, store, cache, threads, remarks);
        requirePairs(dialogues ? settings.network().withModalities(audio, text) : network, usable.utterances());
        FrozenText reader = single.encoders().text();
        if (reader != null) {
            store.readTexts(usable.utterances(), reader, backend.wantsWholeBatches() ? 1 : threads);
        }
        FirstStage first = dialogues ? new FirstStage(single, settings.firstTraining()) : null;
        ModelSpec spec = dialogues ? ofVectorsOf(single, settings) : single;
        List<Split> folds = folds(dialogues, corpora, usable, settings);
        Split split = noted(folds.getFirst(), settings.training(), corpora, usable);
        StartReview review = StartReview.of(start, split, usable.utterances(), usable.copies(), remarks);
        TrainingSetup setup = new TrainingSetup(
                corpora.names(),
                usable.utterances(),
                review.split(),
                spec,
                settings.training(),
                start.weights(audio, text),
                first,
                review.testSeen(),
                corpora.syntheticSpeech(),
                Json.object());
        AugmentationCheck.say(settings, setup.split(), usable.utterances(), remarks);
        return new PreparedTraining(setup, folds, corpora, store, cache, settings, single, usable, splitSeed(settings));
    }

    /// The model of dialogues on the vectors of a first stage.
    private DialogueModelSpec ofVectorsOf(UtteranceModelSpec first, RunSettings settings) {
        EncoderConfig audio = first.network().audio();
        EncoderConfig text = first.network().text();
        int audioSize = audio == null ? 0 : audio.width(first.frameSize());
        int textSize = text == null ? 0 : text.width(first.tokenSize());
        remarks.log("vectors: made by a first stage, a model of single utterances trained on the training part; "
                + described(audioSize, textSize));
        return dialogueSpec(first.labels(), settings, audioSize, textSize);
    }

    /// How many numbers describe an utterance.
    private static String described(int audioSize, int textSize) {
        String audio = audioSize == 0 ? "the audio is not read" : Count.of(audioSize, "number") + " of the audio";
        String text = textSize == 0 ? "the text is not read" : textSize + " of the text";
        return audio + ", " + text;
    }

    private static DialogueModelSpec dialogueSpec(Labels labels, RunSettings settings, int audioSize, int textSize) {
        NetworkConfig network = settings.network().withModalities(audioSize > 0, textSize > 0);
        HeadCheck.ofDialogues(network, audioSize, textSize);
        return new DialogueModelSpec(labels, network, audioSize, textSize);
    }

    /// Of vectors in the corpora.
    private PreparedTraining ofVectors(CorpusSet corpora, RunSettings settings) {
        if (start.vectors() != null) {
            throw new BadInputException(
                    "‹vectors›: this corpus has vectors of its texts already, no word is read; leave it out");
        }
        if (!model.encoders().isNone()) {
            throw new BadInputException("‹audio-encoder›, ‹text-encoder›: this corpus has vectors already, nothing is"
                    + " read of recordings or sentences; leave them out");
        }
        if (model.features() != null) {
            throw new BadInputException(
                    "‹features›: this corpus has vectors already, nothing is made of recordings; leave it out");
        }
        AugmentationCheck.refuseOnVectors(settings);
        UsableUtterances usable = UsableUtterances.all(corpora);
        Vectors first = vectors(usable.utterances().getFirst());
        requireSizes(usable.utterances(), first);
        Set<Modality> asked = asked(first.audioSize() > 0, first.textSize() > 0);
        int audioSize = asked.isEmpty() || asked.contains(Modality.AUDIO) ? first.audioSize() : 0;
        int textSize = asked.isEmpty() || asked.contains(Modality.TEXT) ? first.textSize() : 0;
        remarks.log("vectors: " + described(audioSize, textSize));
        DialogueModelSpec spec = dialogueSpec(corpora.labels(), settings, audioSize, textSize);
        LossCheck.require(spec.network(), "loss", settings.training().loss());
        List<Split> folds = folds(true, corpora, usable, settings);
        TrainingSetup setup = new TrainingSetup(
                        corpora.names(),
                        usable.utterances(),
                        noted(folds.getFirst(), settings.training(), corpora, usable),
                        spec,
                        settings.training())
                .withSyntheticSpeech(corpora.syntheticSpeech());
        VectorColumns.say(
                setup.split().select(Part.TRAIN, setup.utterances()).stream()
                        .map(TrainingPreparation::vectors)
                        .toList(),
                settings.network().standardization() != Standardization.NONE,
                remarks);
        UtteranceModelSpec single = new UtteranceModelSpec(
                corpora.labels(),
                settings.features(),
                settings.firstNetwork(),
                settings.tokenizer(),
                settings.subwords(),
                settings.vocabulary());
        FeatureStore store = FeatureStore.of(corpus.cache(), corpora.embedded(), remarks);
        return new PreparedTraining(setup, folds, corpora, store, null, settings, single, usable, splitSeed(settings));
    }

    private static Vectors vectors(Utterance utterance) {
        return Objects.requireNonNull(utterance.vectors(), utterance.id());
    }

    /// Refuses corpora whose vectors are not of the same models.
    private static void requireSizes(List<Utterance> utterances, Vectors first) {
        for (Utterance utterance : utterances) {
            Vectors vectors = vectors(utterance);
            if (vectors.audioSize() != first.audioSize() || vectors.textSize() != first.textSize()) {
                throw new BadInputException("‹corpus›: utterance " + utterance.id() + " has vectors of "
                        + vectors.audioSize() + " features from audio and " + vectors.textSize()
                        + " from text, the first one " + first.audioSize() + " and " + first.textSize()
                        + "; make them all in the same way");
            }
        }
    }

    /// The features of the settings. Where the times of words assign frames to them, silence is kept, or the times
    /// would be wrong.
    private FeatureConfig features(RunSettings settings, NetworkConfig network, CorpusSet corpora) {
        FeatureConfig features = settings.features();
        boolean timed =
                network.fusesInputs() && corpora.utterances().stream().anyMatch(utterance -> utterance.times() != null);
        if (!timed || !features.speech().on() || !features.speech().cutSilence()) {
            return features;
        }
        remarks.log("features: silence is not cut, since words have times (features.speech.cutSilence=false)");
        return features.edit().speech(features.speech().keepingSilence()).build();
    }

    /// Refuses, before anything is computed, utterances for which an early fusion could give no answer.
    private static void requirePairs(NetworkConfig network, List<Utterance> utterances) {
        if (!network.fusesInputs()) {
            return;
        }
        List<Utterance> lacking = utterances.stream()
                .filter(utterance -> utterance.audio() == null || utterance.text() == null)
                .toList();
        if (!lacking.isEmpty()) {
            throw new BadInputException(
                    "‹fusion " + network.fusion() + "›: it fuses the inputs and has no answer without"
                            + " both, and " + lacking.size() + " of " + utterances.size()
                            + " utterances lack audio or text (the first is "
                            + lacking.getFirst().id()
                            + "); leave them out, or take a middle-* or late-* fusion");
        }
    }

    private long splitSeed(RunSettings settings) {
        return splitSeed == null ? settings.training().seed() : splitSeed;
    }

    /// The requested folds, which record what was left out on request.
    private List<Split> folds(boolean dialogues, CorpusSet corpora, UsableUtterances usable, RunSettings settings) {
        Splitter splits = PreparedTraining.splitter(
                dialogues, corpora, usable.utterances(), splitSeed(settings), usable.copies());
        return folding.of(splits, corpora.protocols()).stream()
                .map(usable::recorded)
                .toList();
    }

    /// The split with notes on classes without training data, for every report. Reports how it was made, and whether
    /// it is a fair one.
    private Split noted(Split drawn, TrainingConfig training, CorpusSet corpora, UsableUtterances usable) {
        Split split = training.parts(drawn);
        ClassReview review = new ClassReview(split, usable.utterances(), corpora.labels());
        List<String> never = review.neverLearned();
        Split recorded = never.isEmpty()
                ? split
                : split.leavingOut(List.of(), "; NOTHING TO LEARN OF " + String.join(", ", never));
        remarks.log("split: " + recorded.describe());
        if (recorded.how().contains(Split.SAME_SOUND)) {
            remarks.warn("split: " + recorded.how().substring(recorded.how().indexOf(Split.SAME_SOUND))
                    + "; scores will be too good: put each sound into one part, or ‹leave-out duplicate›");
        }
        if (!recorded.val().isEmpty() && recorded.how().contains(Split.VALIDATED_ON_TRAINED)) {
            remarks.warn("split: no draw of other speakers could validate, so speakers of the training part do; the"
                    + " validation scores are too good, the test part is not touched");
        }
        if (recorded.test().isEmpty()) {
            remarks.warn("split: nobody is tested, so there will be no test score; name ‹test-speakers›, or give more"
                    + " utterances to a protocol that draws them");
        }
        review.lines().forEach(remarks::warn);
        return recorded;
    }

    /// The modalities that the model reads: the requested ones. Without a request, all that the corpora have, that
    /// can distinguish emotions, and for which the network has an encoder.
    private Set<Modality> modalities(CorpusSet corpora, NetworkConfig network) {
        boolean heard = corpora.utterances().stream().anyMatch(utterance -> utterance.audio() != null);
        boolean read = corpora.utterances().stream().anyMatch(utterance -> utterance.text() != null);
        Set<Modality> asked = asked(heard, read);
        String only = network.audio() == null ? "text" : "audio";
        if ((asked.contains(Modality.AUDIO) && network.audio() == null)
                || (asked.contains(Modality.TEXT) && network.text() == null)) {
            throw new BadInputException(
                    "‹modalities " + words(asked) + "›: the model of ‹init› reads " + only + " alone; name that");
        }
        if (!asked.isEmpty()) {
            return asked;
        }
        boolean audio = heard && network.audio() != null;
        boolean text = read && network.text() != null;
        if (!audio && !text) {
            throw new BadInputException("‹init›: its model reads " + only
                    + ", which no utterance of the corpus has; give another model or corpus");
        }
        if (audio && text && corpora.textIsFixed()) {
            remarks.log("modalities: audio; the sentences are the same in every emotion, so the text tells nothing"
                    + " (‹modalities audio,text› reads it all the same)");
            return Set.of(Modality.AUDIO);
        }
        if (!audio && corpora.textIsFixed()) {
            remarks.warn(
                    "modalities: the text alone, and the sentences are the same in every emotion: it tells nothing");
        }
        Set<Modality> chosen =
                audio && text ? EnumSet.allOf(Modality.class) : Set.of(audio ? Modality.AUDIO : Modality.TEXT);
        remarks.log("modalities: " + words(chosen));
        return chosen;
    }

    /// The requested modalities, checked; empty where there is no request.
    private Set<Modality> asked(boolean audio, boolean text) {
        for (Modality modality : model.modalities()) {
            if (modality == Modality.AUDIO ? !audio : !text) {
                throw new BadInputException("‹modalities " + modality.word() + "›: no utterance of the corpus has "
                        + modality.word() + "; leave it out");
            }
        }
        return new LinkedHashSet<>(model.modalities());
    }

    private static String words(Set<Modality> modalities) {
        return modalities.stream().map(Modality::word).collect(Collectors.joining(","));
    }
}
