package dev.parallax.spark;

import dev.parallax.audio.features.KeptFeatures;
import dev.parallax.backend.Backend;
import dev.parallax.backend.select.Backends;
import dev.parallax.cli.command.OptionNames;
import dev.parallax.io.SafeTensors;
import dev.parallax.model.Model;
import dev.parallax.model.ModelHashes;
import dev.parallax.model.document.PredictionJson;
import dev.parallax.pretrained.FrozenEncoders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkEnv;
import org.jspecify.annotations.Nullable;

/// A model as it is open in this process, and what its answers say of it. All tasks of an executor share it; it stays
/// open as long as the executor lives.
///
/// @param model  of utterances or of dialogues
/// @param hashes of its file
/// @param json   writes answers as `predict` does
record WorkerModel(Model model, ModelHashes hashes, PredictionJson json) {

    private static final long KEPT_BYTES = 64 << 20;
    private static final Map<List<@Nullable String>, WorkerModel> OPEN = new ConcurrentHashMap<>();

    /// The model in this process, opened by the first who asks. The choice of the backend is written to stderr and told
    /// to the driver.
    static WorkerModel of(ModelSource source) {
        List<@Nullable String> key = new ArrayList<>();
        key.add(source.hash());
        key.add(source.name());
        key.add(source.backend());
        key.add(source.audioEncoder());
        key.add(source.textEncoder());
        return OPEN.computeIfAbsent(key, _ -> open(source));
    }

    private static WorkerModel open(ModelSource source) {
        byte[] bytes = source.file().value();
        List<String> lines = new ArrayList<>();
        Backend backend = Backends.choose(source.backend(), lines::add);
        String executor = "executor " + SparkEnv.get().executorId() + ": " + String.join("; ", lines);
        System.err.println("parallax: " + executor + "; model " + source.name());
        source.said().add(executor);
        Model model = open(source.name(), bytes, backend, path(source.audioEncoder()), path(source.textEncoder()));
        ModelHashes hashes = ModelHashes.of(SafeTensors.parse(bytes, source.name()));
        return new WorkerModel(model, hashes, new PredictionJson(source.name(), model, () -> hashes, OptionNames::in));
    }

    /// Reads the file of a model onto a backend.
    ///
    /// @param audioEncoder where its pretrained encoder of speech is, or null
    /// @param textEncoder  the same of text
    static Model open(
            String name, byte[] bytes, Backend backend, @Nullable Path audioEncoder, @Nullable Path textEncoder) {
        FrozenEncoders.Places places = new FrozenEncoders.Places(audioEncoder, textEncoder);
        KeptFeatures kept = new KeptFeatures(null, KEPT_BYTES, line -> System.err.println("parallax: " + line));
        return Model.of(SafeTensors.parse(bytes, name), name, null, backend, places, kept);
    }

    private static @Nullable Path path(@Nullable String text) {
        return text == null ? null : Path.of(text);
    }
}
