package dev.parallax.model;

import dev.parallax.audio.features.KeptFeatures;
import dev.parallax.backend.Backend;
import dev.parallax.data.Labels;
import dev.parallax.fusion.FusedLogits;
import dev.parallax.io.JsonObject;
import dev.parallax.io.SafeTensors;
import dev.parallax.model.answer.AnswerRules;
import dev.parallax.model.answer.UnpairedFusion;
import dev.parallax.nn.Parameter;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;
import dev.parallax.pretrained.FrozenEncoders;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A model of emotions, of single utterances or of dialogues: what training, scoring and saving need of it.
public abstract sealed class Model implements AutoCloseable permits DialogueModel, EmotionModel {

    private final Backend backend;
    private final Parameters parameters;
    private final AnswerRules rules;
    private final @Nullable RunRecord record;

    Model(Backend backend, Parameters parameters, AnswerRules rules, @Nullable RunRecord record) {
        this.backend = backend;
        this.parameters = parameters;
        this.rules = rules;
        this.record = record;
    }

    /// Reads a model file of either level onto a backend.
    ///
    /// @throws dev.parallax.BadInputException when the file is not a model
    public static Model load(Path file, Backend backend) {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(backend, "backend");
        return load(file, backend, FrozenEncoders.Places.UNKNOWN, null);
    }

    /// The same of a model that may read with pretrained encoders.
    ///
    /// @param places where these are, if they are not found by themselves
    /// @param kept   where states of texts are kept, or null
    /// @throws dev.parallax.BadInputException also when an encoder is not on this machine
    public static Model load(Path file, Backend backend, FrozenEncoders.Places places, @Nullable KeptFeatures kept) {
        Path folder = file.toAbsolutePath().getParent();
        return of(SafeTensors.read(file), file.toString(), folder, backend, places, kept);
    }

    /// The same of a file that was read.
    ///
    /// @param where  what the file is called, for messages
    /// @param folder of the file, beside which its encoders may be, or null
    public static Model of(
            SafeTensors file,
            String where,
            @Nullable Path folder,
            Backend backend,
            FrozenEncoders.Places places,
            @Nullable KeptFeatures kept) {
        return ModelFile.of(file, where, backend, inputs -> {
            FrozenEncoders found = FrozenEncoders.find(inputs, places, folder, backend);
            return kept == null ? found : found.keeping(kept);
        });
    }

    /// Writes the model as one file that holds all a prediction needs.
    ///
    /// @throws IllegalStateException if it is closed
    public final void save(Path file) {
        Objects.requireNonNull(file, "file");
        try (Parameters.Use _ = parameters.use()) {
            ModelFile.builder(this).write(file);
        }
    }

    /// The classes, in the order of the logits.
    public abstract Labels labels();

    /// The names of its classes, in the order of all probabilities.
    public final List<String> labelNames() {
        return labels().names();
    }

    /// The pretrained encoders that it reads with, a line on each with its licence; none where it reads with none.
    public abstract List<String> pretrainedEncoders();

    /// Whether it reads audio.
    public abstract boolean readsAudio();

    /// Whether it reads text.
    public abstract boolean readsText();

    /// Whether each perspective was trained with its own loss term, so that its answer can be shown.
    public abstract boolean perspectivesTrained();

    /// Whether no answer depends on later utterances.
    public abstract boolean causal();

    /// Which other utterances it uses when it answers one, in words.
    public abstract String context();

    /// The network, and what it reads.
    public abstract NetworkConfig network();

    /// Everything that decides what it answers, beside its weights and its vocabulary.
    public abstract JsonObject configuration();

    public final Backend backend() {
        return backend;
    }

    public final Parameters parameters() {
        return parameters;
    }

    /// The number of its trained values.
    public final int size() {
        return parameters.size();
    }

    /// How its logits become answers.
    public final AnswerRules rules() {
        return rules;
    }

    /// The record of its training, or null for a model that was not trained.
    public final @Nullable RunRecord record() {
        return record;
    }

    /// Gives the memory of its weights back, once the answers that are being computed are there. From then on
    /// whoever asks it, saves it or makes another model of it gets an IllegalStateException. So it is with all
    /// models that share its weights. What it says of itself, such as [#labels], it still says. To close it twice
    /// is to close it once.
    @Override
    public void close() {
        parameters.close();
    }

    /// This model with a history and other rules. The weights are shared, not copied.
    public abstract Model with(RunRecord changedRecord, AnswerRules changedRules);

    /// @throws IllegalStateException if it is closed
    final void requireOpen() {
        parameters.requireOpen();
    }

    /// Gives some parameters their starting values, and the others the values of a model of the same configuration.
    final void startAnew(Model same, Predicate<String> which, long seed) {
        same.requireOpen();
        parameters.initialize(backend, seed);
        for (Parameter parameter : same.parameters.all()) {
            if (!which.test(parameter.name())) {
                Parameter own = parameters.all().get(parameter.ordinal());
                backend.copy(
                        same.parameters.value(parameter).buffer(),
                        parameters.value(own).buffer());
            }
        }
    }

    /// The logits as they are answered: what the network fuses, or the rule that fuses answers where it was trained on
    /// no pairs.
    final FusedLogits fused(Pass pass, FusedLogits logits) {
        UnpairedFusion unpaired = rules.unpaired();
        return unpaired == null ? logits : unpaired.fuse(pass, logits, rules.temperatures());
    }
}
