package dev.parallax.train;

import dev.parallax.BadInputException;
import dev.parallax.audio.features.FeatureCache;
import dev.parallax.corpus.recordings.Preparation;
import dev.parallax.corpus.recordings.Preparation.Prepared;
import dev.parallax.data.Labels;
import dev.parallax.data.Utterance;
import dev.parallax.fusion.Perspectives;
import dev.parallax.fusion.View;
import dev.parallax.model.Decision;
import dev.parallax.model.DialogueModel;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Model;
import dev.parallax.model.answer.Answer;
import dev.parallax.model.domain.Doubts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The answers of a model to utterances, and their scores, from each perspective. All are those of
/// [EmotionModel#predict]: an answer with doubts about its input is not sure, and less confident than all without.
///
/// @param rows   one per utterance, in their order
/// @param scores of each view that some utterance has
public record Evaluation(List<Row> rows, Map<View, Scores> scores) {

    private static final int SHARD = 8;

    /// One utterance.
    ///
    /// @param truth its class, -1 where it is not known
    public record Row(String id, int truth, Decision decision) {

        /// The class that is decided on.
        public String label() {
            return decision.answer().label();
        }

        /// Whether the decision is the true class.
        ///
        /// @param labels of the model
        public boolean isRight(Labels labels) {
            return truth >= 0 && label().equals(labels.name(truth));
        }
    }

    public Evaluation {
        rows = List.copyOf(rows);
        scores = Collections.unmodifiableMap(scores);
    }

    /// Scores a model, with its temperatures. Where it can use none of the utterances, there are no rows.
    ///
    /// @param cache of the model's features
    /// @param notes receives recordings that cannot be used, one line each
    public static Evaluation of(
            EmotionModel model,
            List<Utterance> utterances,
            FeatureCache cache,
            Workers workers,
            Consumer<String> notes) {
        List<Prepared> usable = usable(model, utterances, cache, workers, notes);
        CorpusExamples examples = new CorpusExamples(model, cache, usable, notes);
        return of(
                model,
                examples.ids(),
                Outputs.of(model, examples, SHARD, workers),
                UtteranceDoubts.of(model, usable, cache, workers));
    }

    /// Scores a model of dialogues on vectors that were given: about these there are no doubts.
    ///
    /// @param utterances whole dialogues, each utterance with its vectors
    public static Evaluation of(DialogueModel model, List<Utterance> utterances, Workers workers) {
        return of(model, utterances, Map.of(), workers);
    }

    /// Scores a model of dialogues of recordings and sentences.
    ///
    /// @param first      the model's first stage
    /// @param utterances whole dialogues
    /// @param cache      of the first stage's features
    /// @param notes      receives recordings that cannot be used, one line each
    public static Evaluation of(
            DialogueModel model,
            EmotionModel first,
            List<Utterance> utterances,
            FeatureCache cache,
            Workers workers,
            Consumer<String> notes) {
        List<Utterance> read = FirstStage.withVectors(first, utterances, cache, workers, notes);
        return of(model, read, FirstStage.doubts(first, read, cache, workers), workers);
    }

    private static Evaluation of(
            DialogueModel model, List<Utterance> utterances, Map<String, Doubts> doubts, Workers workers) {
        DialogueExamples examples = new DialogueExamples(model, utterances);
        return of(model, examples.ids(), Outputs.of(model, examples, SHARD, workers), doubts);
    }

    /// Scores the answers of a model.
    ///
    /// @param ids    of the utterances, as many as there are outputs
    /// @param doubts by id; an utterance without an entry has no doubts
    static Evaluation of(Model model, List<String> ids, Outputs outputs, Map<String, Doubts> doubts) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            int utterance = i;
            Perspectives<double @Nullable []> logits =
                    Perspectives.<double @Nullable []>of(view -> outputs.logits(view, utterance));
            Decision decision = Decision.of(model, logits, doubts.getOrDefault(ids.get(i), Doubts.NONE));
            rows.add(new Row(ids.get(i), outputs.label(i), decision));
        }
        return new Evaluation(rows, scores(rows, model.labels()));
    }

    private static Map<View, Scores> scores(List<Row> rows, Labels labels) {
        List<Row> labelled = rows.stream().filter(row -> row.truth >= 0).toList();
        Map<View, Scores> all = new EnumMap<>(View.class);
        for (View view : View.values()) {
            List<Answer> answers = new ArrayList<>();
            IntStream.Builder truth = IntStream.builder();
            for (Row row : labelled) {
                Answer answer = row.decision.answer(view);
                if (answer != null) {
                    answers.add(answer);
                    truth.add(row.truth);
                }
            }
            if (!answers.isEmpty()) {
                all.put(view, Scores.of(answers, truth.build().toArray(), labels));
            }
        }
        return all;
    }

    /// Utterances for which one perspective decides alone, since the other is unlike the training data.
    public int decidedAlone() {
        return (int) rows.stream().filter(row -> row.decision.isAlone()).count();
    }

    /// Those among them where it differs from the fused answer.
    public int changedByDoubts() {
        return (int) rows.stream()
                .map(Row::decision)
                .filter(decision -> !decision.answer()
                        .label()
                        .equals(decision.withoutDoubts().label()))
                .count();
    }

    /// The model's answer to each usable utterance, in their order.
    ///
    /// @throws BadInputException when there is none
    public static Outputs outputs(
            EmotionModel model,
            List<Utterance> utterances,
            FeatureCache cache,
            Workers workers,
            Consumer<String> notes) {
        List<Prepared> usable = usable(model, utterances, cache, workers, notes);
        Examples examples = new CorpusExamples(model, cache, usable, notes);
        if (examples.size() == 0) {
            throw new BadInputException("evaluation: no utterance is left to score");
        }
        return Outputs.of(model, examples, SHARD, workers);
    }

    /// Those that a model can use, see below.
    static List<Prepared> usable(
            EmotionModel model,
            List<Utterance> utterances,
            FeatureCache cache,
            Workers workers,
            Consumer<String> notes) {
        double window = model.config().windowSeconds();
        return usable(model.readsAudio(), model.readsText(), window, utterances, cache, workers, notes);
    }

    /// The utterances that a model can use, prepared; what cannot be read or has none of the modalities is left
    /// out, with a note.
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
