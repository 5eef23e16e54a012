package dev.parallax.setup;

import dev.parallax.BadInputException;
import dev.parallax.backend.Backend;
import dev.parallax.backend.select.Backends;
import dev.parallax.corpus.Corpora;
import dev.parallax.corpus.split.Protocol;
import dev.parallax.corpus.split.Split;
import dev.parallax.corpus.split.Splitter;
import dev.parallax.io.FolderLock;
import dev.parallax.io.SafeFiles;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.StartingWeights;
import dev.parallax.pretrained.EncoderFolders;
import dev.parallax.setup.request.Level;
import dev.parallax.setup.request.ModelRequest;
import dev.parallax.setup.request.RecordedRequest;
import dev.parallax.setup.request.SplitRequest;
import dev.parallax.setup.request.TrainingRequest;
import dev.parallax.train.ModelChoice;
import dev.parallax.train.TrainingRun;
import dev.parallax.train.TransferGain;
import dev.parallax.train.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Trains a model: from a request to a model whose test part is scored, once.
///
/// Where the request names no features, two kinds are tried, each with its own network. The validation part chooses,
/// and the test part is scored with the kept model alone. Each of the two then has a subfolder of the run, where it
/// can be resumed. The files of the kept one are copied to the run's folder itself.
public final class Training {

    private static final String RECORD = "run.json";

    private final TrainingRequest request;
    private final Backend backend;
    private final Workers workers;
    private final Remarks remarks;

    private Training(TrainingRequest request, Backend backend, Workers workers, Remarks remarks) {
        this.request = request;
        this.backend = backend;
        this.workers = workers;
        this.remarks = remarks;
    }

    /// Trains on all processors, with the fastest backend of this machine, and reports nothing.
    ///
    /// @throws BadInputException when the request cannot be carried out
    public static TrainingOutcome run(TrainingRequest request) {
        try (Workers workers = new Workers(Runtime.getRuntime().availableProcessors())) {
            return run(request, Backends.fastest(), workers, Remarks.NONE);
        }
    }

    /// Trains a model. The same request gives the same model, whatever the number of workers.
    ///
    /// @param remarks receives what is done
    /// @throws BadInputException when the request cannot be carried out
    public static TrainingOutcome run(TrainingRequest request, Backend backend, Workers workers, Remarks remarks) {
        Training training = new Training(request, backend, workers, remarks);
        Path out = request.out();
        if (out == null) {
            return training.run();
        }
        requireFolder(out, request.resume());
        if (request.resume() && FolderLock.isEmpty(out)) {
            remarks.log("resume: there is no run in " + out + " yet, so this one starts anew");
        }
        try (FolderLock _ = FolderLock.of(out, remarks::warn)) {
            return training.run();
        }
    }

    static void requireFolder(Path out, boolean resume) {
        if (Files.exists(out) && !Files.isDirectory(out)) {
            throw new BadInputException("train: ‹out " + out + "› is a file; give a folder");
        }
        if (!resume && !FolderLock.isEmpty(out)) {
            throw new BadInputException("train: ‹out " + out
                    + "› holds something already; give a new folder, or ‹resume› to go on with the run in it");
        }
    }

    /// What [#run] would train: one, or two between which the validation part would choose.
    static List<PreparedTraining> prepared(TrainingRequest request, Backend backend, Workers workers, Remarks remarks) {
        return new Training(request, backend, workers, remarks).recorded();
    }

    /// Each records what was asked for; of two, what would have asked for it alone.
    private List<PreparedTraining> recorded() {
        List<PreparedTraining> prepared = prepared();
        return prepared.stream()
                .map(each -> each.recording(RecordedRequest.of(
                                prepared.size() == 1
                                        ? request
                                        : request.withModel(request.model().withFeatures(each.name())))
                        .toJson()))
                .toList();
    }

    private TrainingOutcome run() {
        List<PreparedTraining> prepared = recorded();
        PreparedTraining expected = prepared.getFirst();
        Path out = request.out();
        if (prepared.size() == 1) {
            TrainingRun.Result result =
                    expected.run(backend, workers).run(out, request.resume(), listener(expected, ""));
            note(expected, out);
            carry(expected, out);
            return TrainingOutcome.of(expected, result, null, gain(expected, result), out);
        }
        PreparedTraining other = prepared.getLast();
        TrainingRun.Trained first = train(expected);
        TrainingRun.Trained second = train(other);
        ModelChoice compared = ModelChoice.of(
                first.validation(),
                second.validation(),
                expected.corpora().labels().size(),
                expected.setup().training().seed());
        boolean overruled = compared != null && compared.overruled();
        PreparedTraining kept = overruled ? other : expected;
        PreparedTraining passed = overruled ? expected : other;
        (overruled ? first : second).close();
        TrainingRun.Result result = (overruled ? second : first).tested();
        if (out != null) {
            copy(out.resolve(kept.name()), out);
            note(expected, out.resolve(expected.name()));
            note(other, out.resolve(other.name()));
        }
        note(kept, out);
        carry(kept, out);
        FeatureChoice choice = new FeatureChoice(kept.name(), passed.name(), compared);
        return TrainingOutcome.of(kept, result, choice, gain(kept, result), out);
    }

    /// Notes beside a model where its pretrained encoders are.
    private static void note(PreparedTraining training, @Nullable Path folder) {
        if (folder != null) {
            EncoderFolders.note(training.single().encoders(), folder);
        }
    }

    /// Copies the pretrained encoders beside the model, where that was requested.
    private void carry(PreparedTraining training, @Nullable Path folder) {
        if (folder != null && request.model().encoders().carried()) {
            EncoderFolders.carry(training.single().encoders(), folder);
            remarks.log("encoders: copied into " + folder + ", which has all that the model needs");
        }
    }

    /// Prepares what is to be trained.
    ///
    /// @return one; or two of the same split, between which the validation part chooses, first the one that is
    ///         expected to be better
    private List<PreparedTraining> prepared() {
        ModelRequest model = request.model();
        requireProtocol();
        requireSettings();
        TrainingStart start = TrainingStart.of(request.start(), model.features(), backend, remarks);
        CorpusSet corpora = CorpusSet.open(request.corpus(), model.level(), remarks);
        if (model.level() == Level.DIALOGUE) {
            String features = model.features();
            RunSettings settings = RunSettings.dialogue(features == null ? "speech" : features);
            return List.of(preparation(start, 1).of(corpora, settings));
        }
        TrainingDefaults defaults = TrainingDefaults.of(request, start, corpora, remarks);
        RunSettings other = defaults.other();
        PreparedTraining expected = preparation(start, other == null ? 1 : 2).of(corpora, defaults.expected());
        if (other == null) {
            return List.of(expected);
        }
        String name = TrainingDefaults.name(other.features());
        if (expected.setup().split().val().isEmpty()) {
            remarks.log("features: " + name + " is not tried, since there is no validation part to choose by");
            return List.of(expected);
        }
        remarks.log("features: " + name + " is trained beside it, and kept if the validation part shows it to be better"
                + " (‹features " + expected.name() + "› trains one alone)");
        return List.of(expected, expected.beside(TrainingPreparation.settings(model, other), remarks));
    }

    /// Refuses settings that are wrong whatever is read, before anything is. Of a model that training starts
    /// from, all settings depend on that model.
    private void requireSettings() {
        if (request.start().model() != null) {
            return;
        }
        ModelRequest model = request.model();
        if (model.level() == Level.UTTERANCE) {
            new StartingWeights(null, null, Set.copyOf(request.start().frozen())); // refuses to freeze random numbers
        }
        String features = model.features() == null ? "speech" : model.features();
        RunSettings defaults =
                model.level() == Level.DIALOGUE ? RunSettings.dialogue(features) : RunSettings.standard(features);
        TrainingPreparation.requireSettings(model, defaults, request.start().vectors() != null);
    }

    /// Refuses a name that is no protocol's, and one beside named speakers, before anything is read.
    private void requireProtocol() {
        String protocol = request.split().protocol();
        if (protocol != null && namesSpeakers()) {
            throw new BadInputException("train: ‹protocol› and "
                    + (request.split().testSpeakers().isEmpty() ? "‹val-speakers›" : "‹test-speakers›")
                    + " both say how to split; give one");
        }
        List<String> places = request.corpus().places();
        if (protocol != null) {
            Splitter.requireName(
                    nameOf(protocol),
                    request.model().level() == Level.DIALOGUE,
                    places.size() == 1 ? Corpora.protocols(places.getFirst()) : List.of());
        }
    }

    /// A protocol without the number of its fold.
    private static String nameOf(String protocol) {
        int slash = protocol.lastIndexOf('/');
        return slash < 0 ? protocol : protocol.substring(0, slash);
    }

    private TrainingPreparation preparation(TrainingStart start, int caches) {
        SplitRequest split = request.split();
        return new TrainingPreparation(
                request.corpus(),
                request.model(),
                start,
                (splits, own) -> List.of(split(splits, own)),
                split.seed(),
                false,
                caches,
                backend,
                workers.threads(),
                remarks);
    }

    /// The requested split; the standard one where there is no request.
    private Split split(Splitter splits, List<Protocol> own) {
        SplitRequest split = request.split();
        String protocol = split.protocol();
        if (protocol != null) {
            return fold(protocol, splits, own);
        }
        return namesSpeakers() ? splits.bySpeakers(split.testSpeakers(), split.valSpeakers()) : splits.standard();
    }

    private boolean namesSpeakers() {
        return !request.split().testSpeakers().isEmpty()
                || !request.split().valSpeakers().isEmpty();
    }

    /// `NAME`, or `NAME/K` for the K-th of several folds.
    private static Split fold(String protocol, Splitter splits, List<Protocol> own) {
        int slash = protocol.lastIndexOf('/');
        String name = nameOf(protocol);
        @Nullable String number = slash < 0 ? null : protocol.substring(slash + 1);
        List<Split> folds = splits.byName(name, own);
        if (number == null && folds.size() == 1) {
            return folds.getFirst();
        }
        if (number == null || !number.matches("[1-9]\\d{0,5}") || Integer.parseInt(number) > folds.size()) {
            throw new BadInputException("‹protocol " + protocol + "›: it has " + folds.size()
                    + " folds, each trained apart; name one: " + name + "/1 to " + name + "/" + folds.size());
        }
        return folds.get(Integer.parseInt(number) - 1);
    }

    /// Trains one of the two candidates, in a folder of its own.
    private TrainingRun.Trained train(PreparedTraining training) {
        Path out = request.out();
        return training.run(backend, workers)
                .train(
                        out == null ? null : out.resolve(training.name()),
                        request.resume(),
                        listener(training, training.name() + ": "));
    }

    private TrainingRemarks listener(PreparedTraining training, String name) {
        return new TrainingRemarks(remarks, name, training.setup().training(), true);
    }

    /// The gain over the model that training started from; null where there is none, or no test part.
    private @Nullable TransferGain gain(PreparedTraining training, TrainingRun.Result result) {
        EmotionModel from = training.setup().start().model();
        return from == null || result.test().isEmpty()
                ? null
                : TransferGain.of(
                        from,
                        result,
                        training.setup(),
                        training.usable().copies(),
                        Objects.requireNonNull(training.cache()),
                        workers,
                        remarks::warn);
    }

    /// Copies the files of a run, its record last: without a record, the files may be of different runs.
    static void copy(Path run, Path out) {
        try {
            Files.deleteIfExists(out.resolve(RECORD));
            for (String file : List.of(ModelPath.BEST, "last.safetensors", "metrics.csv", RECORD)) {
                Path from = run.resolve(file);
                if (Files.exists(from)) {
                    SafeFiles.write(out.resolve(file), SafeFiles.read(from));
                } else {
                    Files.deleteIfExists(out.resolve(file));
                }
            }
        } catch (IOException e) {
            throw new BadInputException(out + ": cannot be written (" + e.getMessage() + "); check disk and rights", e);
        }
    }
}
