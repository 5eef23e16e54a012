package dev.parallax.train;

import dev.parallax.BadInputException;
import dev.parallax.corpus.FeatureCache;
import dev.parallax.corpus.Preparation;
import dev.parallax.corpus.Preparation.Prepared;
import dev.parallax.data.Utterance;
import dev.parallax.model.DialogueModel;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Model;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Scores a model on utterances, from each perspective.
public final class Evaluation {

    private static final int SHARD = 8;

    private Evaluation() {}

    /// The scores of each view that some utterance has, with the model's temperatures.
    ///
    /// @param cache of the model's features
    /// @param notes told of recordings that cannot be used, a line each
    public static Map<Outputs.View, Scores> of(
            EmotionModel model,
            List<Utterance> utterances,
            FeatureCache cache,
            Workers workers,
            Consumer<String> notes) {
        return scores(model, outputs(model, utterances, cache, workers, notes));
    }

    /// The same of a model of dialogues.
    ///
    /// @param utterances whole dialogues, each utterance with its vectors ([FirstStage#withVectors])
    public static Map<Outputs.View, Scores> of(DialogueModel model, List<Utterance> utterances, Workers workers) {
        return scores(model, outputs(model, new DialogueExamples(model, utterances), workers));
    }

    /// What the model says of each usable utterance, in their order.
    public static Outputs outputs(
            EmotionModel model,
            List<Utterance> utterances,
            FeatureCache cache,
            Workers workers,
            Consumer<String> notes) {
        double window = model.config().windowSeconds();
        List<Prepared> usable =
                usable(model.readsAudio(), model.readsText(), window, utterances, cache, workers, notes);
        return outputs(model, new CorpusExamples(model, cache, usable, notes), workers);
    }

    private static Outputs outputs(Model model, Examples examples, Workers workers) {
        if (examples.size() == 0) {
            throw new BadInputException("evaluation: no utterance is left to score");
        }
        return Outputs.of(model, examples, SHARD, workers);
    }

    /// The scores of outputs.
    static Map<Outputs.View, Scores> scores(Model model, Outputs outputs) {
        Map<Outputs.View, Scores> all = new EnumMap<>(Outputs.View.class);
        for (Outputs.View view : Outputs.View.values()) {
            Scores scores = Scores.of(outputs, view, temperature(model, outputs, view));
            if (scores != null) {
                all.put(view, scores);
            }
        }
        return all;
    }

    private static double temperature(Model model, Outputs outputs, Outputs.View view) {
        return switch (view) {
            case FUSED -> model.temperatures().fused();
            case AUDIO -> model.temperatures().audio();
            case TEXT -> model.temperatures().text();
            case DECISION -> {
                boolean fused = outputs.members(Outputs.View.FUSED).length > 0;
                boolean audio = outputs.members(Outputs.View.AUDIO).length > 0;
                yield fused
                        ? model.temperatures().fused()
                        : audio
                                ? model.temperatures().audio()
                                : model.temperatures().text();
            }
        };
    }

    /// The utterances that a model can use, prepared; what cannot be read and what has none of the modalities is left
    /// out, and said.
    static List<Prepared> usable(
            boolean audio,
            boolean text,
            double windowSeconds,
            List<Utterance> utterances,
            FeatureCache cache,
            Workers workers,
            Consumer<String> notes) {
        List<Utterance> fitting = utterances.stream()
                .filter(utterance -> (audio && utterance.audio() != null) || (text && utterance.text() != null))
                .toList();
        if (fitting.size() < utterances.size()) {
            notes.accept((utterances.size() - fitting.size()) + " of " + utterances.size()
                    + " utterances have none of the modalities that the model reads; they are left out");
        }
        if (!audio) {
            return fitting.stream()
                    .map(utterance -> new Prepared(utterance, List.of(), null))
                    .toList();
        }
        Preparation prepared = Preparation.of(fitting, cache, windowSeconds, workers.threads(), (done, total) -> {});
        prepared.failures().forEach(failure -> notes.accept("left out: " + failure.message()));
        return prepared.usable();
    }
}
