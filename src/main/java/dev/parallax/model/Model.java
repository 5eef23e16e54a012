package dev.parallax.model;

import dev.parallax.backend.Backend;
import dev.parallax.data.Labels;
import dev.parallax.io.JsonObject;
import dev.parallax.io.SafeTensors;
import dev.parallax.model.answer.AnswerRules;
import dev.parallax.model.answer.Temperatures;
import dev.parallax.nn.Parameters;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A recogniser of emotions, of single utterances or of dialogues: what training, scoring and saving need of it.
public sealed interface Model permits DialogueModel, EmotionModel {

    /// Reads a model file of either level onto a backend.
    ///
    /// @throws dev.parallax.BadInputException when the file is not a model
    static Model load(Path file, Backend backend) {
        return ModelFile.of(SafeTensors.read(file), file.toString(), backend);
    }

    /// Writes the model as one file that holds all a prediction needs.
    default void save(Path file) {
        ModelFile.builder(this).write(file);
    }

    /// The classes, in the order of the logits.
    Labels labels();

    /// Whether it listens.
    boolean readsAudio();

    /// Whether it reads.
    boolean readsText();

    /// Whether each perspective was taught by a term of its own, so that it may speak for itself.
    boolean perspectivesTrained();

    /// Whether no answer depends on later utterances.
    boolean causal();

    /// What it knows of other utterances when it answers one, in words.
    String context();

    /// The network, and what it reads.
    NetworkConfig network();

    /// Everything that decides what it answers, beside its weights and its vocabulary.
    JsonObject configuration();

    Backend backend();

    Parameters parameters();

    /// How many numbers it has learned.
    default int size() {
        return parameters().size();
    }

    /// How its logits become answers.
    AnswerRules rules();

    default Temperatures temperatures() {
        return rules().temperatures();
    }

    /// How it came about, or null for a model that was not trained.
    @Nullable
    RunRecord record();

    /// The same weights with a history and other rules.
    Model with(RunRecord changedRecord, AnswerRules changedRules);
}
