package dev.parallax.setup;

import dev.parallax.BadInputException;
import dev.parallax.audit.training.TrainingCheck;
import dev.parallax.data.Dialogue;
import dev.parallax.data.Labels;
import dev.parallax.data.Utterance;
import dev.parallax.model.DialogueModel;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Model;
import dev.parallax.nn.Parameters;
import dev.parallax.setup.request.CorpusRequest;
import dev.parallax.setup.request.Level;
import dev.parallax.train.FirstStage;
import dev.parallax.train.FollowedTraining;
import dev.parallax.train.Workers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Checks the first steps of a training that begins at a model, under the settings of its record, on a few
/// utterances or dialogues of a corpus.
public final class GradientAudit {

    /// How many utterances are trained on, and one of each further class; of several corpora each gives the same
    /// number.
    public static final int UTTERANCES = 8;

    /// How many dialogues are.
    public static final int DIALOGUES = 4;

    private GradientAudit() {}

    /// The check on utterances or dialogues that are evenly spread over each corpus.
    ///
    /// @param corpus with labels that the model knows
    /// @return of [TrainingCheck#STEPS] steps, or of as many as the settings have
    /// @throws BadInputException when there is nothing of the kind
    public static TrainingCheck of(Model model, CorpusRequest corpus, Workers workers, Remarks remarks) {
        try (FollowedTraining training = switch (model) {
            case EmotionModel emotions -> utterances(emotions, corpus, workers, remarks);
            case DialogueModel dialogues -> dialogues(dialogues, corpus, workers, remarks);
        }) {
            Parameters parameters = model.parameters();
            long learning = parameters.all().stream()
                    .filter(each -> !parameters.isFixed(each))
                    .count();
            try (Remarks.Progress shown = remarks.progress("gradients", TrainingCheck.STEPS * learning)) {
                return TrainingCheck.of(training, TrainingCheck.STEPS, () -> shown.advance(1));
            }
        }
    }

    private static FollowedTraining utterances(
            EmotionModel model, CorpusRequest corpus, Workers workers, Remarks remarks) {
        CorpusSet opened = CorpusSet.open(corpus, Level.UTTERANCE, remarks);
        Labels labels = model.labels();
        List<Utterance> labelled = opened.utterances().stream()
                .filter(utterance -> utterance.emotion() != null && labels.contains(utterance.emotion()))
                .filter(utterance -> (model.readsAudio() && utterance.audio() != null) || model.reads(utterance.text()))
                .toList();
        if (labelled.isEmpty()) {
            throw new BadInputException("audit: no utterance of the corpus has one of the model's labels " + labels
                    + " and something that it reads; give ‹labels MAP› as in training, or another corpus");
        }
        FeatureStore store = FeatureStore.of(corpus.cache(), opened.embedded(), remarks);
        return FollowedTraining.of(model, chosen(labelled, labels), store.cache(model.kind()), workers, remarks::warn);
    }

    /// Of each corpus as many, at even distances, and one of each class that is not among these: a class that a
    /// perspective never sees could not be trained.
    private static List<Utterance> chosen(List<Utterance> labelled, Labels labels) {
        Map<String, List<Utterance>> corpora = labelled.stream()
                .collect(Collectors.groupingBy(
                        utterance -> utterance.origin().corpusOrNothing(), LinkedHashMap::new, Collectors.toList()));
        int each = Math.max(1, UTTERANCES / corpora.size());
        List<Utterance> chosen = new ArrayList<>();
        for (List<Utterance> corpus : corpora.values()) {
            List<Utterance> some = spread(corpus, each).toList();
            chosen.addAll(some);
            for (String label : labels.names()) {
                Predicate<Utterance> isOfIt = utterance -> label.equals(utterance.emotion());
                if (some.stream().noneMatch(isOfIt)) {
                    corpus.stream().filter(isOfIt).findFirst().ifPresent(chosen::add);
                }
            }
        }
        return chosen;
    }

    /// Some of several, at even distances.
    private static <T> Stream<T> spread(List<T> all, int most) {
        int n = Math.min(most, all.size());
        return IntStream.range(0, n).mapToObj(i -> all.get((int) ((long) i * all.size() / n)));
    }

    private static FollowedTraining dialogues(
            DialogueModel model, CorpusRequest corpus, Workers workers, Remarks remarks) {
        CorpusSet opened = CorpusSet.open(corpus, Level.DIALOGUE, remarks);
        Labels labels = model.labels();
        List<Utterance> known = opened.utterances().stream()
                .map(utterance -> utterance.emotion() == null || labels.contains(utterance.emotion())
                        ? utterance
                        : utterance.withEmotion(null)) // stays for its neighbours
                .toList();
        List<Dialogue> labelled = Dialogue.of(known).stream()
                .filter(dialogue -> dialogue.utterances().stream().anyMatch(utterance -> utterance.emotion() != null))
                .toList();
        if (labelled.isEmpty()) {
            throw new BadInputException("audit: no dialogue of the corpus has one of the model's labels " + labels
                    + "; give ‹labels MAP› as in training, or another corpus");
        }
        List<Utterance> chosen = spread(labelled, DIALOGUES)
                .flatMap(dialogue -> dialogue.utterances().stream())
                .toList();
        return FollowedTraining.ofDialogues(model, vectors(model, chosen, opened, corpus, workers, remarks), workers);
    }

    /// Utterances with their vectors: given, or of the model's first stage, which stays as it is.
    private static List<Utterance> vectors(
            DialogueModel model,
            List<Utterance> chosen,
            CorpusSet opened,
            CorpusRequest corpus,
            Workers workers,
            Remarks remarks) {
        if (chosen.getFirst().vectors() != null) {
            return chosen;
        }
        EmotionModel first = model.first();
        if (first == null) {
            throw new BadInputException("audit: this model of dialogues reads vectors that another model made, and the"
                    + " corpus has recordings or sentences; give the features:DIR that it was trained on");
        }
        FeatureStore store = FeatureStore.of(corpus.cache(), opened.embedded(), remarks);
        return FirstStage.withVectors(first, chosen, store.cache(first.kind()), workers, remarks::warn);
    }
}
