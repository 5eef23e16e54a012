package dev.parallax.cli.train;

import dev.parallax.backend.Backend;
import dev.parallax.cli.command.Arguments;
import dev.parallax.cli.command.Command;
import dev.parallax.cli.command.Computing;
import dev.parallax.cli.command.Console;
import dev.parallax.cli.command.OptionNames;
import dev.parallax.cli.command.Requests;
import dev.parallax.cli.command.Syntax;
import dev.parallax.corpus.Corpora;
import dev.parallax.corpus.split.Part;
import dev.parallax.corpus.synthetic.SyntheticSpeech;
import dev.parallax.data.Labels;
import dev.parallax.eval.GroupComparison;
import dev.parallax.fusion.View;
import dev.parallax.io.Count;
import dev.parallax.io.FolderLock;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.SafeFiles;
import dev.parallax.model.Model;
import dev.parallax.model.ModelHashes;
import dev.parallax.report.ColumnSection;
import dev.parallax.report.EvaluationReport;
import dev.parallax.report.WrongAnswers;
import dev.parallax.report.page.Drawing;
import dev.parallax.report.page.Fact;
import dev.parallax.robustness.Robustness;
import dev.parallax.setup.EvaluationOutcome;
import dev.parallax.setup.ModelEvaluation;
import dev.parallax.setup.request.EvaluationRequest;
import dev.parallax.train.Evaluation;
import dev.parallax.train.Scores;
import dev.parallax.train.Workers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// `evaluate`: the scores of a model on a part of a corpus. The parts are those stored in the model; they are
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
                .repeatable(
                        "corpus", "KIND:PATH", "what to score on, as in training: " + String.join(", ", Corpora.KINDS))
                .option("labels", "MAP", "merges and drops emotions, or names a class set, as in training")
                .option(
                        "split",
                        "PART",
                        "test, val, train, by the split that the model carries, or all (default: test)")
                .option("out", "DIR", "gets report.html, the numbers of its figures, and evaluation.json; new or empty")
                .option(
                        "groups",
                        "COLUMNS",
                        "also the scores by sex, speaker, session, dialogue, script, corpus, language or another column of a"
                                + " manifest, with commas between; the largest gaps, and whether they are luck")
                .flag(
                        "robustness",
                        "also the scores of the same utterances in noise, over telephones, clipped, faster, in rooms, without a"
                                + " perspective, and with wrong words")
                .flag("allow-seen", "score also what the model was trained on or chosen by; the result says so")
                .made()
                .encoders()
                .rooted()
                .cached()
                .computing()
                .common();
    }

    @Override
    public int run(Arguments arguments, Console console) {
        Path out = arguments.newFolder("out");
        EvaluationRequest request = request(arguments);
        try (FolderLock _ = out == null ? null : FolderLock.of(out, console::warn);
                Backend backend = Computing.backend(arguments, console)) {
            EvaluationOutcome outcome;
            try (Workers workers = Computing.workers(arguments)) {
                outcome = ModelEvaluation.run(request, backend, workers, console);
            }
            tell(outcome, request, arguments, console);
        }
        return DONE;
    }

    private static void tell(
            EvaluationOutcome outcome, EvaluationRequest request, Arguments arguments, Console console) {
        Path out = arguments.path("out");
        print(outcome, console);
        JsonObject result = json(outcome, request.partName());
        if (out != null) {
            Path page = report(outcome, request.partName(), arguments).write(out);
            write(out.resolve(EvaluationOutcome.FILE), result);
            console.print("report: " + page);
            Drawing.obstacle().ifPresent(console::warn);
            result = result.with("report", page.toString());
        }
        console.result(result);
    }

    private static void write(Path file, Json json) {
        SafeFiles.write(file, (json.toIndentedText() + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static EvaluationRequest request(Arguments arguments) {
        List<String> words = new ArrayList<>(Part.WORDS);
        words.add(ALL);
        String word = Arguments.choice("split", arguments.text("split", Part.TEST.word()), words, Function.identity());
        return new EvaluationRequest(
                arguments.path("model"),
                Requests.corpus(arguments),
                word.equals(ALL) ? null : Part.parse(word, "--split"),
                arguments.has("allow-seen"),
                Requests.encoders(arguments),
                arguments.list("groups"),
                arguments.has("robustness"));
    }

    private static JsonObject json(EvaluationOutcome outcome, String part) {
        Model model = outcome.model();
        JsonObject json = Json.object()
                .with("model", outcome.name())
                .with("weightsHash", ModelHashes.weights(model))
                .with("split", part)
                .with("utterances", outcome.scored())
                .with("excluded", outcome.excluded().toJson(outcome.unread()))
                .with("seenInTraining", outcome.seen())
                .with("speakersInTraining", outcome.knownSpeakers())
                .with("originalsNotHere", outcome.unheard())
                .with("labels", model.labels().names())
                .with("causal", model.causal())
                .with("context", model.context())
                .with("dishonesty", outcome.dishonesty())
                .with("syntheticSpeech", outcome.corpora().syntheticSpeech())
                .with("syntheticSpeechInTraining", outcome.trainedOnSyntheticSpeech())
                .with("decidedAlone", outcome.evaluation().decidedAlone())
                .with("changedByDoubts", outcome.evaluation().changedByDoubts())
                .with("scores", ScoreTable.json(outcome.scores(), model));
        Robustness robustness = outcome.robustness();
        json = outcome.groups().isEmpty() ? json : json.with("groups", GroupTable.json(outcome.groups()));
        return robustness == null ? json : json.with("robustness", RobustnessTable.json(robustness));
    }

    private static EvaluationReport report(EvaluationOutcome outcome, String part, Arguments arguments) {
        Model model = outcome.model();
        String corpus = String.join(", ", arguments.texts("corpus")) + ", " + part + ": "
                + Count.of(outcome.scored(), "utterance");
        return new EvaluationReport(
                arguments.typed(),
                corpus,
                facts(outcome),
                outcome.corpora().embedded(),
                decides(outcome),
                model.labels(),
                ReportFacts.scores(outcome.scores(), model),
                answers(outcome.evaluation(), model.labels()),
                wrong(outcome),
                ReportFacts.speakers(
                        outcome.evaluation().rows(), outcome.corpora().utterances(), model.labels()),
                new ColumnSection(outcome.groups(), outcome.groupNotes()),
                outcome.robustness(),
                notes(outcome));
    }

    private static List<Fact> facts(EvaluationOutcome outcome) {
        Model model = outcome.model();
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("model", outcome.name()));
        facts.add(new Fact("what it sees", model.context()));
        facts.addAll(EncoderText.facts(model));
        facts.add(new Fact("backend", model.backend().description()));
        return facts;
    }

    /// How the decision is found, a sentence.
    private static String decides(EvaluationOutcome outcome) {
        Model model = outcome.model();
        if (!model.readsAudio() || !model.readsText()) {
            return "The decision is the answer of the " + (model.readsAudio() ? "audio" : "text")
                    + ", which is all that this model reads.";
        }
        String both = "The decision is the fused answer, or that of the one perspective that an utterance has";
        return outcome.hasDoubts()
                ? both
                        + ". As in predict, a perspective that is unlike what the model knows leaves it to the other one."
                : both + ".";
    }

    /// What is to be known of the corpora, such as that their speech is synthetic, and what makes the scores too good.
    private static List<String> notes(EvaluationOutcome outcome) {
        List<String> notes = new ArrayList<>(OptionNames.in(outcome.corpora().notes()));
        notes.addAll(outcome.excluded().lines(outcome.unread()));
        notes.addAll(outcome.notes());
        notes.addAll(ScoreTable.untestedFusion(outcome.scores(), outcome.model()));
        return notes;
    }

    private static List<WrongAnswers.Wrong> wrong(EvaluationOutcome outcome) {
        Labels labels = outcome.model().labels();
        Map<String, Path> recordings = outcome.recordings();
        return outcome.evaluation().rows().stream()
                .filter(row -> row.truth() >= 0 && !row.isRight(labels))
                .map(row -> new WrongAnswers.Wrong(
                        row.id(),
                        labels.name(row.truth()),
                        row.decision().answer().label(),
                        row.decision().answer().probability(),
                        row.decision().answer().sure(),
                        recordings.get(row.id())))
                .toList();
    }

    /// The answers as rows of the page's data.
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

    private static void print(EvaluationOutcome outcome, Console console) {
        Model model = outcome.model();
        Evaluation evaluation = outcome.evaluation();
        Map<View, Scores> scores = outcome.scores();
        console.print(outcome.notes());
        console.print(SyntheticSpeech.notes(outcome.corpora().syntheticSpeech()));
        console.print("it answers " + model.context());
        console.print(ScoreTable.lines(scores, model));
        if (outcome.excluded().count() > 0) {
            console.print(outcome.excluded().describe());
        }
        if (evaluation.decidedAlone() > 0) {
            console.print("of " + Count.of(evaluation.decidedAlone(), "utterance")
                    + " one perspective decides alone, since the other"
                    + " is unlike what the model knows; this changed "
                    + Count.of(evaluation.changedByDoubts(), "decision"));
        }
        for (View view : View.values()) {
            Scores score = scores.get(view);
            if (score != null && ScoreTable.isTaught(model, view) && !isRepeated(view, scores)) {
                console.print("");
                console.print(view.word() + ":");
                console.print(ScoreTable.perClass(score, model.labels()));
            }
        }
        for (GroupComparison column : outcome.groups()) {
            console.print("");
            console.print(GroupTable.lines(column));
        }
        console.print(outcome.groupNotes());
        Robustness robustness = outcome.robustness();
        if (robustness != null) {
            console.print("");
            console.print(RobustnessTable.lines(robustness));
        }
    }

    /// Whether the decision repeats another view, since no utterance lacks a modality.
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
}
