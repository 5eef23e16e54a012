package dev.parallax.train;

import dev.parallax.BadInputException;
import dev.parallax.audio.features.FeatureCache;
import dev.parallax.backend.Backend;
import dev.parallax.corpus.recordings.Preparation.Prepared;
import dev.parallax.data.Utterance;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.UtteranceModelSpec;
import dev.parallax.model.domain.Doubts;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// How a model of dialogues gets vectors where a corpus has recordings and sentences. A model of single utterances
/// is trained on the training part, its epoch chosen by the validation part. The pooled output of its encoders is
/// an utterance's vector. It never reads the test part.
///
/// Its vectors of utterances that it was trained on are better than those of others. So a model of dialogues is
/// trained on vectors that are somewhat too good. That is usual in the literature, and costs a little on new
/// speakers.
///
/// @param plan     the model of single utterances
/// @param training how it learns
public record FirstStage(UtteranceModelSpec plan, TrainingConfig training) {

    private static final int SHARD = 8;

    public FirstStage {
        if (training.choosesOnTest()) {
            throw new BadInputException(
                    "training: the first stage must not see the test part; leave" + " first.training.chosenOn at val");
        }
    }

    /// Trains it.
    ///
    /// @param dialogues whose training part it is trained on, and whose validation part chooses its epoch
    /// @param out       see [TrainingRun#run]
    EmotionModel train(
            TrainingSetup dialogues,
            FeatureCache cache,
            Backend backend,
            Workers workers,
            @Nullable Path out,
            boolean resume,
            Trainer.Listener listener) {
        List<Utterance> labelled = dialogues.utterances().stream()
                .filter(utterance -> utterance.emotion() != null)
                .toList();
        TrainingSetup setup = new TrainingSetup(
                        dialogues.corpora(),
                        labelled,
                        dialogues.split().withoutTest().within(labelled),
                        plan,
                        training,
                        dialogues.start(),
                        null)
                .withSyntheticSpeech(dialogues.syntheticSpeech());
        TrainingRun.Result result =
                TrainingRun.of(setup, cache, backend, workers).run(out, resume, listener);
        return (EmotionModel) result.model();
    }

    /// Utterances with the vectors that a model's encoders make of them; those that it cannot read are left out.
    ///
    /// @param cache of the model's features
    /// @param notes receives what is left out, one line each
    public static List<Utterance> withVectors(
            EmotionModel model,
            List<Utterance> utterances,
            FeatureCache cache,
            Workers workers,
            Consumer<String> notes) {
        List<Prepared> usable = Evaluation.usable(model, utterances, cache, workers, notes);
        CorpusExamples examples = new CorpusExamples(model, cache, usable, notes);
        Outputs outputs = Outputs.withVectors(model, examples, SHARD, workers);
        List<Utterance> read = examples.utterances();
        return IntStream.range(0, read.size())
                .mapToObj(i -> read.get(i).withVectors(Objects.requireNonNull(outputs.vectors(i))))
                .toList();
    }

    /// The doubts of a model about utterances whose vectors it made, by their ids.
    ///
    /// @param cache of the model's features
    static Map<String, Doubts> doubts(
            EmotionModel model, List<Utterance> utterances, FeatureCache cache, Workers workers) {
        List<Prepared> usable =
                Evaluation.usable(model, utterances, cache, workers, _ -> {}); // told when the vectors were made
        return UtteranceDoubts.of(model, usable, cache, workers);
    }

    /// What a resumed run must have in common with the one that it continues.
    public JsonObject toJson() {
        return Json.object().with("model", plan.toJson()).with("training", training.toJson());
    }
}
