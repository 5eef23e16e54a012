package dev.parallax.train;

import dev.parallax.backend.Backend;
import dev.parallax.corpus.split.Part;
import dev.parallax.data.Utterance;
import dev.parallax.data.VectorScaling;
import dev.parallax.data.Vectors;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.model.DialogueModel;
import dev.parallax.model.DialogueModelSpec;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Model;
import dev.parallax.model.NetworkConfig;
import dev.parallax.model.Standardization;
import dev.parallax.model.domain.Doubts;
import dev.parallax.model.domain.TrainingDomain;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Dialogues of utterance vectors.
///
/// @param setup whose split keeps dialogues whole
/// @param plan  the setup's
/// @param first what has made the vectors, or null where they were given
/// @param doubts the doubts of the first stage about utterances, by their ids
record DialogueLevel(
        TrainingSetup setup,
        DialogueModelSpec plan,
        @Nullable EmotionModel first,
        Function<List<Utterance>, Map<String, Doubts>> doubts)
        implements Level {

    /// For vectors that were given, about which nothing is known.
    static DialogueLevel ofVectors(TrainingSetup setup, DialogueModelSpec plan) {
        return new DialogueLevel(setup, plan, null, _ -> Map.of());
    }

    @Override
    public List<Utterance> learned() {
        return setup.split().select(Part.TRAIN, setup.utterances());
    }

    @Override
    public DialogueModel newModel(Backend backend) {
        TrainingConfig training = setup.training();
        return plan.newModel(training.loss().trainsPerspectives(), scaling(), first, backend, training.seed());
    }

    /// The scaling of the vectors over the training part, of those modalities that are read.
    private VectorScaling scaling() {
        NetworkConfig network = plan.network();
        if (network.standardization() == Standardization.NONE) {
            return VectorScaling.NONE;
        }
        List<Vectors> vectors = learned().stream()
                .map(Utterance::vectors)
                .filter(Objects::nonNull)
                .toList();
        return VectorScaling.over(vectors).withModalities(network.audio() != null, network.text() != null);
    }

    @Override
    public Examples examples(Model model, Part part) {
        return new DialogueExamples(
                (DialogueModel) model,
                setup.split().select(part, setup.utterances()),
                setup.training().hiding());
    }

    @Override
    public Examples variedValidation(Model model) {
        return new DialogueExamples((DialogueModel) model, List.of());
    }

    /// Nothing is known about vectors. A first stage that made them has its own domain, since it was trained on the
    /// labelled utterances of the same training part. Its ranges then apply to the answers.
    @Override
    public TrainingDomain domain(Model trained) {
        return TrainingDomain.UNKNOWN;
    }

    @Override
    public Map<String, Doubts> doubts(Model model, Part part) {
        return doubts.apply(setup.split().select(part, setup.utterances()));
    }

    @Override
    public JsonObject identity() {
        return Json.object().with("level", "dialogue");
    }
}
