package dev.parallax.study;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.BadInputException;
import dev.parallax.Refusal;
import dev.parallax.TestBackends;
import dev.parallax.audio.features.Cmvn;
import dev.parallax.audio.features.FeatureCache;
import dev.parallax.audio.features.FeatureConfig;
import dev.parallax.corpus.split.Part;
import dev.parallax.corpus.split.Split;
import dev.parallax.corpus.split.UtteranceSplitter;
import dev.parallax.corpus.synthetic.SyntheticCorpus;
import dev.parallax.corpus.synthetic.SyntheticSettings;
import dev.parallax.data.Labels;
import dev.parallax.data.Utterance;
import dev.parallax.fusion.Loss;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.RecordJson;
import dev.parallax.model.EpochChoice;
import dev.parallax.model.NetworkConfig;
import dev.parallax.model.RunRecord;
import dev.parallax.model.UtteranceModelSpec;
import dev.parallax.nn.EncoderConfig;
import dev.parallax.nn.EncoderConfig.RecurrentKind;
import dev.parallax.nn.Pooling;
import dev.parallax.report.study.GroupFindings;
import dev.parallax.report.study.LossChoice;
import dev.parallax.report.study.StudyFindings;
import dev.parallax.report.study.StudyRow;
import dev.parallax.text.Subwords;
import dev.parallax.text.Tokenizer;
import dev.parallax.text.Vocabulary;
import dev.parallax.train.Trainer;
import dev.parallax.train.TrainingConfig;
import dev.parallax.train.TrainingRun;
import dev.parallax.train.TrainingSetup;
import dev.parallax.train.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A study's results are a function of its plan, for any number of threads and however often it was stopped.
class StudyTest {

    private static final List<Utterance> UTTERANCES =
            new SyntheticCorpus(SyntheticSettings.defaults(3).withSize(80)).utterances();
    private static final Map<String, String> SPEAKERS = UTTERANCES.stream()
            .collect(Collectors.toMap(Utterance::id, utterance -> Objects.requireNonNull(utterance.speaker())));
    private static final FeatureConfig FEATURES = FeatureConfig.preset("speech").withStack(8);
    private static final FeatureCache CACHE = new FeatureCache(FEATURES, null, 1 << 26, line -> {});
    private static final NetworkConfig NETWORK = new NetworkConfig(
            new EncoderConfig(0, 0, RecurrentKind.LSTM, 4, 1, true, 2, 0.1, 0, Pooling.MEAN),
            new EncoderConfig(0, 0, RecurrentKind.NONE, 1, 1, true, 2, 0.1, 0, Pooling.MEAN),
            8,
            "late-add",
            8);

    @TempDir
    Path folder;

    private static StudyDesign plan(List<String> strategies, int seeds) {
        Split split = new UtteranceSplitter(UTTERANCES, Map.of(), 1).given();
        TrainingConfig training = TrainingConfig.fromJson(
                TrainingConfig.STANDARD.toJson().with("epochs", 2).with("learningRate", 0.01));
        TrainingSetup base = new TrainingSetup(
                List.of("synthetic"),
                UTTERANCES,
                split,
                new UtteranceModelSpec(
                        Labels.of(SyntheticCorpus.LABELS),
                        FEATURES,
                        NETWORK,
                        Tokenizer.standard(),
                        Subwords.NONE,
                        Vocabulary.Limits.standard()),
                training);
        return plan(base, List.of(split), strategies, seeds);
    }

    private static StudyDesign plan(TrainingSetup base, List<Split> folds, List<String> strategies, int seeds) {
        Variant as = new Variant("", base.plan(), base.training());
        return plan(base, folds, strategies, List.of(Loss.FUSED, Loss.PERSPECTIVE), seeds, List.of(as));
    }

    private static StudyDesign plan(
            TrainingSetup base,
            List<Split> folds,
            List<String> strategies,
            List<Loss> losses,
            int seeds,
            List<Variant> variants) {
        return new StudyDesign(base, folds, strategies, losses, seeds, variants, List.of(), true);
    }

    /// A start that knew the test part is said in the results of a study as in those of one training.
    @Test
    void setup_baseWhoseStartKnewTheTestPart_keepsAndSaysIt() {
        StudyDesign plain = plan(List.of("late-add"), 1);
        StudyDesign design =
                plan(RecordJson.with(plain.base(), "testSeen", 3), plain.folds(), plain.strategies(), plain.seeds());
        for (Cell cell : design.cells()) {
            TrainingSetup setup = design.setup(cell, design.variants().getFirst());
            assertEquals(3, setup.testSeen(), cell.id());
        }
        String line = design.base().dishonesty().getFirst();
        assertTrue(line.startsWith("NOT A TEST: ") && line.contains(" chosen by 3 utterances of"), line);
        assertEquals(List.of(), plain.base().dishonesty());
    }

    private static final StudyRun.Training TRAINING = new StudyRun.Training() {
        @Override
        public TrainingRun.Result run(TrainingSetup setup) {
            try (Workers one = new Workers(1)) {
                return TrainingRun.of(setup, CACHE, TestBackends.all().toList().getLast(), one)
                        .run(null, false, new Trainer.Listener() {});
            }
        }

        @Override
        public List<Utterance> vectors(TrainingSetup setup, Path file) {
            throw new AssertionError("single utterances need no first stage");
        }
    };

    private StudyResults run(String name, StudyDesign plan, int threads, List<String> log) {
        return run(name, plan, threads, Map.of(), log);
    }

    private StudyResults run(
            String name, StudyDesign plan, int threads, Map<String, Map<String, String>> groups, List<String> log) {
        List<CellResult> cells = new StudyRun(plan, TRAINING, threads)
                .run(folder.resolve(name), (cell, done, total, seconds, left) -> {
                    if (seconds > 0) {
                        log.add(cell.id());
                    }
                });
        try (Workers workers = new Workers(threads)) {
            StudyResults results = StudyResults.of(
                    plan,
                    cells,
                    folder.resolve(name),
                    SPEAKERS,
                    groups,
                    baselines(plan, BaselineChoice.LINEAR, workers, (done, total) -> {}),
                    workers);
            results.write(folder.resolve(name), results.toJson());
            return results;
        }
    }

    private static Baselines baselines(
            StudyDesign plan, BaselineChoice choice, Workers workers, Baselines.Listener listener) {
        UtteranceModelSpec single = (UtteranceModelSpec) plan.base().plan();
        return new Baselines(plan, single, CACHE, choice, workers, listener);
    }

    @Test
    void dishonesty_oneOfTheSettingsTried_isSaid() {
        StudyDesign plain = plan(List.of("late-add"), 1);
        Variant given = plain.variants().getFirst();
        Variant onTest = new Variant(
                "training.chosenOn=test", given.plan(), given.training().with("chosenOn", EpochChoice.TEST));
        StudyDesign tried =
                plan(plain.base(), plain.folds(), plain.strategies(), plain.losses(), 1, List.of(given, onTest));
        assertEquals(List.of(), plain.dishonesty());
        assertEquals(List.of(RunRecord.CHOSEN_ON_TEST), tried.dishonesty());
    }

    /// What networks are trained on, they know: also a validation part that does not choose.
    @Test
    void overlap_validationPartIsTrainedOn_countsItsSentences() {
        StudyDesign plain = plan(List.of("late-add"), 1);
        Split fold = plain.folds().getFirst();
        String said = fold.select(Part.TEST, UTTERANCES).getFirst().text();
        String validating = fold.val().getFirst().id();
        List<Utterance> alike = UTTERANCES.stream()
                .map(one -> one.id().equals(validating)
                        ? new Utterance(one.id(), one.audio(), said, one.emotion(), one.origin())
                        : one)
                .toList();
        TrainingSetup chosen = RecordJson.with(plain.base(), "utterances", alike);
        TrainingSetup last =
                RecordJson.with(chosen, "training", chosen.training().with("chosenOn", EpochChoice.NOTHING));
        assertEquals(0, repeated(plan(chosen, plain.folds(), plain.strategies(), 1)));
        StudyDesign unvalidated = plan(last, plain.folds(), plain.strategies(), 1);
        assertEquals(1, repeated(unvalidated));
        Split trained = unvalidated.trainedFolds().getFirst();
        assertEquals(fold.train().size() + fold.val().size(), trained.train().size());
        assertEquals(List.of(), trained.val());
    }

    @Test
    void complete_foldWithoutAPart_isRefused() {
        Split whole = plan(List.of(), 1).folds().getFirst();
        assertEquals(List.of(whole), StudyDesign.complete(List.of(whole)));
        assertEquals(
                "study: fold \"given by the corpus\" has no test part, and a study needs one; choose other ‹folds›, or"
                        + " give more utterances",
                Refusal.of(() -> StudyDesign.complete(List.of(whole, whole.withoutTest()))));
    }

    private static int repeated(StudyDesign design) {
        try (Workers one = new Workers(1)) {
            return baselines(design, BaselineChoice.NONE, one, (done, total) -> {})
                    .overlap()
                    .repeated();
        }
    }

    /// Each linear model is told of, once.
    @Test
    void answers_eachChoice_hasItsModels() {
        StudyDesign plan = plan(List.of("late-add"), 1);
        List<String> told = new ArrayList<>();
        Map<BaselineChoice, Integer> models =
                Map.of(BaselineChoice.NONE, 0, BaselineChoice.MAJORITY, 1, BaselineChoice.LINEAR, 3);
        try (Workers workers = new Workers(2)) {
            for (BaselineChoice choice : BaselineChoice.values()) {
                List<String> names =
                        baselines(plan, choice, workers, (done, total) -> told.add(done + "/" + total))
                                .answers()
                                .stream()
                                .map(Baselines.Answers::name)
                                .toList();
                assertEquals(
                        List.of("most frequent class", "linear, audio", "linear, text")
                                .subList(0, models.getOrDefault(choice, -1)),
                        names);
            }
        }
        assertEquals(List.of("1/2", "2/2"), told);
    }

    /// A cell that fails, such as on a full disk, ends the study with its message; no other cell is begun.
    @Test
    void run_cellThatFails_endsTheStudy() {
        List<TrainingSetup> begun = new ArrayList<>();
        StudyRun.Training failing = new StudyRun.Training() {
            @Override
            public TrainingRun.Result run(TrainingSetup setup) {
                begun.add(setup);
                throw new BadInputException("cells/a.json: cannot be written: No space left on device");
            }

            @Override
            public List<Utterance> vectors(TrainingSetup setup, Path file) {
                throw new AssertionError("single utterances need no first stage");
            }
        };
        StudyDesign plan = plan(List.of("late-add"), 2);
        String said = Refusal.of(() ->
                new StudyRun(plan, failing, 1).run(folder.resolve("full"), (cell, done, total, seconds, left) -> {}));
        assertEquals("cells/a.json: cannot be written: No space left on device", said);
        assertEquals(1, begun.size());
    }

    @Test
    void run_onACluster_writesTheSameResults() throws IOException {
        StudyDesign plan = plan(List.of("late-add"), 2);
        run("alone", plan, 1, new ArrayList<>());
        List<String> told = new ArrayList<>();
        StudyRun.Cluster cluster = (cells, finished) -> {
            for (String id : cells.reversed()) {
                FinishedCell cell =
                        new StudyRun(plan, TRAINING, 1).compute(folder.resolve("worker" + id.length() % 2), id);
                finished.accept(cell);
                finished.accept(cell); // a slower copy of the same task
            }
        };
        Path out = folder.resolve("cluster");
        List<CellResult> cells = new StudyRun(plan, TRAINING, 1)
                .run(out, (cell, done, total, seconds, left) -> told.add(done + " of " + total), cluster);
        assertEquals(plan.cells().size(), told.size());
        assertEquals(told.size() + " of " + told.size(), told.getLast());
        assertEquals(plan.cells(), cells.stream().map(CellResult::cell).toList());
        for (Cell cell : plan.cells()) {
            assertArrayEquals(
                    Files.readAllBytes(CellResult.file(folder.resolve("alone"), cell)),
                    Files.readAllBytes(CellResult.file(out, cell)),
                    cell.id());
        }
        StudyRun.Cluster none = (missing, finished) -> {
            throw new AssertionError("nothing is missing, and " + missing + " is asked for");
        };
        new StudyRun(plan, TRAINING, 1).run(out, (cell, done, total, seconds, left) -> {}, none);
    }

    @Test
    void run_stoppedAndOnOtherThreads_writesTheSameResults() throws IOException {
        StudyDesign plan = plan(List.of("late-add", "middle-gated"), 2);
        List<String> computed = new ArrayList<>();
        StudyResults results = run("whole", plan, 1, computed);
        assertEquals(2 * (2 + 2 * 2), computed.size());
        assertEquals(computed.size(), results.cells().size());

        run("stopped", plan, 2, new ArrayList<>());
        Path lost = CellResult.file(folder.resolve("stopped"), plan.cells().get(3));
        Files.delete(lost);
        List<String> again = new ArrayList<>();
        run("stopped", plan, 2, again);
        assertEquals(List.of(plan.cells().get(3).id()), again);
        for (String file : List.of("results.json", "results.csv")) {
            assertArrayEquals(
                    Files.readAllBytes(folder.resolve("whole").resolve(file)),
                    Files.readAllBytes(folder.resolve("stopped").resolve(file)),
                    file);
        }
        JsonObject times = Json.parseObject(folder.resolve("stopped").resolve("timing.json"));
        assertEquals(computed.size(), times.fields().size());
    }

    @Test
    void rows_everyWayToDecide_hasOneAndScoresLieInRange() {
        StudyDesign plan = plan(List.of("late-add", "late-concat"), 1);
        StudyResults results = run("rows", plan, 2, new ArrayList<>());
        List<String> names = results.findings().rows().stream()
                .map(row -> row.strategy() + " " + row.loss().word())
                .toList();
        assertEquals(
                List.of(
                        "most frequent class -",
                        "linear, audio -",
                        "linear, text -",
                        "audio -",
                        "text -",
                        "late-add fused",
                        "late-concat fused",
                        "late-add perspective",
                        "late-concat perspective",
                        "decision-mean -",
                        "decision-product -",
                        "decision-stack -"),
                names);
        for (StudyRow row : results.findings().rows()) {
            assertTrue(row.ua().mean() >= 0 && row.ua().mean() <= 1, row.toString());
            assertTrue(row.interval().low() <= row.interval().estimate(), row.toString());
            boolean baseline =
                    row.strategy().startsWith("linear") || row.strategy().startsWith("most");
            boolean decision = row.strategy().startsWith("decision-");
            assertEquals(!baseline && !row.strategy().equals("late-add"), row.versus() != null, row.toString());
            assertEquals(row.loss() == LossChoice.PERSPECTIVE || decision, row.agreement() != null, row.toString());
            assertEquals(baseline, row.after() == null, row.toString());
        }
        assertEquals(List.of("late-add, perspective loss", "late-concat, perspective loss"), effects(results));
        assertNotNull(results.findings().gap());
        List<StudyRow> networks =
                results.findings().rows().stream().filter(Tables::isNetwork).toList();
        assertEquals(
                List.of(
                        "audio",
                        "text",
                        "late-add, single loss",
                        "late-concat, single loss",
                        "late-add, perspective loss",
                        "late-concat, perspective loss"),
                networks.stream().map(StudyRow::title).toList());
        String lead = Objects.requireNonNull(results.findings().lead()).network();
        assertTrue(networks.stream().anyMatch(row -> row.title().equals(lead)), lead);
    }

    private static List<String> effects(StudyResults results) {
        return results.findings().effects().stream()
                .map(StudyFindings.LossEffect::title)
                .toList();
    }

    /// Every difference is that of two numbers of the table, and every mean lies in its interval.
    @Test
    void rows_differences_areThoseOfTwoMeansOfTheTable() {
        StudyResults results = run("truth", plan(List.of("late-add", "late-concat"), 3), 2, new ArrayList<>());
        Map<String, Double> means = results.findings().rows().stream()
                .collect(Collectors.toMap(StudyRow::title, row -> row.ua().mean()));
        int compared = 0;
        for (StudyRow row : results.findings().rows()) {
            double mean = row.ua().mean();
            assertEquals(mean, row.interval().estimate(), 1e-12, row.title());
            assertTrue(row.interval().low() <= mean && mean <= row.interval().high(), row.toString());
            assertEquals(row.isBaseline(), row.averaged() == null, row.title());
            StudyRow.Versus versus = row.versus();
            if (versus != null) {
                double reference = Objects.requireNonNull(means.get(versus.with()));
                assertEquals(mean - reference, versus.comparison().difference(), 1e-12, row.title());
                assertEquals(mean - reference, versus.interval().estimate(), 1e-12, row.title());
                compared++;
            }
        }
        assertEquals(2 + 2 + 3, compared);
        for (StudyFindings.LossEffect effect : results.findings().effects()) {
            double single = Objects.requireNonNull(means.get(effect.versus().with()));
            double other = Objects.requireNonNull(means.get(effect.title()));
            assertEquals(other - single, effect.versus().comparison().difference(), 1e-12, effect.title());
        }
        StudyFindings.LinearLead lead =
                Objects.requireNonNull(results.findings().lead());
        assertEquals(
                Objects.requireNonNull(means.get(lead.linear())),
                lead.versus().comparison().first(),
                1e-12);
        assertEquals(
                Objects.requireNonNull(means.get(lead.network())),
                lead.versus().comparison().second(),
                1e-12);
    }

    /// What a system could have shown against itself means nothing: there is no spread to go by.
    @Test
    void family_systemAgainstItself_hasNoPower() {
        StudyDesign plan = plan(List.of("late-add"), 1);
        PooledCells pools =
                new PooledCells(plan, run("same", plan, 1, new ArrayList<>()).cells());
        try (Workers one = new Workers(1)) {
            Tables tables = new Tables(plan, pools, SPEAKERS, List.of(), one);
            PooledAnswers same = pools.decisions("late-add", Loss.FUSED);
            StudyRow.Versus versus = tables.family(List.of(new Tables.Pair("late-add", same, same)))
                    .getFirst();
            assertEquals(0, versus.comparison().difference());
            assertEquals(1, versus.adjusted());
            assertNull(versus.power());
            assertTrue(versus.sameRightAnswers());
        }
    }

    /// Where each cluster holds a whole class, recalls do not vary over clusters; that is no sign of equal answers.
    @Test
    void family_classesInOneClusterEach_hasNoPowerButDiffers() {
        StudyDesign plan = plan(List.of("late-add"), 1);
        PooledCells pools =
                new PooledCells(plan, run("whole", plan, 1, new ArrayList<>()).cells());
        Map<String, String> byClass = UTTERANCES.stream()
                .collect(Collectors.toMap(Utterance::id, utterance -> Objects.requireNonNull(utterance.emotion())));
        try (Workers one = new Workers(1)) {
            Tables tables = new Tables(plan, pools, byClass, List.of(), one);
            PooledAnswers fused = pools.decisions("late-add", Loss.FUSED);
            PooledAnswers audio = pools.decisions("audio", Loss.FUSED);
            StudyRow.Versus versus = tables.family(List.of(new Tables.Pair("audio", fused, audio)))
                    .getFirst();
            assertTrue(versus.comparison().differing() > 0, "they answer differently");
            assertNull(versus.power());
            assertFalse(versus.sameRightAnswers());
        }
    }

    /// One group of all utterances has the scores and differences of the whole table; two groups have those of their
    /// own utterances.
    @Test
    void groups_ofAllUtterances_areTheWholeTable() {
        Map<String, String> all = new HashMap<>();
        Map<String, String> emotions = new HashMap<>();
        for (Utterance utterance : UTTERANCES) {
            all.put(utterance.id(), "everyone");
            emotions.put(utterance.id(), Objects.requireNonNull(utterance.emotion()));
        }
        StudyDesign plan = plan(List.of("late-add", "late-concat"), 2);
        Map<String, Map<String, String>> named = new LinkedHashMap<>();
        named.put("all", all);
        named.put("emotion", emotions);
        StudyResults results = run("groups", plan, 2, named, new ArrayList<>());
        GroupFindings whole = results.findings().groups().getFirst();
        for (StudyRow row : results.findings().rows()) {
            GroupFindings.Row grouped = whole.row(row.title(), "everyone");
            assertEquals(row.utterances(), grouped.utterances());
            assertEquals(row.ua().mean(), grouped.unweightedAccuracy(), 1e-12, row.title());
            assertEquals(row.versus(), grouped.reference(), row.title());
        }
        for (StudyFindings.LossEffect effect : results.findings().effects()) {
            assertEquals(effect.versus(), whole.row(effect.title(), "everyone").single());
        }
        GroupFindings byEmotion = results.findings().groups().getLast();
        assertEquals(Set.copyOf(SyntheticCorpus.LABELS), Set.copyOf(byEmotion.groups()));
        for (StudyRow row : results.findings().rows()) { // a group of one class has that class's recall
            double recalls = byEmotion.groups().stream()
                    .mapToDouble(emotion -> byEmotion.row(row.title(), emotion).unweightedAccuracy())
                    .average()
                    .orElseThrow();
            assertEquals(row.ua().mean(), recalls, 1e-12, row.title());
        }
        assertTrue(results.toJson().has("groups"));
    }

    @Test
    void rows_everyLoss_isComparedWithTheSingleLoss() {
        StudyDesign usual = plan(List.of("late-add"), 1);
        StudyDesign plan =
                plan(usual.base(), usual.folds(), usual.strategies(), List.of(Loss.values()), 1, usual.variants());
        StudyResults results = run("losses", plan, 2, new ArrayList<>());
        assertEquals(
                List.of("fused", "perspective", "modulated", "alone-first", "modality-dropout"),
                results.findings().rows().stream()
                        .filter(row -> row.strategy().equals("late-add"))
                        .map(row -> row.loss().word())
                        .toList());
        assertEquals(
                List.of(
                        "late-add, perspective loss",
                        "late-add, modulated loss",
                        "late-add, alone-first loss",
                        "late-add, modality-dropout loss"),
                effects(results));
        String message = Refusal.of(
                () -> plan(plan.base(), plan.folds(), List.of("early-concat"), plan.losses(), 1, plan.variants()));
        assertTrue(message.startsWith("training: fusion early-concat fuses the inputs"), message);
    }

    /// Other settings, other features, and other emotions of the same recordings.
    @Test
    void run_folderOfAnotherStudy_isRefused() {
        StudyDesign plan = plan(List.of("late-add"), 1);
        run("study", plan, 1, new ArrayList<>());
        UtteranceModelSpec model = (UtteranceModelSpec) plan.base().plan();
        TrainingConfig training =
                TrainingConfig.fromJson(plan.base().training().toJson().with("learningRate", 0.02));
        UtteranceModelSpec smoothed = new UtteranceModelSpec(
                model.labels(),
                FEATURES.edit().cmvn(Cmvn.NONE).build(),
                model.network(),
                model.tokenizer(),
                model.subwords(),
                model.vocabulary());
        List<Utterance> relabelled = new ArrayList<>(UTTERANCES);
        relabelled.replaceAll(one -> one.withEmotion(SyntheticCorpus.LABELS.getFirst()));
        assertRefused(plan, UTTERANCES, model, training);
        assertRefused(plan, UTTERANCES, smoothed, plan.base().training());
        assertRefused(plan, relabelled, model, plan.base().training());
    }

    private void assertRefused(
            StudyDesign plan, List<Utterance> utterances, UtteranceModelSpec model, TrainingConfig training) {
        TrainingSetup base = new TrainingSetup(
                plan.base().corpora(), utterances, plan.folds().getFirst(), model, training);
        StudyDesign other = plan(base, plan.folds(), plan.strategies(), 1);
        String message = Refusal.of(() -> run("study", other, 1, new ArrayList<>()));
        assertTrue(message.contains("holds a study of other data, folds or settings"), message);
    }

    @Test
    void plan_nothingToFuse_isRefused() {
        StudyDesign whole = plan(List.of("late-add"), 1);
        TrainingSetup audio = new TrainingSetup(
                List.of("synthetic"),
                UTTERANCES,
                whole.folds().getFirst(),
                whole.base().plan().withNetwork(NETWORK.withModalities(true, false)),
                whole.base().training());
        String message = Refusal.of(() -> plan(audio, whole.folds(), List.of("late-add"), 1));
        assertTrue(message.contains("only audio is read"), message);
        assertTrue(Refusal.of(() -> plan(List.of("late-ad"), 1)).contains("late-add"));
    }
}
