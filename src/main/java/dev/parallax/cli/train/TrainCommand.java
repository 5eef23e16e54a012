package dev.parallax.cli.train;

import dev.parallax.audio.features.FeatureConfig;
import dev.parallax.backend.Backend;
import dev.parallax.cli.command.Arguments;
import dev.parallax.cli.command.Command;
import dev.parallax.cli.command.Computing;
import dev.parallax.cli.command.Console;
import dev.parallax.cli.command.OptionNames;
import dev.parallax.cli.command.Requests;
import dev.parallax.cli.command.Syntax;
import dev.parallax.corpus.Corpora;
import dev.parallax.corpus.split.DialogueSplitter;
import dev.parallax.corpus.split.Split;
import dev.parallax.corpus.synthetic.SyntheticSpeech;
import dev.parallax.eval.Sureness;
import dev.parallax.eval.ValidationGap;
import dev.parallax.fusion.Fusions;
import dev.parallax.fusion.View;
import dev.parallax.io.Count;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.RecordJson;
import dev.parallax.model.DialogueModel;
import dev.parallax.model.Model;
import dev.parallax.report.RunReport;
import dev.parallax.report.page.Drawing;
import dev.parallax.report.page.Fact;
import dev.parallax.setup.ExcludedUtterances;
import dev.parallax.setup.FeatureChoice;
import dev.parallax.setup.ModelPath;
import dev.parallax.setup.PreparedTraining;
import dev.parallax.setup.RunSettings;
import dev.parallax.setup.Training;
import dev.parallax.setup.TrainingOutcome;
import dev.parallax.setup.UsableUtterances;
import dev.parallax.setup.request.Setting;
import dev.parallax.setup.request.SplitRequest;
import dev.parallax.setup.request.StartRequest;
import dev.parallax.setup.request.TrainingRequest;
import dev.parallax.train.DomainFit;
import dev.parallax.train.Scores;
import dev.parallax.train.TrainingRun;
import dev.parallax.train.TrainingSetup;
import dev.parallax.train.TransferGain;
import dev.parallax.train.Workers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// `train`: a model from corpora, scored once on the test part, by default other speakers.
public final class TrainCommand implements Command {

    @Override
    public Syntax syntax() {
        List<String> notes = new ArrayList<>(List.of(
                "Speakers are kept apart: nobody is in two of the training, validation and test parts, unless",
                "--protocol random or dialogues-K is asked for. The test part is scored once, at the end.",
                "",
                "settings for --set and --config, with their defaults:"));
        RunSettings standard = RunSettings.standard("speech");
        standard.list().forEach(setting -> notes.addAll(described(setting)));
        notes.addAll(List.of("", "where --level dialogue has other defaults:"));
        RunSettings.dialogue("speech").list().stream()
                .filter(setting -> !standard.list().contains(setting))
                .forEach(setting -> notes.addAll(described(setting)));
        return new Syntax("train", "--corpus KIND:PATH [OPTIONS] --out DIR", "a model from recordings with emotions")
                .repeatable("corpus", "KIND:PATH", "what to learn from: " + String.join(", ", Corpora.KINDS))
                .option(
                        "out",
                        "DIR",
                        "gets best.safetensors, last.safetensors, run.json, metrics.csv, report.html; new or empty")
                .option(
                        "labels",
                        "MAP",
                        "merges and drops emotions: anger=angry|annoyed,neutral keeps two classes; or the name of a class"
                                + " set (corpus --help lists them)")
                .option("modalities", "LIST", "audio,text or one of them (default: those that the corpus has)")
                .option(
                        "features",
                        "PRESET",
                        String.join(", ", FeatureConfig.presets())
                                + " (default: functionals and speech are both tried, and the validation"
                                + " part chooses; with settings of frames, speech)")
                .option("fusion", "NAME", String.join(", ", Fusions.names()) + " (default: see network.fusion)")
                .option(
                        "loss",
                        "NAME",
                        "perspective: one term for each perspective too; fused: the single loss; "
                                + Requests.OTHER_LOSSES + " (default: perspective)")
                .reading()
                .flag(
                        Syntax.CARRY_ENCODERS,
                        "copies the pretrained encoders into --out, so that the model needs nothing else; without it"
                                + " the model finds them where they were, or where --text-encoder says")
                .option(
                        "vectors",
                        "FILE",
                        "word vectors to start from, in the text format of GloVe or fastText, also gzipped")
                .option(
                        "init",
                        "MODEL",
                        "a trained model to start from, or starter: its features, words and encoders; heads start anew for labels that"
                                + " are new to it")
                .option("freeze", "LIST", "audio,text: encoders of --init that stay as they are, only heads learn")
                .option(
                        "test-speakers",
                        "A,B",
                        "who is tested (default: the corpus's split, else drawn from the seed; nobody where only --val-speakers"
                                + " are named)")
                .option("val-speakers", "C,D", "who chooses the best epoch (default: drawn from the others)")
                .option(
                        "protocol",
                        "NAME",
                        String.join(", ", DialogueSplitter.PROTOCOLS)
                                + ", or a published one; sessions/2 is the second fold (dialogues: of --level dialogue)")
                .option(
                        "level",
                        "NAME",
                        "utterance; or dialogue: each utterance with its neighbours, as vectors of features:DIR, or of"
                                + " those that a first stage makes of recordings and sentences (default: utterance)")
                .flag("causal", "of dialogues: no answer depends on later turns")
                .flag("speakers", "of dialogues: the model is told who speaks, the first, the second, ...")
                .flag(
                        "as-recorded",
                        "learn from recordings as they are; without it each has a copy with another tempo, in a room, in"
                                + " noise or over a telephone (settings augmentation.*)")
                .flag("resume", "go on with the run in --out, exactly as if it had not been interrupted")
                .option("seed", "N", "of every random number (default: see training.seed)")
                .option("split-seed", "N", "of what is drawn of the split (default: the seed)")
                .leavingOut()
                .made()
                .rooted()
                .cached()
                .computing()
                .preset()
                .configurable()
                .common()
                .notes(notes);
    }

    private static List<String> described(Setting setting) {
        return Syntax.described("  " + setting.key(), setting.value());
    }

    @Override
    public int run(Arguments arguments, Console console) {
        Path out = arguments.requiredPath("out", "say where the model goes: --out runs/mine");
        TrainingRequest request = request(out, arguments);
        try (Backend backend = Computing.backend(arguments, console)) {
            TrainingOutcome outcome;
            try (Workers workers = Computing.workers(arguments)) {
                outcome = Training.run(request, backend, workers, console);
            }
            Path page = report(arguments, outcome).write(out);
            print(outcome, out, page, console);
        }
        return DONE;
    }

    private static TrainingRequest request(Path out, Arguments arguments) {
        return new TrainingRequest(
                Requests.corpus(arguments),
                Requests.model(arguments),
                new SplitRequest(
                        arguments.list("test-speakers"),
                        arguments.list("val-speakers"),
                        arguments.text("protocol"),
                        arguments.has("split-seed") ? (Long) arguments.whole("split-seed", 0) : null),
                new StartRequest(
                        arguments.path("vectors"), arguments.path("init"), Requests.modalities(arguments, "freeze")),
                arguments.has("as-recorded"),
                out,
                arguments.has("resume"));
    }

    private static RunReport report(Arguments arguments, TrainingOutcome outcome) {
        PreparedTraining training = outcome.training();
        TrainingRun.Result result = outcome.result();
        TransferGain gain = outcome.gain();
        FeatureChoice choice = outcome.choice();
        TrainingSetup setup = training.setup();
        Model model = result.model();
        String corpus = String.join(", ", arguments.texts("corpus")) + ": "
                + Count.of(setup.utterances().size(), "utterance");
        List<Fact> facts = new ArrayList<>(List.of(
                new Fact("time", String.format(Locale.ROOT, "%.1f s", result.seconds())),
                new Fact(
                        "parameters",
                        Integer.toString(result.model().parameters().size())),
                new Fact("what it sees", model.context()),
                new Fact("loss", setup.training().loss().title()),
                new Fact("augmentation", training.settings().augmentation().describe())));
        facts.addAll(EncoderText.facts(model));
        if (choice != null) {
            facts.add(new Fact("features", choice.line()));
        }
        if (gain != null) {
            facts.add(new Fact("gain over the model it started from", String.join("; ", TransferGainText.of(gain))));
        }
        return new RunReport(
                ReportFacts.run(
                        arguments,
                        setup.training().seed(),
                        corpus,
                        result.model().backend().description(),
                        facts,
                        outcome.dishonesty()),
                training.corpora().embedded(),
                model.labels(),
                ReportFacts.split(setup.split(), setup.utterances(), model.labels()),
                ReportFacts.history(result),
                ReportFacts.scores(result.validation(), model),
                ReportFacts.scores(result.test(), model),
                ReportFacts.speakers(result.tested(), setup.utterances(), model.labels()),
                notes(outcome));
    }

    /// Warnings about the corpora, about parts that are small or lack classes, about a fusion that nothing tested,
    /// and about a validation part that was seen.
    private static List<String> notes(TrainingOutcome outcome) {
        List<String> notes =
                new ArrayList<>(OptionNames.in(outcome.training().corpora().notes()));
        UsableUtterances usable = outcome.training().usable();
        notes.addAll(usable.excluded().lines(usable.unreadIds()));
        List<String> here = outcome.training().corpora().syntheticSpeech();
        notes.addAll(SyntheticSpeech.notes(outcome.syntheticSpeech().stream()
                .filter(line -> !here.contains(line))
                .toList()));
        notes.addAll(OptionNames.in(outcome.partWarnings()));
        notes.addAll(ScoreTable.untestedFusion(outcome.scores(), outcome.model()));
        String apart = outcome.gapWarning();
        if (apart != null) {
            notes.add(apart);
        }
        return notes;
    }

    private static void print(TrainingOutcome outcome, Path out, Path page, Console console) {
        TrainingSetup setup = outcome.training().setup();
        TrainingRun.Result result = outcome.result();
        TransferGain gain = outcome.gain();
        FeatureChoice choice = outcome.choice();
        Model model = result.model();
        Split split = setup.split();
        console.print(outcome.dishonesty());
        console.print(SyntheticSpeech.notes(outcome.syntheticSpeech()));
        if (choice != null) {
            console.print("features: " + choice.line());
        }
        console.print(String.format(
                Locale.ROOT,
                "trained %s in %.1f s, %s",
                Count.of(result.history().size(), "epoch"),
                result.seconds(),
                result.isChosen()
                        ? "best epoch " + ReportFacts.bestEpochs(result)
                        : "the last is kept: nothing chose"));
        if (!result.test().isEmpty()) {
            console.print("test part, " + split.how() + (split.speakerIndependent() ? "" : " (NOT speaker-independent)")
                    + "; it answers " + model.context() + ":");
            console.print(ScoreTable.lines(result.test(), model));
            Scores decision = result.test().get(View.DECISION);
            if (decision != null) {
                console.print("");
                console.print(ScoreTable.perClass(decision, model.labels()));
            }
        } else {
            console.print(
                    (split.test().isEmpty() ? "there is no test part" : "no utterance of the test part has a label")
                            + ": there is no test score");
        }
        ExcludedUtterances excluded = outcome.training().usable().excluded();
        if (excluded.count() > 0) {
            console.print(excluded.describe());
        }
        String apart = outcome.gapWarning();
        if (apart != null) {
            console.warn(apart);
        }
        List<View> never = neverSure(model);
        if (!never.isEmpty()) {
            console.warn("no answer (" + never.stream().map(View::word).collect(Collectors.joining(", "))
                    + ") will be called sure: to know when one may be takes " + Sureness.LEAST_ANSWERS
                    + " utterances that validate, of which the surest " + Sureness.LEAST_SURE
                    + " or more are right, more still with a wrong one among them, and "
                    + DomainFit.LEAST_ROWS + " utterances that are learned from");
        }
        CalibrationText.of(model.rules()).forEach(console::print);
        console.print(EncoderText.lines(model));
        if (gain != null) {
            console.print("");
            console.print(TransferGainText.of(gain));
        }
        console.print("");
        console.print("report: " + page);
        Drawing.obstacle().ifPresent(console::warn);
        console.print("model:  " + out.resolve(ModelPath.BEST) + "; " + use(model, out));
        JsonObject json = json(outcome, out, page);
        ValidationGap gap = outcome.gap();
        if (gap != null) {
            json = json.with(
                    "validationAgainstTest",
                    RecordJson.of(ValidationGap.class).write(gap).with("suspicious", gap.isSuspicious()));
        }
        json = choice == null ? json : json.with("features", choice.toJson());
        console.result(gain == null ? json : json.with("gain", gain.toJson()));
    }

    /// The command that asks a model of this folder.
    private static String use(Model model, Path out) {
        String folder = Arguments.quoted(out.toString());
        if (model instanceof DialogueModel dialogues) {
            return dialogues.first() == null
                    ? "score it with: bin/parallax evaluate --model " + folder + " --corpus features:DIR"
                    : "ask it with: bin/parallax predict --model " + folder + " --manifest FILE.csv";
        }
        return "ask it with: bin/parallax predict --model " + folder
                + (model.readsAudio() ? " --audio FILE" : " --text WORDS");
    }

    /// The views of a model that can give no sure answer.
    private static List<View> neverSure(Model model) {
        List<View> views = new ArrayList<>(model.rules().viewsNeverSure());
        if (!model.readsAudio()) {
            views.removeAll(List.of(View.FUSED, View.AUDIO));
        }
        if (!model.readsText()) {
            views.removeAll(List.of(View.FUSED, View.TEXT));
        }
        return views;
    }

    private static JsonObject json(TrainingOutcome outcome, Path out, Path page) {
        TrainingSetup setup = outcome.training().setup();
        TrainingRun.Result result = outcome.result();
        Model model = result.model();
        Split split = setup.split();
        JsonObject json = Json.object()
                .with("out", out.toString())
                .with("model", out.resolve(ModelPath.BEST).toString())
                .with("report", page.toString())
                .with("seed", setup.training().seed())
                .with("backend", result.model().backend().description())
                .with("labels", model.labels().names())
                .with("causal", model.causal())
                .with("context", model.context())
                .with("dishonesty", outcome.dishonesty())
                .with("syntheticSpeech", outcome.syntheticSpeech())
                .with("encoders", Json.array(EncoderText.json(model)))
                .with(
                        "split",
                        Json.object()
                                .with("how", split.how())
                                .with("speakerIndependent", split.speakerIndependent())
                                .with("train", split.train().size())
                                .with("val", split.val().size())
                                .with("test", split.test().size())
                                .with("excluded", split.excluded().size()))
                .with(
                        "excluded",
                        outcome.training()
                                .usable()
                                .excluded()
                                .toJson(outcome.training().usable().unreadIds()))
                .with("epochs", result.history().size());
        if (result.isChosen()) {
            json = json.with("bestEpoch", result.bestEpoch());
        }
        return json.with("seconds", result.seconds())
                .with("validation", ScoreTable.json(result.validation(), model))
                .with("test", ScoreTable.json(result.test(), model));
    }
}
