package dev.parallax.cli.setup;

import dev.parallax.BadInputException;
import dev.parallax.audio.features.FeatureCache;
import dev.parallax.audio.features.FeatureConfig;
import dev.parallax.backend.Backend;
import dev.parallax.cli.command.Arguments;
import dev.parallax.cli.command.Console;
import dev.parallax.corpus.recordings.SoundCopies;
import dev.parallax.corpus.split.PerCorpusSplitter;
import dev.parallax.corpus.split.Protocol;
import dev.parallax.corpus.split.Split;
import dev.parallax.corpus.split.Splitter;
import dev.parallax.corpus.split.UtteranceSplitter;
import dev.parallax.corpus.verify.ClassReview;
import dev.parallax.data.Labels;
import dev.parallax.data.Utterance;
import dev.parallax.io.Nearest;
import dev.parallax.model.NetworkConfig;
import dev.parallax.model.UtteranceModelSpec;
import dev.parallax.train.TrainingRun;
import dev.parallax.train.TrainingSetup;
import dev.parallax.train.Workers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `train` was asked for, as the setup of a training run.
///
/// @param setup    what is trained on what
/// @param corpora  where the utterances come from
/// @param cache    the features, computed already; null for dialogues of vectors
/// @param settings that the options came to
/// @param single   how single utterances are read: the setup's plan, that of its first stage, or what it would be
/// @param excluded utterances that take no part
/// @param copies   utterances of the same sound
/// @param leftOut  utterances that `--leave-out` left out
public record TrainPlan(
        TrainingSetup setup,
        CorpusSet corpora,
        @Nullable FeatureCache cache,
        RunSettings settings,
        UtteranceModelSpec single,
        Exclusions excluded,
        SoundCopies copies,
        List<Utterance> leftOut) {

    public static final String UTTERANCE = "utterance";
    public static final String DIALOGUE = "dialogue";
    private static final List<String> MODALITIES = List.of("audio", "text");

    /// Reads the options, opens the corpora, computes features, and makes the split.
    ///
    /// @return the plan; or two of the same split, the one that is expected to be better first, of which the
    ///         validation part chooses
    public static List<TrainPlan> of(Arguments arguments, Backend backend, Console console) {
        String level = arguments.text("level", UTTERANCE);
        oneOf("--level", level, List.of(UTTERANCE, DIALOGUE));
        StartChoice start = StartChoice.of(arguments, backend, console);
        if (level.equals(DIALOGUE)) {
            return List.of(DialogueTrainPlan.of(arguments, start, Wishes.train(1), console));
        }
        CorpusSet corpora = CorpusSet.open(arguments, UTTERANCE, console);
        TrainingDefaults defaults = TrainingDefaults.of(arguments, start, corpora, console);
        RunSettings other = defaults.other();
        Wishes wishes = Wishes.train(other == null ? 1 : 2);
        TrainPlan plan = of(arguments, corpora, defaults.expected(), start, wishes, console);
        if (other == null) {
            return List.of(plan);
        }
        String name = TrainingDefaults.name(other.features());
        if (plan.setup.split().val().isEmpty()) {
            console.log("features: " + name + " is not tried, since there is no validation part to choose by");
            return List.of(plan);
        }
        console.log("features: " + name + " is trained beside it, and kept if the validation part shows it to be better"
                + " (--features " + plan.name() + " trains one alone)");
        return List.of(plan, plan.beside(arguments, other, console));
    }

    /// The same utterances in the same parts, read with other features by another network.
    private TrainPlan beside(Arguments arguments, RunSettings defaults, Console console) {
        RunSettings settings = settings(arguments, defaults);
        NetworkConfig here = setup.plan().network();
        settings.set("network.embedding", Integer.toString(here.embedding()), "embedding"); // that of --vectors
        NetworkConfig network = settings.network().withModalities(here.audio() != null, here.text() != null);
        Augmentable.require(settings, network);
        FeatureCache theirs = FeatureStore.shared(arguments, settings.features(), corpora.embedded(), 2, console);
        UtteranceModelSpec plan = single.withNetwork(network).withFeatures(settings.features());
        TrainingSetup itsSetup = new TrainingSetup(
                setup.corpora(), setup.utterances(), setup.split(), plan, settings.training(), setup.start(), null);
        Augmentable.say(settings, setup.split(), setup.utterances(), console);
        return new TrainPlan(itsSetup, corpora, theirs, settings, plan, excluded, copies, leftOut);
    }

    /// What its features are called where another plan stands beside it.
    public String name() {
        return TrainingDefaults.name(single.features());
    }

    /// What a command wants of its corpora.
    ///
    /// @param both   whether only utterances with audio and text take part
    /// @param caches how many of features will share the memory
    /// @param split  how it chooses its split
    public record Wishes(boolean both, int caches, SplitChoice split) {
        /// Those of `train`.
        static Wishes train(int caches) {
            return new Wishes(false, caches, TrainPlan::split);
        }
    }

    /// How a command chooses its split.
    @FunctionalInterface
    public interface SplitChoice {
        public Split of(Arguments arguments, Splitter splits, List<Protocol> own);
    }

    /// The same for single utterances, with other defaults and another command's wishes.
    public static TrainPlan of(
            Arguments arguments,
            CorpusSet corpora,
            RunSettings defaults,
            StartChoice start,
            Wishes wishes,
            Console console) {
        for (String option : List.of("causal", "speakers")) {
            if (arguments.has(option)) {
                throw new BadInputException(
                        "--" + option + ": it is for --level dialogue; an utterance by itself has one"
                                + " speaker and no turns after it");
            }
        }
        RunSettings settings = settings(arguments, defaults);
        start.fit(settings, "network.embedding", console);
        NetworkConfig network = settings.network();
        List<String> modalities = modalities(arguments, corpora, network, console);
        network = network.withModalities(modalities.contains("audio"), modalities.contains("text"));
        Augmentable.require(settings, network);
        FeatureConfig features = features(settings, network, corpora, console);
        FeatureCache cache = FeatureStore.shared(arguments, features, corpora.embedded(), wishes.caches, console);
        Usable usable = Usable.of(arguments, corpora, modalities, wishes.both, cache, console);
        requirePairs(network, usable.utterances());
        Splitter splits = splits(arguments, corpora, usable.utterances(), usable.copies(), settings);
        Split split = recorded(
                Usable.recorded(wishes.split.of(arguments, splits, corpora.protocols()), usable.leftOut()),
                usable.utterances(),
                corpora.labels());
        say(split, usable.utterances(), corpora.labels(), console);
        UtteranceModelSpec plan = new UtteranceModelSpec(
                corpora.labels(), features, network, settings.tokenizer(), settings.subwords(), settings.vocabulary());
        TrainingSetup setup = new TrainingSetup(
                corpora.names(),
                usable.utterances(),
                split,
                plan,
                settings.training(),
                start.start(network.audio() != null, network.text() != null),
                null);
        Augmentable.say(settings, setup.split(), usable.utterances(), console);
        return new TrainPlan(
                setup, corpora, cache, settings, plan, usable.excluded(), usable.copies(), usable.leftOut());
    }

    /// The features that are set; where frames are found by the times of words, with their silence, or the times would
    /// be wrong.
    private static FeatureConfig features(
            RunSettings settings, NetworkConfig network, CorpusSet corpora, Console console) {
        FeatureConfig features = settings.features();
        boolean timed =
                network.fusesInputs() && corpora.utterances().stream().anyMatch(utterance -> utterance.times() != null);
        if (!timed || !features.speech().on() || !features.speech().cutSilence()) {
            return features;
        }
        console.log("features: silence is not cut, since words have times (features.speech.cutSilence=false)");
        return features.edit().speech(features.speech().keepingSilence()).build();
    }

    /// A split that tells every report which classes nothing can be learned of.
    static Split recorded(Split split, List<Utterance> utterances, Labels labels) {
        List<String> never = new ClassReview(split, utterances, labels).neverLearned();
        return never.isEmpty()
                ? split
                : split.leavingOut(List.of(), "; NOTHING TO LEARN OF " + String.join(", ", never));
    }

    /// Says how a split was made, whether it is a fair one, and what nothing can be learned of.
    static void say(Split split, List<Utterance> utterances, Labels labels, Console console) {
        console.log("split: " + split.describe());
        if (split.how().contains(Split.SAME_SOUND)) {
            console.warn("split: " + split.how().substring(split.how().indexOf(Split.SAME_SOUND))
                    + "; scores will be too good: put each sound into one part, or --leave-out duplicate");
        }
        new ClassReview(split, utterances, labels).lines().forEach(console::warn);
    }

    /// Refuses, before anything is computed, utterances that an early fusion could not answer.
    static void requirePairs(NetworkConfig network, List<Utterance> utterances) {
        if (!network.fusesInputs()) {
            return;
        }
        List<Utterance> lacking = utterances.stream()
                .filter(utterance -> utterance.audio() == null || utterance.text() == null)
                .toList();
        if (!lacking.isEmpty()) {
            throw new BadInputException(
                    "--fusion " + network.fusion() + ": it fuses the inputs and has no answer without"
                            + " both, and " + lacking.size() + " of " + utterances.size()
                            + " utterances lack audio or text (the first is "
                            + lacking.getFirst().id()
                            + "); leave them out, or take a middle-* or late-* fusion");
        }
    }

    /// What splits some of the utterances in the way that all of them were split.
    public Splitter splitter(Arguments arguments, List<Utterance> some) {
        return setup.plan() instanceof UtteranceModelSpec
                ? splits(arguments, corpora, some, copies, settings)
                : DialogueTrainPlan.splits(arguments, corpora, some, copies, settings);
    }

    private static Splitter splits(
            Arguments arguments,
            CorpusSet corpora,
            List<Utterance> utterances,
            SoundCopies copies,
            RunSettings settings) {
        long seed = splitSeed(arguments, settings);
        return corpora.names().size() == 1
                ? new UtteranceSplitter(utterances, corpora.sexes(), seed, copies)
                : new PerCorpusSplitter(utterances, corpora.sexes(), seed, copies);
    }

    /// The run that was planned.
    public TrainingRun run(Backend backend, Workers workers) {
        return run(setup, backend, workers);
    }

    /// A run like the one that was planned, of another setup of the same utterances.
    public TrainingRun run(TrainingSetup setup, Backend backend, Workers workers) {
        return cache == null
                ? TrainingRun.ofDialogues(setup, backend, workers)
                : TrainingRun.of(setup, cache, backend, workers);
    }

    /// What the options make of the defaults.
    static RunSettings settings(Arguments arguments, RunSettings defaults) {
        RunSettings settings = defaults.apply(arguments);
        if (arguments.has("seed")) {
            settings.set("training.seed", Long.toString(arguments.whole("seed", 0)), "--seed");
        }
        if (arguments.has("fusion")) {
            settings.set("network.fusion", arguments.text("fusion", ""), "--fusion");
        }
        if (arguments.has("causal")) {
            settings.setCausal();
        }
        if (arguments.has("speakers")) {
            settings.set("network.speakers", "true", "--speakers");
        }
        String loss = arguments.text("loss");
        if (loss != null) {
            oneOf("--loss", loss, List.of("perspective", "fused"));
            settings.set("training.perspectives", Boolean.toString(loss.equals("perspective")), "--loss");
        }
        return settings;
    }

    public static void oneOf(String option, String value, List<String> choices) {
        if (!choices.contains(value)) {
            throw new BadInputException(
                    option + " " + value + ": must be one of " + choices + Nearest.hint(value, choices));
        }
    }

    /// What the model is to read: what was asked for, else all that the corpora have, that can tell emotions
    /// apart, and that the network has an encoder for.
    static List<String> modalities(Arguments arguments, CorpusSet corpora, NetworkConfig network, Console console) {
        boolean heard = corpora.utterances().stream().anyMatch(utterance -> utterance.audio() != null);
        boolean read = corpora.utterances().stream().anyMatch(utterance -> utterance.text() != null);
        List<String> asked = asked(arguments, heard, read);
        if ((asked.contains("audio") && network.audio() == null)
                || (asked.contains("text") && network.text() == null)) {
            throw new BadInputException("--modalities " + String.join(",", asked) + ": the model of --init reads "
                    + (network.audio() == null ? "text" : "audio") + " alone; name that");
        }
        if (!asked.isEmpty()) {
            return asked;
        }
        boolean audio = heard && network.audio() != null;
        boolean text = read && network.text() != null;
        if (!audio && !text) {
            throw new BadInputException("--init: its model reads " + (network.audio() == null ? "text" : "audio")
                    + ", which no utterance of the corpus has; give another model or corpus");
        }
        if (audio && text && corpora.textIsFixed()) {
            console.log("modalities: audio; the sentences are the same in every emotion, so the text tells nothing"
                    + " (--modalities audio,text reads it all the same)");
            return List.of("audio");
        }
        List<String> chosen = audio && text ? MODALITIES : List.of(audio ? "audio" : "text");
        if (!audio && corpora.textIsFixed()) {
            console.warn(
                    "modalities: the text alone, and the sentences are the same in every emotion: it tells nothing");
        }
        console.log("modalities: " + String.join(",", chosen));
        return chosen;
    }

    /// What `--modalities` names, checked; empty where it is not given.
    static List<String> asked(Arguments arguments, boolean audio, boolean text) {
        List<String> asked = arguments.list("modalities");
        for (String modality : asked) {
            oneOf("--modalities", modality, MODALITIES);
            if (modality.equals("audio") ? !audio : !text) {
                throw new BadInputException(
                        "--modalities " + modality + ": no utterance of the corpus has " + modality + "; leave it out");
            }
        }
        return asked;
    }

    /// The seed of what is drawn of a split: that of the training unless another is asked for.
    static long splitSeed(Arguments arguments, RunSettings settings) {
        return arguments.whole("split-seed", settings.training().seed());
    }

    /// The split that is asked for; the standard one where nothing is.
    static Split split(Arguments arguments, Splitter splits, List<Protocol> own) {
        List<String> test = arguments.list("test-speakers");
        List<String> val = arguments.list("val-speakers");
        String protocol = arguments.text("protocol");
        if (protocol != null && !(test.isEmpty() && val.isEmpty())) {
            throw new BadInputException("train: --protocol and --test-speakers both say what is tested; give one");
        }
        if (protocol != null) {
            return fold(protocol, splits, own);
        }
        return test.isEmpty() && val.isEmpty() ? splits.standard() : splits.bySpeakers(test, val);
    }

    /// `NAME`, or `NAME/K` for the K-th of several folds.
    private static Split fold(String protocol, Splitter splits, List<Protocol> own) {
        int slash = protocol.lastIndexOf('/');
        String name = slash < 0 ? protocol : protocol.substring(0, slash);
        @Nullable String number = slash < 0 ? null : protocol.substring(slash + 1);
        List<Split> folds = splits.byName(name, own);
        if (number == null && folds.size() == 1) {
            return folds.getFirst();
        }
        if (number == null || !number.matches("[1-9]\\d{0,5}") || Integer.parseInt(number) > folds.size()) {
            throw new BadInputException("--protocol " + protocol + ": it has " + folds.size()
                    + " folds, each trained apart; name one: " + name + "/1 to " + name + "/" + folds.size());
        }
        return folds.get(Integer.parseInt(number) - 1);
    }
}
