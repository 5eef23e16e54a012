package dev.parallax.cli.train;

import dev.parallax.BadInputException;
import dev.parallax.audio.features.FeatureCache;
import dev.parallax.audio.source.SoundFacts;
import dev.parallax.cli.command.Arguments;
import dev.parallax.cli.command.Command;
import dev.parallax.cli.command.Computing;
import dev.parallax.cli.command.Console;
import dev.parallax.cli.command.ModelPath;
import dev.parallax.cli.command.Syntax;
import dev.parallax.cli.setup.CorpusSet;
import dev.parallax.cli.setup.FeatureStore;
import dev.parallax.cli.setup.TrainPlan;
import dev.parallax.corpus.Corpora;
import dev.parallax.corpus.recordings.SoundCache;
import dev.parallax.corpus.recordings.SoundCopies;
import dev.parallax.corpus.split.Part;
import dev.parallax.corpus.split.Split;
import dev.parallax.corpus.verify.RecordingReview;
import dev.parallax.data.Labels;
import dev.parallax.data.Utterance;
import dev.parallax.fusion.View;
import dev.parallax.io.FolderLock;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.model.DialogueModel;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Model;
import dev.parallax.model.RunRecord;
import dev.parallax.report.EvaluationReport;
import dev.parallax.report.page.Fact;
import dev.parallax.train.Evaluation;
import dev.parallax.train.Scores;
import dev.parallax.train.Workers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `evaluate`: the scores of a model on a part of a corpus. The parts are those that the model carries; they are
/// never drawn again.
public final class EvaluateCommand implements Command {

    private static final String ALL = "all";

    @Override
    public Syntax syntax() {
        return new Syntax(
                        "evaluate",
                        "[--model FILE_OR_DIR] --corpus KIND:PATH [--split test] [OPTIONS]",
                        "the scores of a model on utterances it was not trained on")
                .option(
                        "model",
                        "FILE_OR_DIR",
                        "a model file, or the folder of a training run (default: starter, the one that comes along)")
                .option(
                        "corpus",
                        "KIND:PATH",
                        "what to score on: " + String.join(", ", Corpora.KINDS) + "; again for more, as in training")
                .option("labels", "MAP", "merges and drops emotions, or names a class set, as in training")
                .option(
                        "split",
                        "PART",
                        "test, val, train, by the split that the model carries, or all (default: test)")
                .option("out", "DIR", "gets report.html and the numbers of its figures; new or empty")
                .flag("allow-seen", "score also what the model was trained on or chosen by; the result says so")
                .made()
                .cached()
                .computing()
                .common();
    }

    @Override
    public int run(Arguments arguments, Console console) {
        ModelPath file = ModelPath.of(arguments);
        String part = arguments.text("split", Part.TEST.word());
        List<String> parts = new ArrayList<>(Part.WORDS);
        parts.add(ALL);
        TrainPlan.oneOf("--split", part, parts);
        @Nullable Path out = arguments.path("out");
        if (out != null && !FolderLock.isEmpty(out)) {
            throw new BadInputException(
                    "evaluate: --out " + out + " holds something already; give a new folder for the page");
        }
        Model model = file.load(Computing.backend(arguments, console), console);
        String level = model instanceof DialogueModel ? TrainPlan.DIALOGUE : TrainPlan.UTTERANCE;
        CorpusSet corpora = CorpusSet.open(arguments, level, console);
        checkLabels(corpora, model.labels());
        @Nullable Split split = splitOf(model);
        List<Utterance> chosen = choose(part, split, corpora.utterances(), file.name());
        SoundCopies copies = copies(corpora, chosen, arguments, console);
        int seen = checkSeen(split, chosen, corpora.utterances(), copies, arguments.has("allow-seen"), console);
        Evaluation evaluation = switch (model) {
            case DialogueModel dialogues -> score(dialogues, chosen, corpora.embedded(), arguments, console);
            case EmotionModel emotions -> score(emotions, chosen, corpora.embedded(), arguments, console);
        };
        Map<View, Scores> scores = evaluation.scores();
        Scores decision = Objects.requireNonNull(scores.get(View.DECISION));
        int scored = decision.metrics().confusion().total();
        List<String> known = split == null ? List.of() : split.knownSpeakers(chosen);
        int unheard = split == null || chosen.stream().allMatch(utterance -> utterance.audio() == null)
                ? 0
                : split.unheard(corpora.utterances());
        List<String> notes = notes(model, seen, scored, known, unheard);
        print(model, evaluation, notes, console);
        JsonObject result = Json.object()
                .with("model", file.name())
                .with("split", part)
                .with("utterances", scored)
                .with("seenInTraining", seen)
                .with("speakersInTraining", known)
                .with("originalsNotHere", unheard)
                .with("labels", model.labels().names())
                .with("causal", model.causal())
                .with("context", model.context())
                .with("dishonesty", dishonesty(model))
                .with("decidedAlone", evaluation.decidedAlone())
                .with("changedByDoubts", evaluation.changedByDoubts())
                .with("scores", ScoreTable.json(scores, model));
        if (out != null) {
            String corpus = String.join(", ", arguments.texts("corpus")) + ", " + part + ": " + scored + " utterances";
            Path page = new EvaluationReport(
                            arguments.typed(),
                            corpus,
                            List.of(
                                    new Fact("model", file.name()),
                                    new Fact("what it sees", model.context()),
                                    new Fact("backend", model.backend().description())),
                            corpora.embedded(),
                            model.labels(),
                            ReportFacts.scores(scores, model),
                            answers(evaluation, model.labels()),
                            notes)
                    .write(out);
            console.print("report: " + page);
            result = result.with("report", page.toString());
        }
        console.result(result);
        return DONE;
    }

    /// As the page keeps them.
    private static List<List<String>> answers(Evaluation evaluation, Labels labels) {
        return evaluation.rows().stream()
                .map(row -> List.of(
                        row.id(),
                        row.truth() < 0 ? "" : labels.name(row.truth()),
                        row.decision().answer().label(),
                        row.decision().decidedBy(),
                        Double.toString(row.decision().answer().probability()),
                        Boolean.toString(row.decision().answer().sure()),
                        Boolean.toString(row.decision().answer().doubtful())))
                .toList();
    }

    /// What makes the scores too good, a line each.
    private static List<String> notes(Model model, int seen, int size, List<String> speakers, int unheard) {
        List<String> notes = new ArrayList<>(dishonesty(model));
        if (seen > 0) {
            notes.add("NOT A TEST: " + seen + " of " + size + " utterances were trained on or chosen by");
        }
        if (!speakers.isEmpty()) {
            notes.add("NOT SPEAKER-INDEPENDENT: the model was trained on or chosen by speakers of these names: "
                    + String.join(", ", speakers));
        }
        if (unheard > 0) {
            notes.add("copies of training recordings are found by their exact samples alone, for " + unheard
                    + " of the originals are not in this corpus: one at another rate or level, or that was MP3, would"
                    + " count as new");
        }
        return notes;
    }

    private static Evaluation score(
            EmotionModel model, List<Utterance> chosen, boolean embedded, Arguments arguments, Console console) {
        FeatureCache cache = FeatureStore.cache(arguments, model.config().features(), embedded, console);
        List<Utterance> usable =
                model.readsAudio() ? FeatureStore.usable(chosen, cache, Computing.threads(arguments), console) : chosen;
        try (Workers workers = Computing.workers(arguments)) {
            return Evaluation.of(model, usable, cache, workers, console::warn);
        }
    }

    private static Evaluation score(
            DialogueModel model, List<Utterance> chosen, boolean embedded, Arguments arguments, Console console) {
        EmotionModel first = model.first();
        boolean given = chosen.getFirst().vectors() != null;
        if (!given && first == null) {
            throw new BadInputException("evaluate: this model of dialogues reads vectors that another model made, and"
                    + " the corpus has recordings or sentences; give the features:DIR that it was trained on");
        }
        try (Workers workers = Computing.workers(arguments)) {
            if (given || first == null) {
                return Evaluation.of(model, chosen, workers);
            }
            FeatureCache cache = FeatureStore.cache(arguments, first.config().features(), embedded, console);
            return Evaluation.of(model, first, chosen, cache, workers, console::warn);
        }
    }

    private static void print(Model model, Evaluation evaluation, List<String> notes, Console console) {
        Map<View, Scores> scores = evaluation.scores();
        notes.forEach(console::print);
        console.print("it answers " + model.context());
        console.print(ScoreTable.lines(scores, model));
        if (evaluation.decidedAlone() > 0) {
            console.print("of " + evaluation.decidedAlone()
                    + " utterances one perspective decides alone, since the other"
                    + " is unlike what the model knows; this changed " + evaluation.changedByDoubts() + " decisions");
        }
        for (View view : View.values()) {
            Scores score = scores.get(view);
            if (score != null && ScoreTable.isTaught(model, view) && !isRepeated(view, scores)) {
                console.print("");
                console.print(view.word() + ":");
                console.print(ScoreTable.perClass(score, model.labels()));
            }
        }
    }

    private static List<String> dishonesty(Model model) {
        RunRecord record = model.record();
        return record == null ? List.of() : record.dishonesty();
    }

    /// Whether the decision is what another view says already: no utterance lacks anything.
    private static boolean isRepeated(View view, Map<View, Scores> scores) {
        Scores decision = scores.get(View.DECISION);
        return view == View.DECISION
                && decision != null
                && scores.entrySet().stream()
                        .filter(entry -> entry.getKey() != View.DECISION)
                        .anyMatch(entry -> entry.getValue()
                                .metrics()
                                .perClass()
                                .equals(decision.metrics().perClass()));
    }

    private static void checkLabels(CorpusSet corpora, Labels labels) {
        for (String label : corpora.labels().names()) {
            if (!labels.contains(label)) {
                throw new BadInputException("evaluate: the corpus has the emotion \"" + label + "\", the model knows "
                        + labels + "; give --labels MAP as in training");
            }
        }
    }

    private static @Nullable Split splitOf(Model model) {
        RunRecord record = model.record();
        return record == null ? null : Split.fromJson(record.split());
    }

    private static List<Utterance> choose(String part, @Nullable Split split, List<Utterance> utterances, String file) {
        if (part.equals(ALL)) {
            return utterances;
        }
        if (split == null) {
            throw new BadInputException("evaluate: " + file + " carries no split; score all with --split all");
        }
        List<Utterance> chosen = split.select(Part.parse(part, "--split"), utterances);
        if (chosen.isEmpty()) {
            throw new BadInputException(
                    "evaluate: the " + part + " part of the model's split is empty; choose another");
        }
        return chosen;
    }

    /// Which utterances of the corpora sound the same; says what is wrong with the recordings of those chosen.
    private static SoundCopies copies(CorpusSet corpora, List<Utterance> chosen, Arguments arguments, Console console) {
        int threads = Computing.threads(arguments);
        SoundCache sounds = FeatureStore.sounds(arguments, corpora.embedded(), console);
        List<@Nullable SoundFacts> facts = sounds.all(corpora.utterances(), threads, (_, _) -> {});
        SoundCopies copies = SoundCopies.of(corpora.utterances(), facts, threads);
        Set<Utterance> those = Set.copyOf(chosen);
        List<@Nullable SoundFacts> theirs = new ArrayList<>();
        List<Utterance> inOrder = new ArrayList<>();
        for (int i = 0; i < facts.size(); i++) {
            if (those.contains(corpora.utterances().get(i))) {
                inOrder.add(corpora.utterances().get(i));
                theirs.add(facts.get(i));
            }
        }
        new RecordingReview(inOrder, theirs, copies.within(inOrder)).faults().forEach(console::warn);
        return copies;
    }

    /// How many utterances the model was trained on or chosen by (see [Split#seen]), or copies of them.
    private static int checkSeen(
            @Nullable Split split,
            List<Utterance> chosen,
            List<Utterance> all,
            SoundCopies copies,
            boolean allowed,
            Console console) {
        Split.Seen seen = split == null ? new Split.Seen(List.of(), 0) : split.seen(chosen, all, copies);
        if (seen.alike() > 0) {
            console.warn(seen.alike() + " of these " + chosen.size()
                    + " utterances say word for word what others say in the training or validation part");
        }
        if (!seen.utterances().isEmpty() && !allowed) {
            throw new BadInputException("evaluate: the model was trained on or chosen by "
                    + seen.utterances().size() + " of these " + chosen.size() + " utterances (the first is "
                    + seen.utterances().getFirst().id()
                    + "), so this would be no test; use --split test, or --allow-seen, which labels the result");
        }
        return seen.utterances().size();
    }
}
