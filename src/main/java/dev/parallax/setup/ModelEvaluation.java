package dev.parallax.setup;

import dev.parallax.BadInputException;
import dev.parallax.audio.features.FeatureCache;
import dev.parallax.audio.source.FileAudio;
import dev.parallax.audio.source.SoundFacts;
import dev.parallax.backend.Backend;
import dev.parallax.backend.select.Backends;
import dev.parallax.corpus.recordings.SoundCopies;
import dev.parallax.corpus.split.Part;
import dev.parallax.corpus.split.Split;
import dev.parallax.corpus.verify.RecordingReview;
import dev.parallax.data.Labels;
import dev.parallax.data.Utterance;
import dev.parallax.eval.GroupComparison;
import dev.parallax.io.Count;
import dev.parallax.model.DialogueModel;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Model;
import dev.parallax.model.RunRecord;
import dev.parallax.robustness.Condition;
import dev.parallax.robustness.Conditions;
import dev.parallax.robustness.Robustness;
import dev.parallax.setup.request.EvaluationRequest;
import dev.parallax.setup.request.Level;
import dev.parallax.train.Decisions;
import dev.parallax.train.Evaluation;
import dev.parallax.train.LearnedData;
import dev.parallax.train.Workers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Scores a model on utterances that it was not trained on.
public final class ModelEvaluation {

    private final EvaluationRequest request;
    private final ModelPath file;
    private final Model model;
    private final CorpusSet corpora;
    private final FeatureStore store;
    private final @Nullable LearnedData learned;
    private final Workers workers;
    private final Remarks remarks;

    private ModelEvaluation(
            EvaluationRequest request,
            ModelPath file,
            Model model,
            FeatureStore store,
            Workers workers,
            Remarks remarks) {
        this.request = request;
        this.file = file;
        this.model = model;
        this.workers = workers;
        this.remarks = remarks;
        RunRecord record = model.record();
        this.learned = record == null ? null : LearnedData.of(record);
        CorpusSet opened = CorpusSet.open(
                request.corpus(),
                model instanceof DialogueModel ? Level.DIALOGUE : Level.UTTERANCE,
                request.groups(),
                remarks);
        boolean compared = learned != null && learned.heard();
        this.corpora = model.readsAudio() || compared ? opened : opened.withoutAudio();
        this.store = store;
    }

    /// Scores on all processors, with the fastest backend of this machine, and reports nothing.
    ///
    /// @throws BadInputException when the request cannot be carried out
    public static EvaluationOutcome run(EvaluationRequest request) {
        try (Workers workers = new Workers(Runtime.getRuntime().availableProcessors())) {
            return run(request, Backends.fastest(), workers, Remarks.NONE);
        }
    }

    /// Scores the model.
    ///
    /// @param remarks receives what is done
    /// @throws BadInputException when the request cannot be carried out, or when the model was trained on what is
    ///                           to be scored, and the request does not allow that
    public static EvaluationOutcome run(EvaluationRequest request, Backend backend, Workers workers, Remarks remarks) {
        ModelPath file = ModelPath.of(request.model());
        boolean embedded = request.corpus().places().stream().allMatch(place -> place.startsWith("synthetic:"));
        FeatureStore store = FeatureStore.of(request.corpus().cache(), embedded, remarks);
        FeatureStore texts = request.robustness() ? FeatureStore.inMemory(remarks) : store; // none keeps wrong words
        Model model = file.load(backend, request.encoders(), texts.texts(), remarks);
        return new ModelEvaluation(request, file, model, store, workers, remarks).run();
    }

    private EvaluationOutcome run() {
        requireKnown(corpora.labels(), model.labels());
        List<Utterance> asked = chosen();
        ColumnGroups columns = new ColumnGroups(corpora, asked, request.groups());
        requireHeardOrRead(asked);
        List<@Nullable SoundFacts> facts = store.sounds().all(corpora.utterances(), workers.threads(), (_, _) -> {});
        SoundCopies copies = copies(asked, facts);
        List<Utterance> labelled = corpora.withoutTwoLabels(asked, copies, remarks);
        List<Utterance> chosen = readable(labelled);
        List<Utterance> here = heard(facts);
        int seen = seen(chosen, here, copies);
        List<Utterance> tested = learned == null ? List.of() : learned.own().tested(chosen);
        Evaluation evaluation = evaluation(chosen, store, remarks::warn);
        Decisions decisions = decisions(evaluation);
        if (decisions.size() == 0) {
            throw new BadInputException("evaluate: no utterance is left to score");
        }
        List<String> groupNotes = new ArrayList<>();
        List<GroupComparison> groups = columns.compare(decisions, groupNotes);
        List<String> known = learned == null ? List.of() : learned.knownSpeakers(chosen);
        int unheard = learned == null
                        || !model.readsAudio()
                        || chosen.stream().allMatch(utterance -> utterance.audio() == null)
                ? 0
                : learned.unheard(here);
        return new EvaluationOutcome(
                file.name(),
                model,
                corpora,
                evaluation,
                seen,
                tested.size(),
                testedSeen(tested, here, copies),
                known,
                unheard,
                (request.part() == null ? corpora.excluded() : ExcludedUtterances.of(asked.size()))
                        .with(UsableUtterances.TWO_LABELS, asked.size() - labelled.size())
                        .with(
                                UsableUtterances.UNREAD,
                                UsableUtterances.labelled(labelled) - UsableUtterances.labelled(chosen)),
                unread(labelled, chosen),
                groups,
                groupNotes,
                request.robustness() ? robustness(chosen, decisions) : null);
    }

    private void requireHeardOrRead(List<Utterance> asked) {
        if (request.robustness() && asked.stream().anyMatch(utterance -> utterance.vectors() != null)) {
            throw new BadInputException("‹robustness›: the utterances are known by their vectors alone, which cannot be"
                    + " heard under other conditions; give their recordings or sentences");
        }
    }

    private Decisions decisions(Evaluation evaluation) {
        return Decisions.of(evaluation, Study.clusters(corpora.utterances()), model.labels());
    }

    /// Scores under other conditions. What is heard then is kept in memory alone, until it is scored.
    private Robustness robustness(List<Utterance> chosen, Decisions clean) {
        List<Condition> conditions = Conditions.all(chosen);
        Robustness.Subject subject = new Robustness.Subject(
                chosen,
                clean,
                model.readsAudio(),
                model.readsText(),
                corpora.textIsFixed(),
                model instanceof DialogueModel);
        try (Remarks.Progress progress = remarks.progress("conditions", conditions.size())) {
            return Robustness.of(
                    subject,
                    conditions,
                    changed -> decisions(evaluation(changed, FeatureStore.inMemory(Remarks.NONE), _ -> {})),
                    () -> progress.advance(1));
        }
    }

    private static List<String> unread(List<Utterance> all, List<Utterance> read) {
        Set<Utterance> those = Set.copyOf(read);
        return all.stream()
                .filter(utterance -> !those.contains(utterance))
                .map(Utterance::id)
                .toList();
    }

    /// Some utterances without those whose recordings cannot be read, where the model or its first stage hears them.
    private List<Utterance> readable(List<Utterance> some) {
        EmotionModel reader = switch (model) {
            case EmotionModel emotions -> emotions;
            case DialogueModel dialogues -> dialogues.first();
        };
        return reader != null && reader.readsAudio()
                ? store.usable(some, store.cache(reader.kind()), workers.threads())
                : some;
    }

    /// The corpora's utterances without recordings that cannot be read.
    private List<Utterance> heard(List<@Nullable SoundFacts> facts) {
        List<Utterance> heard = new ArrayList<>();
        for (int i = 0; i < facts.size(); i++) {
            Utterance utterance = corpora.utterances().get(i);
            if (facts.get(i) != null || !(utterance.audio() instanceof FileAudio)) {
                heard.add(utterance);
            }
        }
        return heard;
    }

    /// How many utterances of the model's own test part are not new to the models that it started from. Of the whole
    /// part the record knows it too, also where the recordings that those learned from are not here.
    private int testedSeen(List<Utterance> tested, List<Utterance> here, SoundCopies copies) {
        RunRecord record = model.record();
        if (learned == null || record == null || tested.isEmpty()) {
            return 0;
        }
        int found = learned.seenBefore(tested, here, copies).utterances().size();
        boolean whole = tested.size() == learned.own().test().size();
        return whole ? Math.max(found, record.testSeen()) : found;
    }

    private static void requireKnown(Labels those, Labels labels) {
        for (String label : those.names()) {
            if (!labels.contains(label)) {
                throw new BadInputException("evaluate: the corpus has the emotion \"" + label + "\", the model knows "
                        + labels + "; give ‹labels MAP› as in training");
            }
        }
    }

    /// The requested part.
    private List<Utterance> chosen() {
        if (request.part() == null) {
            return corpora.utterances();
        }
        if (learned == null) {
            throw new BadInputException("evaluate: " + file.name() + " carries no split; score all with ‹split all›");
        }
        requireOwnCorpus(learned.own(), request.part());
        List<Utterance> chosen = learned.own().select(request.part(), corpora.utterances());
        if (chosen.isEmpty()) {
            throw new BadInputException(
                    "evaluate: the " + request.partName() + " part of the model's split is empty; choose another");
        }
        return chosen;
    }

    /// Refuses corpora that lack utterances of a part of the model's split.
    private void requireOwnCorpus(Split own, Part part) {
        Set<String> ids = corpora.utterances().stream().map(Utterance::id).collect(Collectors.toSet());
        List<String> wanted = own.members(part).stream().map(Split.Member::id).toList();
        List<String> lost = wanted.stream().filter(id -> !ids.contains(id)).toList();
        if (lost.isEmpty()) {
            return;
        }
        Set<String> unnumbered = ids.stream().map(ModelEvaluation::unnumbered).collect(Collectors.toSet());
        if (corpora.names().size() > 1 && lost.stream().allMatch(id -> unnumbered.contains(unnumbered(id)))) {
            String order = wanted.stream()
                    .map(id -> id.substring(0, id.indexOf('/')))
                    .distinct()
                    .sorted(Comparator.comparingInt(ModelEvaluation::number))
                    .collect(Collectors.joining(", "));
            throw new BadInputException(
                    "evaluate: the model was trained on these corpora in another order, by which its utterances are named: "
                            + order + "; give them in that order");
        }
        if (lost.size() < wanted.size()) {
            throw new BadInputException("evaluate: " + lost.size() + " of the "
                    + Count.of(wanted.size(), part.word() + " utterance") + " of the model "
                    + (lost.size() == 1 ? "is" : "are") + " not in the corpus (the first is " + lost.getFirst()
                    + "); give the corpora that it was trained on, or ‹split all› to score a new corpus as a whole");
        }
        boolean several = corpora.names().size() > 1;
        boolean oneOfThem =
                several && wanted.stream().anyMatch(id -> ids.stream().anyMatch(here -> here.endsWith("/" + id)));
        throw new BadInputException(
                "evaluate: none of the " + wanted.size() + " " + part.word()
                        + " utterances of the model is in "
                        + (several ? "these corpora" : "this corpus")
                        + (oneOfThem
                                ? " by its name, since of several corpora names have the corpus before them and the model was"
                                        + " trained on one; give that one for ‹split " + part.word()
                                        + "›, and the others by"
                                        + " themselves with ‹split all›"
                                : "; give the corpora that it was trained on, or ‹split all› to score a new corpus as a whole"));
    }

    /// The name of an utterance without the number of its corpus, which has one where there are several:
    /// `emodb1/03a01Fa` becomes `emodb/03a01Fa`.
    private static String unnumbered(String id) {
        return id.replaceFirst("^([^/]*?)\\d+/", "$1/");
    }

    private static int number(String corpus) {
        return Integer.parseInt(corpus.replaceFirst("^.*?(\\d+)$", "$1"));
    }

    /// Which utterances of the corpora have the same sound; reports the faults in the recordings of those chosen,
    /// where the model hears them.
    private SoundCopies copies(List<Utterance> chosen, List<@Nullable SoundFacts> facts) {
        SoundCopies copies = SoundCopies.of(corpora.utterances(), facts, workers.threads());
        Set<Utterance> those = Set.copyOf(chosen);
        List<@Nullable SoundFacts> theirs = new ArrayList<>();
        List<Utterance> inOrder = new ArrayList<>();
        for (int i = 0; i < facts.size(); i++) {
            if (those.contains(corpora.utterances().get(i))) {
                inOrder.add(corpora.utterances().get(i));
                theirs.add(facts.get(i));
            }
        }
        if (model.readsAudio()) {
            new RecordingReview(inOrder, theirs, copies.within(inOrder), corpora.published())
                    .faults()
                    .forEach(remarks::warn);
        }
        return copies;
    }

    /// How many utterances the model was trained on or chosen by, or one that it started from (see
    /// [LearnedData]), or copies of them.
    private int seen(List<Utterance> chosen, List<Utterance> here, SoundCopies copies) {
        Split.Seen seen = learned == null ? new Split.Seen(List.of(), 0) : learned.seen(chosen, here, copies);
        if (seen.alike() > 0) {
            remarks.warn(seen.alike() + " of these " + Count.of(chosen.size(), "utterance")
                    + (seen.alike() == 1 ? " says" : " say")
                    + " word for word what others say in the training or validation part");
        }
        if (learned != null && !seen.utterances().isEmpty() && !request.allowSeen()) {
            throw new BadInputException("evaluate: the model"
                    + (learned.earlier().isEmpty() ? "" : ", or one that it started from,")
                    + " was trained on or chosen by "
                    + seen.utterances().size() + " of these " + Count.of(chosen.size(), "utterance") + " (the first is "
                    + seen.utterances().getFirst().id()
                    + "), so this would be no test; use "
                    + (request.part() == Part.TEST ? "" : "‹split test›, or ")
                    + "‹allow-seen›, which labels the result");
        }
        return seen.utterances().size();
    }

    private Evaluation evaluation(List<Utterance> chosen, FeatureStore features, Consumer<String> notes) {
        return switch (model) {
            case DialogueModel dialogues -> evaluation(dialogues, chosen, features, notes);
            case EmotionModel emotions -> evaluation(emotions, chosen, features, notes);
        };
    }

    private Evaluation evaluation(
            EmotionModel emotions, List<Utterance> chosen, FeatureStore features, Consumer<String> notes) {
        FeatureCache cache = features.cache(emotions.kind());
        return Evaluation.of(emotions, chosen, cache, workers, notes);
    }

    private Evaluation evaluation(
            DialogueModel dialogues, List<Utterance> chosen, FeatureStore features, Consumer<String> notes) {
        EmotionModel first = dialogues.first();
        boolean given = chosen.getFirst().vectors() != null;
        if (!given && first == null) {
            throw new BadInputException("evaluate: this model of dialogues reads vectors that another model made, and"
                    + " the corpus has recordings or sentences; give the features:DIR that it was trained on");
        }
        if (given || first == null) {
            return Evaluation.of(dialogues, chosen, workers);
        }
        FeatureCache cache = features.cache(first.kind());
        return Evaluation.of(dialogues, first, chosen, cache, workers, notes);
    }
}
