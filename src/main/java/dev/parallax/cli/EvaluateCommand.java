package dev.parallax.cli;

import dev.parallax.BadInputException;
import dev.parallax.audio.SoundFacts;
import dev.parallax.corpus.Corpora;
import dev.parallax.corpus.FeatureCache;
import dev.parallax.corpus.Part;
import dev.parallax.corpus.RecordingReview;
import dev.parallax.corpus.SoundCache;
import dev.parallax.corpus.SoundCopies;
import dev.parallax.corpus.Split;
import dev.parallax.data.Labels;
import dev.parallax.data.Utterance;
import dev.parallax.io.Json;
import dev.parallax.model.DialogueModel;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Model;
import dev.parallax.model.RunRecord;
import dev.parallax.train.Evaluation;
import dev.parallax.train.FirstStage;
import dev.parallax.train.Outputs;
import dev.parallax.train.Scores;
import dev.parallax.train.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `evaluate`: the scores of a model on a part of a corpus. The parts are those that the model carries; they are
/// never drawn again.
final class EvaluateCommand implements Command {

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
        Model model = file.load(Computing.backend(arguments, console), console);
        String level = model instanceof DialogueModel ? TrainPlan.DIALOGUE : TrainPlan.UTTERANCE;
        CorpusSet corpora = CorpusSet.open(arguments, level, console);
        checkLabels(corpora, model.labels());
        @Nullable Split split = splitOf(model);
        List<Utterance> chosen = choose(part, split, corpora.utterances(), file.name());
        SoundCopies copies = copies(corpora, chosen, arguments, console);
        int seen = checkSeen(split, chosen, corpora.utterances(), copies, arguments.has("allow-seen"), console);
        Map<Outputs.View, Scores> scores = switch (model) {
            case DialogueModel dialogues -> score(dialogues, chosen, corpora.embedded(), arguments, console);
            case EmotionModel emotions -> score(emotions, chosen, corpora.embedded(), arguments, console);
        };
        Scores decision = Objects.requireNonNull(scores.get(Outputs.View.DECISION));
        int scored = decision.metrics().confusion().total();
        print(model, scores, seen, scored, console);
        console.result(Json.object()
                .with("model", file.name())
                .with("split", part)
                .with("utterances", scored)
                .with("seenInTraining", seen)
                .with("labels", model.labels().names())
                .with("causal", model.causal())
                .with("context", model.context())
                .with("dishonesty", dishonesty(model))
                .with("scores", ScoreTable.json(scores, model)));
        return DONE;
    }

    private static Map<Outputs.View, Scores> score(
            EmotionModel model, List<Utterance> chosen, boolean embedded, Arguments arguments, Console console) {
        FeatureCache cache = FeatureStore.cache(arguments, model.config().features(), embedded, console);
        List<Utterance> usable =
                model.readsAudio() ? FeatureStore.usable(chosen, cache, Computing.threads(arguments), console) : chosen;
        try (Workers workers = Computing.workers(arguments)) {
            return Evaluation.of(model, usable, cache, workers, console::warn);
        }
    }

    private static Map<Outputs.View, Scores> score(
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
            return Evaluation.of(model, FirstStage.withVectors(first, chosen, cache, workers, console::warn), workers);
        }
    }

    private static void print(Model model, Map<Outputs.View, Scores> scores, int seen, int size, Console console) {
        dishonesty(model).forEach(console::print);
        if (seen > 0) {
            console.print("NOT A TEST: " + seen + " of " + size + " utterances were trained on or chosen by");
        }
        console.print("it answers " + model.context());
        console.print(ScoreTable.lines(scores, model));
        for (Outputs.View view : Outputs.View.values()) {
            Scores score = scores.get(view);
            if (score != null && ScoreTable.isTaught(model, view) && !isRepeated(view, scores)) {
                console.print("");
                console.print(ScoreTable.name(view) + ":");
                console.print(ScoreTable.perClass(score, model.labels()));
            }
        }
    }

    private static List<String> dishonesty(Model model) {
        RunRecord record = model.record();
        return record == null ? List.of() : record.dishonesty();
    }

    /// Whether the decision is what another view says already: no utterance lacks anything.
    private static boolean isRepeated(Outputs.View view, Map<Outputs.View, Scores> scores) {
        Scores decision = scores.get(Outputs.View.DECISION);
        return view == Outputs.View.DECISION
                && decision != null
                && scores.entrySet().stream()
                        .filter(entry -> entry.getKey() != Outputs.View.DECISION)
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
