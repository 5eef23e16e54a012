package dev.parallax.train;

import dev.parallax.BackendException;
import dev.parallax.backend.Backend;
import dev.parallax.backend.SelfTest;
import dev.parallax.corpus.FeatureCache;
import dev.parallax.corpus.Part;
import dev.parallax.corpus.Preparation.Prepared;
import dev.parallax.corpus.Split;
import dev.parallax.data.Utterance;
import dev.parallax.eval.TemperatureScaling;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.SafeFiles;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.ModelConfig;
import dev.parallax.model.RunRecord;
import dev.parallax.model.Temperatures;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One training run from a corpus to a scored model: features, vocabulary, training, temperatures, and the test part,
/// once, at the end.
public final class TrainingRun {

    /// Version of Parallax, for the record.
    public static final String VERSION = "0.1.0";

    private final TrainingSetup setup;
    private final FeatureCache cache;
    private final Backend backend;
    private final Workers workers;

    private TrainingRun(TrainingSetup setup, FeatureCache cache, Backend backend, Workers workers) {
        this.setup = setup;
        this.cache = cache;
        this.backend = backend;
        this.workers = workers;
    }

    /// @param cache of the setup's features
    public static TrainingRun of(TrainingSetup setup, FeatureCache cache, Backend backend, Workers workers) {
        return new TrainingRun(setup, cache, backend, workers);
    }

    /// What came of it.
    ///
    /// @param model      the best epoch's weights, with temperatures and its record
    /// @param history    every epoch
    /// @param bestEpoch  from 1
    /// @param validation scores of the part that chose the epoch: optimistic
    /// @param test       scores of the part that chose nothing; empty where there is none
    /// @param seconds    wall-clock time of the whole run
    public record Result(
            EmotionModel model,
            List<EpochResult> history,
            int bestEpoch,
            Map<Outputs.View, Scores> validation,
            Map<Outputs.View, Scores> test,
            double seconds) {}

    /// Trains and scores.
    ///
    /// @param out    gets `best.safetensors`, `last.safetensors`, `run.json`, `metrics.csv`; null for none
    /// @param resume whether to go on where `out` stopped, if anything is there
    /// @throws dev.parallax.BadInputException when `out` holds something and `resume` is off
    public Result run(@Nullable Path out, boolean resume, Trainer.Listener listener) {
        long start = System.nanoTime();
        RunFolder folder = out == null ? null : RunFolder.open(out, resume);
        requireSoundBackend();
        List<Prepared> usable = Evaluation.usable(
                setup.plan().network().audio() != null,
                setup.plan().network().text() != null,
                ModelConfig.WINDOW_SECONDS,
                setup.utterances(),
                cache,
                workers,
                listener::note);
        List<Prepared> heard = part(Part.TRAIN, usable);
        List<Utterance> learned = heard.stream().map(Prepared::utterance).toList();
        EmotionModel model = newModel(learned);
        CorpusExamples train = new CorpusExamples(model, cache, heard);
        Examples validation = new CorpusExamples(model, cache, part(Part.VAL, usable));
        long cut =
                heard.stream().filter(prepared -> prepared.windows().size() > 1).count();
        if (cut > 0) {
            listener.note(String.format(
                    Locale.ROOT,
                    "%d of %d training recordings are longer than %.0f s: each is heard in windows",
                    cut,
                    heard.size(),
                    model.config().windowSeconds()));
        }
        Trainer trainer = new Trainer(model, setup.training(), train, validation, workers);
        if (folder != null) {
            folder.attach(model, trainer, identity(learned), resume);
        }
        trainer.run(folder == null ? listener : folder.recording(listener));
        Result result = scored(model, trainer, validation, usable, learned, listener, start);
        if (folder != null) {
            folder.finish(result);
        }
        return result;
    }

    private void requireSoundBackend() {
        List<String> failed = SelfTest.run(backend).stream()
                .filter(line -> !line.passed())
                .map(SelfTest.Line::kernel)
                .toList();
        if (!failed.isEmpty()) {
            throw new BackendException(
                    "backend " + backend.name() + ": its self-test fails at " + failed + "; use --backend scalar");
        }
    }

    private List<Prepared> part(Part part, List<Prepared> usable) {
        Set<String> ids =
                setup.split().members(part).stream().map(Split.Member::id).collect(Collectors.toSet());
        return usable.stream()
                .filter(prepared -> ids.contains(prepared.utterance().id()))
                .toList();
    }

    private EmotionModel newModel(List<Utterance> learned) {
        List<String> texts =
                learned.stream().map(Utterance::text).filter(Objects::nonNull).toList();
        TrainingConfig training = setup.training();
        return setup.plan().newModel(texts, training.perspectives(), backend, training.seed());
    }

    private Result scored(
            EmotionModel trained,
            Trainer trainer,
            Examples validation,
            List<Prepared> usable,
            List<Utterance> learned,
            Trainer.Listener listener,
            long start) {
        RunRecord record = record(learned);
        EmotionModel model = trained.with(record, Temperatures.ONE);
        Map<Outputs.View, Scores> onValidation = Map.of();
        if (validation.size() > 0) {
            Outputs outputs = Outputs.of(model, validation, setup.training().shardSize(), workers);
            model = trained.with(record, temperatures(outputs));
            onValidation = Evaluation.scores(model, outputs);
        }
        List<Utterance> unseen =
                part(Part.TEST, usable).stream().map(Prepared::utterance).toList();
        Map<Outputs.View, Scores> onTest =
                unseen.isEmpty() ? Map.of() : Evaluation.of(model, unseen, cache, workers, listener::note);
        JsonObject scores = Json.object()
                .with("epochs", trainer.history().size())
                .with("bestEpoch", trainer.bestEpoch())
                .with("validation", toJson(onValidation))
                .with("test", toJson(onTest));
        model = model.with(record.withScores(scores), model.temperatures());
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Result(model, trainer.history(), trainer.bestEpoch(), onValidation, onTest, seconds);
    }

    private static Temperatures temperatures(Outputs outputs) {
        return new Temperatures(
                temperature(outputs, Outputs.View.FUSED),
                temperature(outputs, Outputs.View.AUDIO),
                temperature(outputs, Outputs.View.TEXT));
    }

    private static double temperature(Outputs outputs, Outputs.View view) {
        int[] truth = outputs.truth(view);
        return truth.length == 0
                ? 1
                : TemperatureScaling.fit(outputs.rows(view), truth).temperature();
    }

    private JsonObject toJson(Map<Outputs.View, Scores> scores) {
        JsonObject json = Json.object();
        for (Map.Entry<Outputs.View, Scores> entry : scores.entrySet()) {
            json = json.with(
                    entry.getKey().name().toLowerCase(Locale.ROOT),
                    entry.getValue().toJson(setup.plan().labels().names()));
        }
        return json;
    }

    private RunRecord record(List<Utterance> learned) {
        return new RunRecord(
                VERSION,
                setup.training().seed(),
                backend.description(),
                setup.corpora(),
                dataHash(learned),
                setup.training().toJson(),
                setup.split().toJson(),
                Json.object());
    }

    /// What a resumed run must have in common with the one that it continues.
    private JsonObject identity(List<Utterance> learned) {
        return Json.object()
                .with("training", setup.training().toJson())
                .with("network", setup.plan().network().toJson())
                .with("features", cache.digest())
                .with("labels", setup.plan().labels().names())
                .with("dataHash", dataHash(learned));
    }

    private String dataHash(List<Utterance> learned) {
        StringBuilder contents = new StringBuilder();
        for (Utterance utterance : learned) {
            contents.append(utterance.id())
                    .append(' ')
                    .append(Split.contentOf(utterance))
                    .append(' ');
            contents.append(utterance.emotion())
                    .append(' ')
                    .append(utterance.text())
                    .append('\n');
        }
        return SafeFiles.sha256(contents.toString().getBytes(StandardCharsets.UTF_8));
    }
}
