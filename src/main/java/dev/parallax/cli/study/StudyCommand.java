package dev.parallax.cli.study;

import dev.parallax.BadInputException;
import dev.parallax.audio.features.FeatureCache;
import dev.parallax.backend.Backend;
import dev.parallax.cli.command.Arguments;
import dev.parallax.cli.command.Command;
import dev.parallax.cli.command.Computing;
import dev.parallax.cli.command.Console;
import dev.parallax.cli.command.Syntax;
import dev.parallax.cli.setup.FeatureStore;
import dev.parallax.cli.setup.TrainPlan;
import dev.parallax.corpus.Corpora;
import dev.parallax.corpus.split.DialogueSplitter;
import dev.parallax.corpus.split.UtteranceSplitter;
import dev.parallax.data.Utterance;
import dev.parallax.fusion.Fusions;
import dev.parallax.io.FolderLock;
import dev.parallax.io.JsonObject;
import dev.parallax.io.SafeFiles;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.UtteranceModelSpec;
import dev.parallax.report.study.CeilingCheck;
import dev.parallax.study.Baselines;
import dev.parallax.study.Cell;
import dev.parallax.study.CellResult;
import dev.parallax.study.StudyDesign;
import dev.parallax.study.StudyResults;
import dev.parallax.study.StudyRun;
import dev.parallax.train.FirstStage;
import dev.parallax.train.Trainer;
import dev.parallax.train.TrainingRun;
import dev.parallax.train.TrainingSetup;
import dev.parallax.train.Workers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// `study`: every way to fuse, under both losses, over folds and seeds, with intervals and tests.
public final class StudyCommand implements Command {

    @Override
    public Syntax syntax() {
        List<String> notes = new ArrayList<>(List.of(
                "What is finished is kept: the same command goes on where it was stopped. Audio and text alone, and",
                "decision-mean, -product and -stack of them, are in every study.",
                "",
                "strategies:"));
        Fusions.all()
                .forEach(strategy ->
                        notes.add(String.format(Locale.ROOT, "  %-18s %s", strategy.name(), strategy.formula())));
        return new Syntax("study", "--corpus KIND:PATH [OPTIONS] --out DIR", "which way to fuse audio and text helps")
                .option("corpus", "KIND:PATH", "what to study: " + String.join(", ", Corpora.KINDS))
                .option("out", "DIR", "gets report.html, results.json, results.csv, timing.json and a file a cell")
                .option(
                        "level",
                        "NAME",
                        "utterance; or dialogue: each utterance with its neighbours (default: utterance)")
                .option("fusions", "LIST", "names as below, or all (default: all)")
                .option("losses", "LIST", "fused: the single loss; perspective (default: both)")
                .option("seeds", "N", "repetitions of everything (default: " + StudyInputs.SEEDS + ")")
                .option(
                        "folds",
                        "NAME",
                        "a protocol: " + String.join(", ", UtteranceSplitter.PROTOCOLS) + "; of dialogues: "
                                + String.join(", ", DialogueSplitter.PROTOCOLS) + " (default: the corpus's split)")
                .option(
                        "sizes",
                        "NAME",
                        "equal: strategies have about as many parameters as late-add; as-set: the widths that are set"
                                + " (default: equal)")
                .option(
                        "tune",
                        "KEY=A,B",
                        "every cell tries these values of a setting, and its validation part chooses; again for more"
                                + " settings, then all combinations are tried; features=A,B tries presets of features")
                .option(
                        "tune-by",
                        "NAME",
                        "a protocol as of --folds: an inner rotation over the training and validation parts of each fold"
                                + " chooses, once for all seeds (default: the validation part chooses)")
                .leavingOut()
                .made()
                .option(
                        "labels",
                        "MAP",
                        "merges and drops emotions: anger=angry|annoyed,neutral keeps two classes; or the name of a class"
                                + " set (corpus --help lists them)")
                .option("modalities", "LIST", "audio,text")
                .option("features", "PRESET", "what is taken of a recording, as in train (default: speech)")
                .flag("causal", "of dialogues: no answer depends on later turns")
                .flag("speakers", "of dialogues: the model is told who speaks, the first, the second, ...")
                .option("seed", "N", "the first seed (default: see training.seed)")
                .option("split-seed", "N", "of what is drawn of the folds (default: the first seed)")
                .cached()
                .computing()
                .preset()
                .configurable()
                .common()
                .notes(notes);
    }

    @Override
    public int run(Arguments arguments, Console console) {
        long start = System.nanoTime();
        Path out = arguments.requiredPath("out", "say where the study goes: --out runs/study");
        requireOurs(out);
        try (FolderLock _ = FolderLock.of(out, console::warn)) {
            return run(out, start, arguments, console);
        }
    }

    private static int run(Path out, long start, Arguments arguments, Console console) {
        Backend backend = Computing.backend(arguments, console);
        StudyInputs inputs = StudyInputs.of(arguments, console);
        StudyDesign plan = inputs.plan();
        TrainPlan base = inputs.base();
        console.log("study: " + plan.strategies().size() + " strategies, "
                + plan.losses().size() + " losses, " + plan.folds().size() + " folds, " + plan.seeds() + " seeds: "
                + plan.cells().size() + " cells");
        List<CellResult> cells = new StudyRun(
                        plan,
                        new OneThread(base, backend, arguments, kinds(plan), console),
                        Computing.threads(arguments))
                .run(out, (cell, done, total, seconds, left) -> tell(console, cell, done, total, seconds, left));
        console.log("now the linear models, the intervals and the tests");
        Baselines baselines = new Baselines(plan, base.single(), base.cache());
        StudyResults study =
                StudyResults.of(plan, cells, out, clusters(base.setup().utterances()), baselines);
        StudyWriter writer = new StudyWriter(arguments, inputs, study, baselines.overlaps(), backend, out);
        JsonObject results = writer.json();
        study.write(out, results);
        double seconds = (System.nanoTime() - start) / 1e9;
        Path page = writer.report(seconds).write(out);
        console.print(writer.lines());
        console.print("");
        console.print("report: " + page);
        console.print(String.format(Locale.ROOT, "time:   %.0f s", (System.nanoTime() - start) / 1e9));
        console.result(results.with("report", page.toString()));
        return writer.checks().stream().anyMatch(CeilingCheck::leaks) ? CHECK_FAILED : DONE;
    }

    private static int kinds(StudyDesign plan) {
        return (int) plan.variants().stream()
                .map(variant -> variant.plan() instanceof UtteranceModelSpec single ? single.features() : "")
                .distinct()
                .count();
    }

    private static void tell(Console console, Cell cell, int done, int total, double seconds, double left) {
        if (seconds > 0) {
            console.log(String.format(
                    Locale.ROOT, "%d of %d: %s, %.1f s; about %.0f s left", done, total, cell.id(), seconds, left));
        }
    }

    private static void requireOurs(Path out) {
        if (Files.exists(out) && !Files.isDirectory(out)) {
            throw new BadInputException("study: --out " + out + " is a file; give a folder");
        }
        if (!FolderLock.isEmpty(out) && !Files.exists(out.resolve("study.json"))) {
            throw new BadInputException("study: " + out + " holds something that is no study; give another folder");
        }
    }

    /// The speaker of each utterance, else its dialogue, where they are known.
    private static Map<String, String> clusters(List<Utterance> utterances) {
        Map<String, String> clusters = new LinkedHashMap<>();
        for (Utterance utterance : utterances) {
            String cluster = utterance.speaker() == null ? utterance.dialogue() : utterance.speaker();
            if (cluster != null) {
                clusters.put(utterance.id(), cluster);
            }
        }
        return clusters;
    }

    /// Trains each cell on one thread of its own.
    private static final class OneThread implements StudyRun.Training {

        private final TrainPlan base;
        private final Backend backend;
        private final Console console;
        private final Map<String, FeatureCache> caches = new ConcurrentHashMap<>();
        private final Arguments arguments;
        private final int kinds;
        private final Set<String> said = ConcurrentHashMap.newKeySet();

        /// @param kinds how many kinds of features are tried
        OneThread(TrainPlan base, Backend backend, Arguments arguments, int kinds, Console console) {
            this.arguments = arguments;
            this.kinds = kinds;
            this.base = base;
            this.backend = backend;
            this.console = console;
        }

        @Override
        public TrainingRun.Result run(TrainingSetup setup) {
            try (Workers one = new Workers(1)) {
                FeatureCache cache = cacheOf(setup);
                TrainingRun run =
                        cache == null ? base.run(setup, backend, one) : TrainingRun.of(setup, cache, backend, one);
                return run.run(null, false, new Trainer.Listener() {});
            }
        }

        /// Of the features of a variant; null for those that all have in common.
        private @Nullable FeatureCache cacheOf(TrainingSetup setup) {
            FeatureCache common = base.cache();
            if (common == null
                    || !(setup.plan() instanceof UtteranceModelSpec plan)
                    || plan.features().equals(common.config())) {
                return null;
            }
            return caches.computeIfAbsent(
                    plan.features().digest(),
                    _ -> FeatureStore.shared(
                            arguments, plan.features(), base.corpora().embedded(), kinds, console));
        }

        @Override
        public List<Utterance> vectors(TrainingSetup setup, Path file) {
            FeatureCache cache = Objects.requireNonNull(base.cache());
            try (Workers one = new Workers(1)) {
                if (!Files.exists(file)) {
                    console.log("first stage: " + file.getFileName());
                    SafeFiles.createFolder(Objects.requireNonNull(file.getParent()));
                    base.run(setup, backend, one)
                            .firstStage(new Trainer.Listener() {})
                            .save(file);
                }
                EmotionModel first = EmotionModel.load(file, backend);
                return FirstStage.withVectors(first, setup.utterances(), cache, one, this::note);
            }
        }

        /// What all folds and seeds have in common is said once.
        private void note(String line) {
            if (said.add(line)) {
                console.warn(line);
            }
        }
    }
}
