package dev.parallax.cli.demo;

import dev.parallax.BadInputException;
import dev.parallax.audio.Audio;
import dev.parallax.audio.features.FeatureCache;
import dev.parallax.audio.file.WavWriter;
import dev.parallax.backend.Backend;
import dev.parallax.cli.command.Arguments;
import dev.parallax.cli.command.Command;
import dev.parallax.cli.command.Computing;
import dev.parallax.cli.command.Console;
import dev.parallax.cli.command.Requests;
import dev.parallax.cli.command.Syntax;
import dev.parallax.cli.train.ReportFacts;
import dev.parallax.cli.train.ScoreTable;
import dev.parallax.corpus.EmbeddedCorpus;
import dev.parallax.corpus.split.Split;
import dev.parallax.corpus.split.UtteranceSplitter;
import dev.parallax.corpus.synthetic.SyntheticSettings;
import dev.parallax.data.Utterance;
import dev.parallax.io.Count;
import dev.parallax.io.FolderLock;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.SafeFiles;
import dev.parallax.model.EmotionModel;
import dev.parallax.report.Ceilings;
import dev.parallax.report.Check;
import dev.parallax.report.DemoReport;
import dev.parallax.report.ModelResult;
import dev.parallax.report.page.Drawing;
import dev.parallax.report.page.Fact;
import dev.parallax.report.plot.UtteranceCard;
import dev.parallax.setup.AugmentationCheck;
import dev.parallax.setup.DemoSettings;
import dev.parallax.setup.FeatureStore;
import dev.parallax.setup.ModelPath;
import dev.parallax.setup.RunSettings;
import dev.parallax.setup.request.Level;
import dev.parallax.train.Workers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// `demo`: the main job without any data. Four models are trained on the embedded corpus, whose best possible scores
/// are known, and their scores are shown beside those.
public final class DemoCommand implements Command {

    private static final Path STANDARD_FOLDER = Path.of("runs", "demo");
    private static final String SUMMARY = "demo.json"; // a folder with it is a demo's and may be replaced
    private static final String EXAMPLE = "example.wav";
    private static final long SEED = 1;

    @Override
    public Syntax syntax() {
        int size = DemoSettings.standard(SEED).corpus().size();
        return new Syntax(
                        "demo",
                        "[--out DIR] [OPTIONS]",
                        "trains four models on the embedded corpus and shows what each perspective is worth")
                .option(
                        "out",
                        "DIR",
                        "gets report.html, best.safetensors, demo.json (default: " + STANDARD_FOLDER
                                + "); an earlier demo there is replaced, nothing else")
                .option("seed", "N", "of the corpus and of training (default: " + SEED + ")")
                .option("size", "N", "utterances of the corpus, a multiple of 4 (default: " + size + ")")
                .computing()
                .configurable()
                .common()
                .notes(List.of(
                        "The embedded corpus is made by rules: what it sounds like is no speech, and its numbers say"
                                + " nothing about real recordings."));
    }

    @Override
    public int run(Arguments arguments, Console console) {
        long start = System.nanoTime();
        Path out = folder(arguments);
        try (FolderLock _ = FolderLock.of(out, console::warn)) {
            return run(out, start, arguments, console);
        }
    }

    private static int run(Path out, long start, Arguments arguments, Console console) {
        long seed = arguments.whole("seed", SEED);
        DemoSettings standard = DemoSettings.standard(seed);
        RunSettings settings = new RunSettings(standard.features(), standard.network(), standard.training())
                .with(Requests.settings(arguments), Level.UTTERANCE);
        if (settings.training().choosesOnTest()) {
            throw new BadInputException(
                    "demo: with training.chosenOn=test its checks would mean nothing; leave it at val");
        }
        AugmentationCheck.require(settings, settings.network());
        SyntheticSettings made = standard.corpus();
        EmbeddedCorpus corpus = new EmbeddedCorpus(made.withSize(arguments.count("size", made.size())));
        corpus.notes().forEach(note -> console.log(corpus.name() + ": " + note));
        Split split = new UtteranceSplitter(corpus.utterances(), corpus.sexes(), seed).standard();
        console.log("split: " + split.describe());
        AugmentationCheck.say(settings, split, corpus.utterances(), console);
        try (Backend backend = Computing.backend(arguments, console)) {
            return trainAndShow(settings, corpus, split, backend, out, start, arguments, console);
        }
    }

    private static int trainAndShow(
            RunSettings settings,
            EmbeddedCorpus corpus,
            Split split,
            Backend backend,
            Path out,
            long start,
            Arguments arguments,
            Console console) {
        FeatureStore store = FeatureStore.inMemory(console);
        FeatureCache cache = store.cache(settings.features());
        store.usable(corpus.utterances(), cache, Computing.threads(arguments));
        DemoModels models;
        DemoStory story;
        try (Workers workers = Computing.workers(arguments)) {
            models = DemoModels.train(settings, corpus, split, cache, backend, workers, console);
            story = DemoStory.choose(models.model(), split, corpus.utterances(), cache, workers);
        }
        List<Check> checks = DemoChecks.of(models, corpus.ceilings());
        printScores(corpus, models, checks, story, console);
        write(out, models.model(), story);
        double seconds = (System.nanoTime() - start) / 1e9;
        Path page =
                report(arguments, corpus, split, models, checks, story, seconds).write(out);
        JsonObject summary = summary(corpus, models, checks, page, seconds);
        SafeFiles.write(out.resolve(SUMMARY), summary.toIndentedText().getBytes(StandardCharsets.UTF_8));
        printFiles(story, out, page, seconds, console);
        console.result(summary);
        return checks.stream().allMatch(Check::passed) ? DONE : CHECK_FAILED;
    }

    /// The folder for the results: a new or empty one, or that of an earlier demo.
    private static Path folder(Arguments arguments) {
        Path given = arguments.path("out");
        Path out = given == null ? STANDARD_FOLDER : given;
        if (Files.exists(out) && !Files.isDirectory(out)) {
            throw new BadInputException("demo: --out " + out + " is a file; give a folder");
        }
        if (!FolderLock.isEmpty(out) && !Files.exists(out.resolve(SUMMARY))) {
            throw new BadInputException(
                    "demo: " + out + " holds something that is no demo; give another folder: --out DIR");
        }
        return out;
    }

    private static void write(Path out, EmotionModel model, DemoStory story) {
        model.save(out.resolve(ModelPath.BEST));
        WavWriter.PCM_16.write(out.resolve(EXAMPLE), audio(story.utterance()));
    }

    private static Audio audio(Utterance utterance) {
        return Objects.requireNonNull(utterance.audio(), "the embedded corpus has audio")
                .read();
    }

    private static DemoReport report(
            Arguments arguments,
            EmbeddedCorpus corpus,
            Split split,
            DemoModels models,
            List<Check> checks,
            DemoStory story,
            double seconds) {
        List<ModelResult> results = new ArrayList<>();
        List<Fact> facts = new ArrayList<>();
        for (int i = 0; i < DemoModels.NAMES.size(); i++) {
            results.add(ReportFacts.model(DemoModels.NAMES.get(i), models.all().get(i)));
            facts.add(new Fact(DemoModels.NAMES.get(i), trained(models, i)));
        }
        facts.add(new Fact("time", String.format(Locale.ROOT, "%.1f s in all", seconds)));
        long seed = corpus.settings().seed();
        String name = "synthetic:" + seed + ", " + corpus.utterances().size() + " utterances";
        String backend = models.perspective().model().backend().description();
        Utterance told = story.utterance();
        return new DemoReport(
                ReportFacts.run(arguments, seed, name, backend, facts, List.of()),
                corpus.labels(),
                ReportFacts.split(split, corpus.utterances(), corpus.labels()),
                new Ceilings(
                        corpus.ceilings().fused(),
                        corpus.ceilings().audio(),
                        corpus.ceilings().text(),
                        1.0 / corpus.labels().size()),
                results,
                checks,
                new UtteranceCard(
                        DemoStory.RULE,
                        told.id(),
                        String.valueOf(told.text()),
                        String.valueOf(told.emotion()),
                        DemoModels.NAMES.getLast(),
                        story.prediction()));
    }

    private static String trained(DemoModels models, int i) {
        return String.format(
                Locale.ROOT,
                "%s in %.1f s, %s",
                Count.of(models.all().get(i).history().size(), "epoch"),
                models.all().get(i).seconds(),
                models.all().get(i).isChosen() ? "best " + models.all().get(i).bestEpoch() : "the last is kept");
    }

    private static void printScores(
            EmbeddedCorpus corpus, DemoModels models, List<Check> checks, DemoStory story, Console console) {
        corpus.notes().forEach(note -> console.print(corpus.name() + ": " + note));
        console.print(models.table(corpus.ceilings(), corpus.labels().size()));
        console.print("±: one standard error; [ ]: not taught, the single loss splits its answer arbitrarily");
        console.print("");
        checks.forEach(check -> console.print(DemoChecks.line(check)));
        console.print("");
        console.print(story.lines());
        console.print("");
    }

    private static void printFiles(DemoStory story, Path out, Path page, double seconds, Console console) {
        console.print("report  " + page.toAbsolutePath());
        Drawing.obstacle().ifPresent(console::warn);
        console.print("model   " + out.resolve(ModelPath.BEST) + "; ask it:");
        console.print("        bin/parallax predict --model " + Arguments.quoted(out.toString()) + " --audio "
                + Arguments.quoted(out.resolve(EXAMPLE).toString()) + " --text \""
                + story.utterance().text() + "\"");
        console.print(String.format(Locale.ROOT, "time    %.1f s", seconds));
    }

    private static JsonObject summary(
            EmbeddedCorpus corpus, DemoModels models, List<Check> checks, Path page, double seconds) {
        JsonObject scores = Json.object();
        for (int i = 0; i < DemoModels.NAMES.size(); i++) {
            var result = models.all().get(i);
            scores = scores.with(DemoModels.NAMES.get(i), ScoreTable.json(result.test(), result.model()));
        }
        return Json.object()
                .with("corpus", "synthetic")
                .with("seed", corpus.settings().seed())
                .with("utterances", corpus.utterances().size())
                .with("backend", models.perspective().model().backend().description())
                .with("syntheticSpeech", List.of(corpus.name() + ": " + corpus.syntheticSpeech()))
                .with(
                        "ceilings",
                        Json.object()
                                .with("fused", corpus.ceilings().fused())
                                .with("audio", corpus.ceilings().audio())
                                .with("text", corpus.ceilings().text())
                                .with("majority", 1.0 / corpus.labels().size()))
                .with("models", scores)
                .with(
                        "checks",
                        Json.array(checks.stream().map(DemoCommand::json).toList()))
                .with("ok", checks.stream().allMatch(Check::passed))
                .with("report", page.toString())
                .with("seconds", seconds);
    }

    private static JsonObject json(Check check) {
        return Json.object()
                .with("what", check.what())
                .with("measured", check.measured())
                .with("least", check.least())
                .with("most", check.most())
                .with("passed", check.passed());
    }
}
