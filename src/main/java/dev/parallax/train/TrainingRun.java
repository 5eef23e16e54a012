package dev.parallax.train;

import dev.parallax.BackendException;
import dev.parallax.audio.features.FeatureCache;
import dev.parallax.backend.Backend;
import dev.parallax.backend.select.SelfTest;
import dev.parallax.corpus.split.Part;
import dev.parallax.corpus.split.Split;
import dev.parallax.data.Utterance;
import dev.parallax.eval.Probabilities;
import dev.parallax.eval.Sureness;
import dev.parallax.eval.TemperatureScaling;
import dev.parallax.fusion.Perspectives;
import dev.parallax.fusion.View;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.SafeFiles;
import dev.parallax.model.DialogueModelSpec;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Model;
import dev.parallax.model.RunRecord;
import dev.parallax.model.StartingWeights;
import dev.parallax.model.UtteranceModelSpec;
import dev.parallax.model.Version;
import dev.parallax.model.answer.AnswerRules;
import dev.parallax.model.answer.UnpairedFusion;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One training run from a corpus to a scored model: features, vocabulary, training, temperatures, and the test
/// part, once, at the end.
public final class TrainingRun {

    private static final String FIRST = "first"; // the folder of a first stage

    private final TrainingSetup setup;
    private final @Nullable FeatureCache cache;
    private final Backend backend;
    private final Workers workers;

    private TrainingRun(TrainingSetup setup, @Nullable FeatureCache cache, Backend backend, Workers workers) {
        this.setup = setup;
        this.cache = cache;
        this.backend = backend;
        this.workers = workers;
    }

    /// @param cache of the features of the setup, or of its first stage
    public static TrainingRun of(TrainingSetup setup, FeatureCache cache, Backend backend, Workers workers) {
        return new TrainingRun(setup, cache, backend, workers);
    }

    /// A run on dialogues whose vectors are given, which needs no features.
    public static TrainingRun ofDialogues(TrainingSetup setup, Backend backend, Workers workers) {
        return new TrainingRun(setup, null, backend, workers);
    }

    /// The result.
    ///
    /// @param model      the best epoch's weights, with temperatures and its record
    /// @param history    every epoch
    /// @param bestEpochs the epoch that gave the model its weights, from 1, by the view that chose it; two where
    ///                   the perspectives are two models side by side
    /// @param validation scores of the part that chose the epoch: optimistic
    /// @param test       scores of the part that chose nothing; empty where there is none
    /// @param chosenBy   the model's output for the validation part
    /// @param unseen     its output for the test part
    /// @param tested     its decisions there
    /// @param seconds    wall-clock time of the whole run
    public record Result(
            Model model,
            List<EpochResult> history,
            Map<View, Integer> bestEpochs,
            Map<View, Scores> validation,
            Map<View, Scores> test,
            Answers chosenBy,
            Answers unseen,
            List<Evaluation.Row> tested,
            double seconds)
            implements AutoCloseable {

        /// The last of [#bestEpochs].
        public int bestEpoch() {
            return Collections.max(bestEpochs.values());
        }

        /// Whether a part was looked at after each epoch to find the best; else the last epoch is kept.
        public boolean isChosen() {
            return isMeasured(history);
        }

        /// Gives up the model.
        @Override
        public void close() {
            model.close();
        }
    }

    private static boolean isMeasured(List<EpochResult> history) {
        return history.getLast().isMeasured();
    }

    /// A model's output for a part.
    ///
    /// @param ids     of the utterances
    /// @param outputs one row an utterance
    public record Answers(List<String> ids, Outputs outputs) {}

    /// A finished training, its epoch chosen, before any use of the test part: the time to choose between several.
    public final class Trained implements AutoCloseable {
        private final Model model;
        private final Trainer trainer;
        private final Level level;
        private final @Nullable RunFolder folder;
        private final Answers validation;
        private final double seconds;

        private Trained(Model model, Trainer trainer, Level level, @Nullable RunFolder folder, long start) {
            this.model = model;
            this.trainer = trainer;
            this.level = level;
            this.folder = folder;
            Examples examples = level.examples(model, Part.VAL);
            this.validation = new Answers(
                    examples.ids(), Outputs.of(model, examples, setup.training().together(model.backend()), workers));
            this.seconds = (System.nanoTime() - start) / 1e9;
        }

        /// The model's output for the validation part.
        public Answers validation() {
            return validation;
        }

        /// Gives up the model; not after [#tested], whose result has it.
        @Override
        public void close() {
            model.close();
        }

        /// Scores the test part, once, and writes the final model and `run.json`.
        public Result tested() {
            Result result = scored(this);
            if (folder != null) {
                folder.finish(result);
            }
            return result;
        }
    }

    /// Trains and scores.
    ///
    /// @param out    gets `best.safetensors`, `last.safetensors`, `run.json`, `metrics.csv`; null for none
    /// @param resume whether to go on where `out` stopped, if anything is there
    /// @throws dev.parallax.BadInputException when `out` holds something and `resume` is off
    public Result run(@Nullable Path out, boolean resume, Trainer.Listener listener) {
        return train(out, resume, listener).tested();
    }

    /// Trains alone; what it takes is as for [#run].
    public Trained train(@Nullable Path out, boolean resume, Trainer.Listener listener) {
        long start = System.nanoTime();
        RunFolder folder = out == null ? null : RunFolder.open(out, resume);
        requireSoundBackend();
        Level level = level(out == null ? null : out.resolve(FIRST), resume, listener);
        Model model = level.newModel(backend);
        Examples choosing = level.examples(model, setup.training().choosingPart());
        Trainer trainer = new Trainer(model, setup.training(), level.examples(model, Part.TRAIN), choosing, workers);
        if (folder != null) {
            folder.attach(model, trainer, identity(level, model), resume);
        }
        try (trainer) {
            trainer.run(folder == null ? listener : folder.recording(listener));
        }
        Trained trained = new Trained(model, trainer, level, folder, start);
        ConstantAnswers.warnings(model, trained.validation().outputs()).forEach(listener::warn);
        return trained;
    }

    /// What the run works on. If there is a first stage, it is trained and its vectors are made before.
    private Level level(@Nullable Path firstFolder, boolean resume, Trainer.Listener listener) {
        return switch (setup.plan()) {
            case UtteranceModelSpec plan ->
                new UtteranceLevel(setup, plan, Objects.requireNonNull(cache), workers, listener);
            case DialogueModelSpec plan -> {
                FirstStage stage = setup.first();
                if (stage == null) {
                    yield DialogueLevel.ofVectors(setup, plan);
                }
                FeatureCache features = Objects.requireNonNull(cache);
                listener.stageBegins("first stage: ", stage.training().epochs());
                EmotionModel first = stage.train(setup, features, backend, workers, firstFolder, resume, listener);
                listener.stageBegins("", setup.training().epochs());
                List<Utterance> made =
                        FirstStage.withVectors(first, setup.utterances(), features, workers, listener::note);
                yield new DialogueLevel(
                        setup.withVectors(made),
                        plan,
                        first,
                        some -> FirstStage.doubts(first, some, features, workers));
            }
        };
    }

    /// Trains the first stage of a run on dialogues of recordings, and nothing else.
    ///
    /// @return a model of single utterances, for [FirstStage#withVectors]
    public EmotionModel firstStage(Trainer.Listener listener) {
        FirstStage stage = Objects.requireNonNull(setup.first(), "this run has no first stage");
        return stage.train(setup, Objects.requireNonNull(cache), backend, workers, null, false, listener);
    }

    private void requireSoundBackend() {
        List<String> failed = SelfTest.run(backend).stream()
                .filter(line -> !line.passed())
                .map(SelfTest.Line::kernel)
                .toList();
        if (!failed.isEmpty()) {
            throw new BackendException(
                    "backend " + backend.name() + ": its self-test fails at " + failed + "; use ‹backend scalar›");
        }
    }

    private Result scored(Trained training) {
        long start = System.nanoTime();
        Model trained = training.model;
        Trainer trainer = training.trainer;
        Level level = training.level;
        Outputs chosenBy = training.validation.outputs();
        RunRecord record = record(level.learned(), trainer.history());
        AnswerRules rules =
                AnswerRules.PLAIN.withUnpaired(trainer.unpairedFusion()).withDomain(level.domain(trained));
        Map<View, Scores> onValidation = Map.of();
        if (chosenBy.size() > 0) {
            Outputs varied = Outputs.of(
                    trained, level.variedValidation(trained), setup.training().together(trained.backend()), workers);
            rules = rules(chosenBy, varied, rules);
        } else {
            rules = rules.neverSure();
        }
        if (trained instanceof EmotionModel emotions
                && emotions.readsAudio()
                && rules.domain().sound().distance() == null) {
            rules = rules.neverSureOfAudio(); // too few to know what is unlike them
        }
        Model model = trained.with(record, rules);
        if (chosenBy.size() > 0) {
            onValidation = Evaluation.of(model, training.validation.ids(), chosenBy, level.doubts(model, Part.VAL))
                    .scores();
        }
        Examples test = level.examples(model, Part.TEST);
        Outputs unseen = Outputs.withVectors(model, test, setup.training().together(model.backend()), workers);
        Evaluation onTest = test.size() == 0
                ? new Evaluation(List.of(), Map.of())
                : Evaluation.of(model, test.ids(), unseen, level.doubts(model, Part.TEST));
        JsonObject epochs = Json.object().with("epochs", trainer.history().size());
        if (isMeasured(trainer.history())) { // else the last is kept, and best by nothing
            epochs = epochs.with("bestEpoch", trainer.bestEpoch());
        }
        JsonObject scores = epochs.with("validation", toJson(onValidation)).with("test", toJson(onTest.scores()));
        model = model.with(record.withScores(scores), rules);
        double seconds = training.seconds + (System.nanoTime() - start) / 1e9;
        return new Result(
                model,
                trainer.history(),
                trainer.bestEpochs(),
                onValidation,
                onTest.scores(),
                training.validation,
                new Answers(test.ids(), unseen),
                onTest.rows(),
                seconds);
    }

    /// The rules by which logits become answers, fitted on the validation part.
    ///
    /// @param varied the model's output for its varied copies
    private static AnswerRules rules(Outputs outputs, Outputs varied, AnswerRules plain) {
        UnpairedFusion unpaired = plain.unpaired();
        Perspectives<Double> temperatures = Perspectives.of(view -> temperature(outputs, view));
        Perspectives<Integer> clips = Perspectives.of(view -> outputs.truth(view).length);
        Perspectives<Double> thresholds =
                Perspectives.of(view -> threshold(outputs, varied, view, temperatures.get(view)));
        if (unpaired == null) {
            return new AnswerRules(temperatures, thresholds, null, plain.domain(), clips);
        }
        // without pairs no fused threshold can be fitted; the one that both perspectives need is at least as strict
        double strictest = Math.max(thresholds.audio(), thresholds.text());
        return new AnswerRules(
                temperatures.withFused(1.0),
                thresholds.withFused(strictest),
                unpaired,
                plain.domain(),
                clips.withFused(0));
    }

    private static double temperature(Outputs outputs, View view) {
        int[] truth = outputs.truth(view);
        return truth.length == 0
                ? 1
                : TemperatureScaling.fit(outputs.rows(view), truth, TemperatureScaling.PRIOR_CLIPS)
                        .temperature();
    }

    /// High enough for the part as it is and for its varied copies.
    private static double threshold(Outputs outputs, Outputs varied, View view, double temperature) {
        double plain = Sureness.threshold(Probabilities.softmax(outputs.rows(view), temperature), outputs.truth(view));
        int[] truth = varied.truth(view);
        return truth.length == 0
                ? plain
                : Math.max(plain, Sureness.seldomWrong(Probabilities.softmax(varied.rows(view), temperature), truth));
    }

    private JsonObject toJson(Map<View, Scores> scores) {
        JsonObject json = Json.object();
        for (Map.Entry<View, Scores> entry : scores.entrySet()) {
            json = json.with(
                    entry.getKey().word(),
                    entry.getValue().toJson(setup.plan().labels().names()));
        }
        return json;
    }

    private RunRecord record(List<Utterance> learned, List<EpochResult> history) {
        EmotionModel from = setup.start().model();
        RunRecord start = from == null ? null : from.record();
        return new RunRecord(
                Version.current(),
                setup.training().seed(),
                backend.description(),
                setup.corpora(),
                dataHash(learned),
                training(),
                setup.split().toJson(),
                Json.object(),
                LearnedData.carried(start),
                setup.testSeen(),
                Stream.concat(
                                setup.syntheticSpeech().stream(),
                                start == null ? Stream.empty() : start.syntheticSpeech().stream())
                        .distinct()
                        .toList(),
                setup.request(),
                history.stream().map(EpochResult::weights).toList());
    }

    /// How it is trained, stage by stage.
    private JsonObject training() {
        FirstStage stage = setup.first();
        JsonObject training = setup.training().toJson();
        if (!setup.start().equals(StartingWeights.RANDOM)) {
            training = training.with("start", setup.start().toJson());
        }
        return stage == null ? training : training.with("first", stage.toJson());
    }

    /// What a resumed run must have in common with the one that it continues.
    private JsonObject identity(Level level, Model model) {
        Json encoders = model.configuration().get("encoders"); // with their hashes
        JsonObject identity = level.identity()
                .with("training", training())
                .with("network", setup.plan().network().toJson())
                .with("labels", setup.plan().labels().names())
                .with("dataHash", dataHash(level.learned()));
        return encoders == null ? identity : identity.with("encoders", encoders);
    }

    /// SHA-256 over ids, contents, labels and words of what is learned from, in order.
    public static String dataHash(List<Utterance> learned) {
        StringBuilder contents = new StringBuilder();
        for (Utterance utterance : learned) {
            contents.append(utterance.id())
                    .append(' ')
                    .append(Split.contentOf(utterance))
                    .append(' ');
            contents.append(utterance.emotion()).append(' ').append(utterance.text());
            if (utterance.vectors() != null) { // its neighbours matter
                contents.append(' ').append(utterance.dialogue()).append(' ').append(utterance.turn());
            }
            contents.append('\n');
        }
        return SafeFiles.sha256(contents.toString().getBytes(StandardCharsets.UTF_8));
    }
}
