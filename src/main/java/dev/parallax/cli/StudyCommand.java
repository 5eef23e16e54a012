package dev.parallax.cli;

import dev.parallax.BadInputException;
import dev.parallax.backend.Backend;
import dev.parallax.corpus.Corpora;
import dev.parallax.corpus.EmbeddedCorpus;
import dev.parallax.corpus.FeatureCache;
import dev.parallax.corpus.Protocol;
import dev.parallax.corpus.Split;
import dev.parallax.corpus.Splits;
import dev.parallax.corpus.Splitter;
import dev.parallax.data.Utterance;
import dev.parallax.eval.TextOverlap;
import dev.parallax.fusion.Fusions;
import dev.parallax.model.ModelPlan;
import dev.parallax.report.Fact;
import dev.parallax.report.StudyReport;
import dev.parallax.report.StudyRow;
import dev.parallax.study.Baselines;
import dev.parallax.study.Cell;
import dev.parallax.study.CellResult;
import dev.parallax.study.StudyPlan;
import dev.parallax.study.StudyResults;
import dev.parallax.study.StudyRun;
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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// `study`: every way to fuse, under both losses, over folds and seeds, with intervals and tests.
final class StudyCommand implements Command {

    private static final List<String> LOSSES = List.of("fused", "perspective");
    private static final int SEEDS = 3;

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
                .option("fusions", "LIST", "names as below, or all (default: all)")
                .option("losses", "LIST", "fused: the single loss; perspective (default: both)")
                .option("seeds", "N", "repetitions of everything (default: " + SEEDS + ")")
                .option(
                        "folds",
                        "NAME",
                        "a protocol: " + String.join(", ", Splits.PROTOCOLS) + " (default: the corpus's)")
                .option("size", "N", "utterances of a synthetic corpus")
                .option("synergy", "P", "share of a synthetic corpus that only both perspectives together tell")
                .option("labels", "MAP", "merges and drops emotions: anger=angry|annoyed,neutral keeps two classes")
                .option("modalities", "LIST", "audio,text")
                .option("seed", "N", "the first seed (default: see training.seed)")
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
        Backend backend = Computing.backend(arguments, console);
        boolean made = arguments.texts("corpus").stream().allMatch(place -> place.startsWith("synthetic:"));
        DemoSettings small = DemoSettings.standard(1);
        Settings defaults =
                made ? new Settings(small.features(), small.network(), small.training()) : Settings.standard("speech");
        List<Split> folds = new ArrayList<>();
        TrainPlan base = TrainPlan.of(
                arguments,
                defaults,
                (given, splits, own) -> {
                    folds.addAll(folds(given, splits, own));
                    return folds.getFirst();
                },
                console);
        StudyPlan plan = new StudyPlan(
                base.setup(), folds, strategies(arguments), losses(arguments), arguments.count("seeds", SEEDS));
        List<Cell> cells = plan.cells();
        console.log("study: " + plan.strategies().size() + " strategies, "
                + plan.losses().size() + " losses, " + folds.size() + " folds, " + plan.seeds() + " seeds: "
                + cells.size() + " cells");
        List<CellResult> results = new StudyRun(
                        plan, setup -> train(base, setup, backend), Computing.threads(arguments))
                .run(out, new Pace(console)::finished);
        Baselines baselines = baselines(base, plan);
        StudyResults study =
                StudyResults.of(plan, results, clusters(base.setup().utterances()), baselines);
        study.write(out);
        Map<String, Double> levels = levels(base.corpora(), arguments, study.majority());
        double seconds = (System.nanoTime() - start) / 1e9;
        Path page = report(arguments, base, study, levels, notes(base, baselines), backend, seconds)
                .write(out);
        print(study, levels, page, seconds, console);
        console.result(study.toJson().with("report", page.toString()));
        return DONE;
    }

    private static @Nullable Baselines baselines(TrainPlan base, StudyPlan plan) {
        FeatureCache cache = base.cache();
        return cache != null && base.setup().plan() instanceof ModelPlan model
                ? new Baselines(plan, model, cache)
                : null;
    }

    /// What a reader must know of the corpus and its folds.
    private static List<String> notes(TrainPlan base, @Nullable Baselines baselines) {
        List<String> notes = new ArrayList<>(base.corpora().notes());
        List<TextOverlap> overlaps = baselines == null ? List.of() : baselines.overlaps();
        for (int fold = 0; fold < overlaps.size(); fold++) {
            TextOverlap overlap = overlaps.get(fold);
            notes.add(String.format(
                    Locale.ROOT,
                    "fold %d: %d of %d test transcripts also occur in training, word for word",
                    fold + 1,
                    overlap.repeated(),
                    overlap.transcripts()));
        }
        return notes;
    }

    private static TrainingRun.Result train(TrainPlan base, TrainingSetup setup, Backend backend) {
        try (Workers one = new Workers(1)) {
            return base.run(setup, backend, one).run(null, false, new Trainer.Listener() {});
        }
    }

    private static void requireOurs(Path out) {
        if (Files.exists(out) && !Files.isDirectory(out)) {
            throw new BadInputException("study: --out " + out + " is a file; give a folder");
        }
        if (!TrainCommand.isEmpty(out) && !Files.exists(out.resolve("study.json"))) {
            throw new BadInputException("study: " + out + " holds something that is no study; give another folder");
        }
    }

    private static List<Split> folds(Arguments arguments, Splitter splits, List<Protocol> own) {
        String name = arguments.text("folds");
        return name == null ? List.of(splits.standard()) : splits.byName(name, own);
    }

    private static List<String> strategies(Arguments arguments) {
        List<String> asked = arguments.list("fusions");
        return asked.isEmpty() || asked.equals(List.of("all")) ? Fusions.names() : asked;
    }

    private static List<Boolean> losses(Arguments arguments) {
        List<String> asked = arguments.list("losses").isEmpty() ? LOSSES : arguments.list("losses");
        asked.forEach(loss -> TrainPlan.oneOf("--losses", loss, LOSSES));
        return asked.stream().map("perspective"::equals).distinct().toList();
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

    private static Map<String, Double> levels(CorpusSet corpora, Arguments arguments, double majority) {
        Map<String, Double> levels = new LinkedHashMap<>();
        if (corpora.embedded()
                && CorpusSet.resized(Corpora.open(arguments.required("corpus", "")), arguments)
                        instanceof EmbeddedCorpus embedded) {
            levels.put("ceiling of audio and text together", embedded.ceilings().fused());
            levels.put("ceiling of adding what each says", embedded.ceilings().additive());
            levels.put("ceiling of audio alone", embedded.ceilings().audio());
            levels.put("ceiling of text alone", embedded.ceilings().text());
        }
        levels.put("always the most frequent class (plain accuracy)", majority);
        levels.put(
                "always one class (unweighted accuracy)", 1.0 / corpora.labels().size());
        return levels;
    }

    private static StudyReport report(
            Arguments arguments,
            TrainPlan base,
            StudyResults study,
            Map<String, Double> levels,
            List<String> notes,
            Backend backend,
            double seconds) {
        String corpus = String.join(", ", arguments.texts("corpus")) + ": "
                + base.setup().utterances().size() + " utterances";
        List<Fact> facts = List.of(
                new Fact("cells", Integer.toString(study.cells().size())),
                new Fact("this sitting", String.format(Locale.ROOT, "%.0f s", seconds)));
        return new StudyReport(
                ReportFacts.run(
                        arguments,
                        base.setup().training().seed(),
                        corpus,
                        backend.description(),
                        facts,
                        base.setup().training().dishonesty()),
                base.corpora().embedded(),
                study.labels(),
                study.rows(),
                study.effects(),
                levels,
                study.plan().seeds(),
                study.plan().folds().stream().map(Split::describe).toList(),
                notes);
    }

    private static void print(
            StudyResults study, Map<String, Double> levels, Path page, double seconds, Console console) {
        Table table =
                new Table(List.of("strategy", "loss", "UA over seeds", "95 % interval", "WA", "against late-add"));
        for (StudyRow row : study.rows()) {
            StudyRow.Versus versus = row.versus();
            table.row(List.of(
                    row.strategy(),
                    row.loss(),
                    String.format(
                            Locale.ROOT, "%.3f ±%.3f", row.ua().mean(), row.ua().deviation()),
                    String.format(
                            Locale.ROOT,
                            "%.3f..%.3f",
                            row.interval().low(),
                            row.interval().high()),
                    Table.number(row.wa().mean()),
                    versus == null
                            ? ""
                            : String.format(
                                    Locale.ROOT,
                                    "%+.3f p %.3f%s",
                                    versus.comparison().difference(),
                                    versus.adjusted(),
                                    versus.shown() ? "" : " (not shown)")));
        }
        console.print(table.lines());
        console.print("");
        console.print(levels.entrySet().stream()
                .map(level -> Table.number(level.getValue()) + "  " + level.getKey())
                .collect(Collectors.joining("\n")));
        console.print("");
        console.print("report: " + page);
        console.print(String.format(Locale.ROOT, "time:   %.0f s", seconds));
    }

    /// Says how far a study is, and how long it will take.
    private static final class Pace {
        private final Console console;
        private final long start = System.nanoTime();
        private int computed;

        Pace(Console console) {
            this.console = console;
        }

        void finished(Cell cell, int done, int total, double seconds) {
            if (seconds == 0) {
                return;
            }
            computed++;
            double left = (System.nanoTime() - start) / 1e9 / computed * (total - done);
            console.log(String.format(
                    Locale.ROOT, "%d of %d: %s, %.1f s; about %.0f s left", done, total, cell.id(), seconds, left));
        }
    }
}
