package dev.parallax.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import dev.parallax.TestBackends;
import dev.parallax.audio.features.FeatureCache;
import dev.parallax.audio.features.FeatureConfig;
import dev.parallax.backend.Backend;
import dev.parallax.corpus.split.UtteranceSplitter;
import dev.parallax.corpus.synthetic.SyntheticCorpus;
import dev.parallax.corpus.synthetic.SyntheticSettings;
import dev.parallax.data.Labels;
import dev.parallax.data.Utterance;
import dev.parallax.fusion.Loss;
import dev.parallax.fusion.Modality;
import dev.parallax.fusion.Perspectives;
import dev.parallax.fusion.View;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.SafeTensors;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Model;
import dev.parallax.model.NetworkConfig;
import dev.parallax.model.StartingWeights;
import dev.parallax.model.UtteranceModelSpec;
import dev.parallax.nn.EncoderConfig;
import dev.parallax.nn.EncoderConfig.RecurrentKind;
import dev.parallax.nn.Pooling;
import dev.parallax.text.Subwords;
import dev.parallax.text.Tokenizer;
import dev.parallax.text.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A run is a function of its setup: of nothing else, and of all of it.
class TrainingRunTest {

    static final Backend BACKEND = TestBackends.all().toList().getLast();
    private static final List<Utterance> UTTERANCES =
            new SyntheticCorpus(SyntheticSettings.defaults(3).withSize(80)).utterances();
    private static final FeatureConfig FEATURES = FeatureConfig.preset("speech").withStack(8);
    static final FeatureCache CACHE = new FeatureCache(FEATURES, null, 1 << 26, line -> {});
    private static final NetworkConfig NETWORK = new NetworkConfig(
            new EncoderConfig(0, 0, RecurrentKind.LSTM, 8, 1, true, 2, 0.2, 0.1, Pooling.MEAN),
            new EncoderConfig(0, 0, RecurrentKind.NONE, 1, 1, true, 2, 0.2, 0.1, Pooling.MEAN),
            12,
            "late-add",
            64);

    @TempDir
    Path folder;

    static TrainingSetup setup(Map<String, Json> changes) {
        return setup(NETWORK, changes);
    }

    private static TrainingSetup setup(NetworkConfig network, Map<String, Json> changes) {
        JsonObject training = TrainingConfig.STANDARD.toJson().with("epochs", 3).with("shardSize", 4);
        for (Map.Entry<String, Json> change : changes.entrySet()) {
            training = training.with(change.getKey(), change.getValue());
        }
        return new TrainingSetup(
                List.of("synthetic"),
                UTTERANCES,
                new UtteranceSplitter(UTTERANCES, Map.of(), 1).given(),
                new UtteranceModelSpec(
                        Labels.of(SyntheticCorpus.LABELS),
                        FEATURES,
                        network,
                        Tokenizer.standard(),
                        Subwords.NONE,
                        Vocabulary.Limits.standard()),
                TrainingConfig.fromJson(training));
    }

    private byte[] train(String name, int threads, TrainingSetup setup) throws IOException {
        Path out = folder.resolve(name);
        try (Workers workers = new Workers(threads)) {
            TrainingRun.of(setup, CACHE, BACKEND, workers).run(out, false, new Trainer.Listener() {});
        }
        return Files.readAllBytes(out.resolve("best.safetensors"));
    }

    @Test
    void run_oneTwoOrThreeThreads_writesTheSameBytes() throws IOException {
        byte[] one = train("one", 1, setup(Map.of()));
        assertArrayEquals(one, train("two", 2, setup(Map.of())));
        assertArrayEquals(one, train("three", 3, setup(Map.of())));
    }

    @Test
    void run_otherSeed_writesAnotherModel() throws IOException {
        byte[] one = train("a", 1, setup(Map.of()));
        byte[] other = train("b", 1, setup(Map.of("seed", new Json.Whole(2))));
        assertTrue(!Arrays.equals(one, other));
    }

    /// Late add has no parameters of its own: of one step an epoch, the squares of both perspectives add up to the
    /// whole.
    @Test
    void history_gradientOfEachPerspective_addsUpToTheWhole() {
        TrainingSetup oneStep = setup(Map.of("batchSize", new Json.Whole(80), "loss", new Json.Text("fused")));
        try (Workers workers = new Workers(1)) {
            for (EpochResult epoch : TrainingRun.of(oneStep, CACHE, BACKEND, workers)
                    .run(null, false, new Trainer.Listener() {})
                    .history()) {
                double both = Math.hypot(epoch.audioGradient(), epoch.textGradient());
                assertEquals(epoch.gradientNorm(), both, 1e-6 * both);
                assertTrue(epoch.audioLogits() > 0 && epoch.textLogits() > 0);
            }
        }
    }

    /// The single loss of gated states reaches no head. Audio is given as it is, so it has no encoder that could be
    /// taught; text has one. Under the perspective loss both heads are trained.
    @Test
    void history_headThatNoLossTrains_isNotMeasured() {
        NetworkConfig gated = new NetworkConfig(
                new EncoderConfig(0, 0, RecurrentKind.NONE, 1, 1, false, 0, 0, 0, Pooling.MEAN),
                NETWORK.text(),
                12,
                "middle-gated",
                64);
        try (Workers workers = new Workers(1)) {
            EpochResult single = firstEpoch(gated, "fused", workers);
            assertTrue(Double.isNaN(single.audioGradient()), "not applicable: " + single.audioGradient());
            assertTrue(single.textGradient() > 0, "text's encoder is taught through the fusion");
            assertTrue(Double.isNaN(single.audioLogits()) && Double.isNaN(single.textLogits()), single.toString());
            EpochResult each = firstEpoch(gated, "perspective", workers);
            assertTrue(each.audioGradient() > 0 && each.textGradient() > 0, each.toString());
            assertTrue(each.audioLogits() > 0 && each.textLogits() > 0, each.toString());
        }
    }

    private static EpochResult firstEpoch(NetworkConfig network, String loss, Workers workers) {
        TrainingSetup one = setup(network, Map.of("epochs", new Json.Whole(1), "loss", new Json.Text(loss)));
        return TrainingRun.of(one, CACHE, BACKEND, workers)
                .run(null, false, new Trainer.Listener() {})
                .history()
                .getFirst();
    }

    /// The epoch with the best test score is kept, the validation part is trained on, and nothing is scaled.
    @Test
    void run_chosenOnTest_choosesByTheTestPart() {
        TrainingSetup dishonest = setup(Map.of("chosenOn", new Json.Text("test")));
        assertTrue(dishonest.split().val().isEmpty());
        assertEquals(
                setup(Map.of()).split().train().size()
                        + setup(Map.of()).split().val().size(),
                dishonest.split().train().size());
        try (Workers workers = new Workers(1)) {
            TrainingRun.Result result =
                    TrainingRun.of(dishonest, CACHE, BACKEND, workers).run(null, false, new Trainer.Listener() {});
            Scores test = Objects.requireNonNull(result.test().get(View.DECISION));
            double chosen = result.history().get(result.bestEpoch() - 1).valDecision();
            assertEquals(chosen, test.metrics().unweightedAccuracy(), 1e-12);
            assertTrue(result.validation().isEmpty());
            assertEquals(Perspectives.alike(1.0), result.model().rules().temperatures());
            assertEquals(
                    1,
                    Objects.requireNonNull(result.model().record()).dishonesty().size());
        }
    }

    /// Averaging changes the weights that are scored and kept, and nothing of the steps.
    @Test
    void run_averagedWeights_trainsTheSameAndKeepsOthers() {
        try (Workers workers = new Workers(2)) {
            TrainingSetup averaged = setup(Map.of("averaging", new Json.Real(0.9)));
            List<EpochResult> with = TrainingRun.of(averaged, CACHE, BACKEND, workers)
                    .run(null, false, new Trainer.Listener() {})
                    .history();
            List<EpochResult> without = TrainingRun.of(setup(Map.of()), CACHE, BACKEND, workers)
                    .run(null, false, new Trainer.Listener() {})
                    .history();
            assertEquals(
                    without.stream().map(EpochResult::trainLoss).toList(),
                    with.stream().map(EpochResult::trainLoss).toList());
            assertNotEquals(without.getFirst().valLoss(), with.getFirst().valLoss());
        }
    }

    /// Thrown where a user would have pressed Ctrl-C.
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /// Under `alone-first` it stops in the epoch after the one with which the fusion begins to learn. Under the
    /// single loss the weights are averaged.
    @ParameterizedTest
    @EnumSource
    void run_stoppedAndResumed_equalsNeverStopped(Loss loss) throws IOException {
        TrainingSetup setup = setup(
                Map.of("loss", new Json.Text(loss.word()), "averaging", new Json.Real(loss == Loss.FUSED ? 0.9 : 0)));
        assertResumes(setup);
    }

    @Test
    void run_frozenEncoderStoppedAndResumed_equalsNeverStopped() throws IOException {
        train("start", 2, setup(Map.of()));
        EmotionModel start = (EmotionModel) Model.load(folder.resolve("start/best.safetensors"), BACKEND);
        TrainingSetup plain = setup(Map.of("averaging", new Json.Real(0.9)));
        assertResumes(new TrainingSetup(
                plain.corpora(),
                plain.utterances(),
                plain.split(),
                plain.plan(),
                plain.training(),
                new StartingWeights(null, start, Set.of(Modality.AUDIO)),
                null));
        start.close();
    }

    private void assertResumes(TrainingSetup setup) throws IOException {
        byte[] whole = train("whole", 2, setup);
        Path out = folder.resolve("stopped");
        try (Workers workers = new Workers(2)) {
            TrainingRun run = TrainingRun.of(setup, CACHE, BACKEND, workers);
            try {
                run.run(out, false, new Trainer.Listener() {
                    @Override
                    public void stepEnded(int epoch, int step, int steps) {
                        if (epoch == 3 && step == 2) {
                            throw new Stopped();
                        }
                    }
                });
            } catch (Stopped expected) {
                assertTrue(Files.exists(out.resolve("last.safetensors")));
            }
            run.run(out, true, new Trainer.Listener() {});
        }
        assertArrayEquals(whole, Files.readAllBytes(out.resolve("best.safetensors")));
        assertEquals(4, Files.readAllLines(out.resolve("metrics.csv")).size());
    }

    @Test
    void run_resumedWithOtherSettings_isRefused() throws IOException {
        train("run", 1, setup(Map.of()));
        try (Workers workers = new Workers(1)) {
            TrainingRun other = TrainingRun.of(setup(Map.of("beta", new Json.Real(0.5))), CACHE, BACKEND, workers);
            String message = Refusal.of(() -> other.run(folder.resolve("run"), true, new Trainer.Listener() {}));
            assertTrue(message.contains("other settings or data"), message);
        }
    }

    /// The first format has no number.
    @Test
    void run_resumedFromAFormerVersion_isRefused() throws IOException {
        train("run", 1, setup(Map.of()));
        Path last = folder.resolve("run/last.safetensors");
        SafeTensors.Builder former = new SafeTensors.Builder().floats("weights", new int[] {1}, new float[1]);
        SafeTensors.read(last)
                .metadata()
                .forEach((key, value) -> former.metadata(key, value.replace("\"format\":2,", "")));
        former.write(last);
        try (Workers workers = new Workers(1)) {
            TrainingRun again = TrainingRun.of(setup(Map.of()), CACHE, BACKEND, workers);
            String message = Refusal.of(() -> again.run(folder.resolve("run"), true, new Trainer.Listener() {}));
            assertTrue(message.contains("by another version of Parallax"), message);
        }
    }

    /// Former versions also wrote what belongs to fixed parameters.
    @Test
    void run_resumedWithMoreValuesThanMove_isRefusedInOneLine() throws IOException {
        train("run", 1, setup(Map.of()));
        Path last = folder.resolve("run/last.safetensors");
        SafeTensors saved = SafeTensors.read(last);
        int moving = saved.floats("training.best").length;
        SafeTensors.Builder former = new SafeTensors.Builder();
        saved.metadata().forEach((key, value) -> {
            if (!key.equals(SafeTensors.CHECKSUM)) {
                former.metadata(key, value);
            }
        });
        for (String name : saved.names()) {
            switch (saved.dtype(name)) {
                case "U8" -> former.bytes(name, saved.shape(name), saved.bytes(name));
                case "I32" -> former.ints(name, saved.shape(name), saved.ints(name));
                default -> {
                    float[] values = saved.floats(name);
                    boolean longer = name.equals("training.best");
                    former.floats(
                            name,
                            longer ? new int[] {moving + 5} : saved.shape(name),
                            longer ? Arrays.copyOf(values, moving + 5) : values);
                }
            }
        }
        former.write(last);
        try (Workers workers = new Workers(1)) {
            TrainingRun again = TrainingRun.of(setup(Map.of()), CACHE, BACKEND, workers);
            String message = Refusal.of(() -> again.run(folder.resolve("run"), true, new Trainer.Listener() {}));
            assertEquals(
                    last + ": training.best has " + (moving + 5) + " values where training moves " + moving
                            + "; a former version of Parallax also wrote those of fixed parameters: train anew, into"
                            + " another folder",
                    message);
        }
    }

    @Test
    void run_folderNotEmpty_isRefusedAndLosesNothing() throws IOException {
        byte[] before = train("run", 1, setup(Map.of()));
        try (Workers workers = new Workers(1)) {
            TrainingRun again = TrainingRun.of(setup(Map.of()), CACHE, BACKEND, workers);
            String message = Refusal.of(() -> again.run(folder.resolve("run"), false, new Trainer.Listener() {}));
            assertTrue(message.contains("‹resume›"), message);
        }
        assertArrayEquals(before, Files.readAllBytes(folder.resolve("run").resolve("best.safetensors")));
    }

    @Test
    void run_testPart_isScoredFromAllViewsAndChoosesNothing() {
        try (Workers workers = new Workers(2)) {
            TrainingRun.Result result = TrainingRun.of(setup(Map.of()), CACHE, BACKEND, workers)
                    .run(null, false, new Trainer.Listener() {});
            assertEquals(4, result.test().size());
            assertEquals(4, result.validation().size());
            assertEquals(3, result.history().size());
            Scores decision = Objects.requireNonNull(result.test().get(View.DECISION));
            assertEquals(
                    setup(Map.of()).split().test().size(),
                    decision.metrics().confusion().total());
        }
    }
}
