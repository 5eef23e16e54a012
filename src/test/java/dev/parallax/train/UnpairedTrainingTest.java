package dev.parallax.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import dev.parallax.TestBackends;
import dev.parallax.audio.Audio;
import dev.parallax.audio.features.FeatureCache;
import dev.parallax.audio.features.FeatureConfig;
import dev.parallax.backend.Backend;
import dev.parallax.corpus.split.UtteranceSplitter;
import dev.parallax.corpus.synthetic.SyntheticCorpus;
import dev.parallax.corpus.synthetic.SyntheticSettings;
import dev.parallax.data.Labels;
import dev.parallax.data.Utterance;
import dev.parallax.fusion.View;
import dev.parallax.io.JsonObject;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.NetworkConfig;
import dev.parallax.model.UtteranceModelSpec;
import dev.parallax.model.answer.UnpairedFusion;
import dev.parallax.nn.EncoderConfig;
import dev.parallax.nn.EncoderConfig.RecurrentKind;
import dev.parallax.nn.Pooling;
import dev.parallax.text.Subwords;
import dev.parallax.text.Tokenizer;
import dev.parallax.text.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Corpora that were never recorded together train one model.
class UnpairedTrainingTest {

    private static final Backend BACKEND = TestBackends.all().toList().getLast();
    private static final Labels LABELS = Labels.of(SyntheticCorpus.LABELS);
    private static final FeatureConfig FEATURES = FeatureConfig.preset("speech").withStack(8);
    private static final FeatureCache CACHE = new FeatureCache(FEATURES, null, 1 << 26, line -> {});
    private static final EncoderConfig LISTENER =
            new EncoderConfig(0, 0, RecurrentKind.LSTM, 8, 1, true, 2, 0.2, 0.1, Pooling.MEAN);
    private static final EncoderConfig READER =
            new EncoderConfig(0, 0, RecurrentKind.NONE, 1, 1, true, 2, 0.2, 0.1, Pooling.MEAN);

    private static final List<Utterance> SOUNDS = corpus(3, 80, "sounds1/", true);
    private static final List<Utterance> WORDS = corpus(4, 200, "words2/", false);

    @TempDir
    Path folder;

    /// The synthetic corpus with one modality taken away.
    private static List<Utterance> corpus(long seed, int size, String name, boolean audio) {
        return new SyntheticCorpus(SyntheticSettings.defaults(seed).withSize(size))
                .utterances().stream()
                        .map(utterance -> new Utterance(
                                name + utterance.id(),
                                audio ? utterance.audio() : null,
                                audio ? null : utterance.text(),
                                utterance.emotion(),
                                utterance.origin().prefixed(name)))
                        .toList();
    }

    private static TrainingSetup setup(List<Utterance> utterances, String fusion, JsonObject training) {
        boolean sounds = utterances.stream().anyMatch(utterance -> utterance.audio() != null);
        boolean words = utterances.stream().anyMatch(utterance -> utterance.text() != null);
        NetworkConfig network = new NetworkConfig(LISTENER, READER, 12, fusion, 64).withModalities(sounds, words);
        return new TrainingSetup(
                List.of("sounds", "words"),
                utterances,
                new UtteranceSplitter(utterances, Map.of(), 1).given(),
                new UtteranceModelSpec(
                        LABELS, FEATURES, network, Tokenizer.standard(), Subwords.NONE, Vocabulary.Limits.standard()),
                TrainingConfig.fromJson(training));
    }

    private static JsonObject training() {
        return TrainingConfig.STANDARD
                .toJson()
                .with("epochs", 5)
                .with("patience", 5)
                .with("batchSize", 8)
                .with("shardSize", 4)
                .with("learningRate", 0.01);
    }

    private static List<Utterance> both() {
        return Stream.concat(SOUNDS.stream(), WORDS.stream()).toList();
    }

    private TrainingRun.Result train(String name, int threads, TrainingSetup setup) {
        try (Workers workers = new Workers(threads)) {
            return TrainingRun.of(setup, CACHE, BACKEND, workers)
                    .run(folder.resolve(name), false, new Trainer.Listener() {});
        }
    }

    /// The perspectives are taught in turn, in batches of their own, and neither knows of the other. The losses
    /// are sums: a mean over batches of twice the size halves the gradients, which Adam divides out but for its
    /// epsilon.
    @Test
    void run_unpaired_perspectiveOfAudioIsThatOfAModelOfAudioAlone() {
        JsonObject half = training()
                .with("reduction", "sum")
                .with("batchSize", 4)
                .with("epochs", 1)
                .with("draws", 160);
        Outputs alone =
                train("alone", 1, setup(SOUNDS, "late-add", half)).unseen().outputs();
        Outputs together = train("both", 1, setup(both(), "late-add", half.with("batchSize", 8)))
                .unseen()
                .outputs();
        int[] members = together.members(View.AUDIO);
        assertEquals(alone.members(View.AUDIO).length, members.length);
        for (int i = 0; i < members.length; i++) {
            assertArrayEquals(alone.rows(View.AUDIO)[i], together.rows(View.AUDIO)[i], "utterance " + i);
        }
    }

    @Test
    void run_unpaired_eachPerspectiveHasItsOwnBestEpoch() {
        TrainingRun.Result result = train("run", 2, setup(both(), "late-add", training()));
        assertEquals(
                List.of(View.AUDIO, View.TEXT), List.copyOf(result.bestEpochs().keySet()));
        result.bestEpochs().forEach((view, epoch) -> {
            EpochScore chosen = result.history().get(epoch - 1).score(view);
            assertTrue(
                    result.history().stream()
                            .noneMatch(other -> other.score(view).isBetterThan(chosen)),
                    view + " " + epoch);
            Scores kept = Scores.of(result.chosenBy().outputs(), view, 1);
            assertNotNull(kept);
            double accuracy = view == View.AUDIO
                    ? result.history().get(epoch - 1).valAudio()
                    : result.history().get(epoch - 1).valText();
            assertEquals(accuracy, kept.metrics().unweightedAccuracy(), 1e-12);
        });
    }

    /// p = softmax(log prior + l_audio / 2 + l_text / 2), l_m = log softmax(z_m / T_m) - log prior_m, in doubles.
    @Test
    void predict_bothModalities_isTheFormulaOfTheFusion() {
        TrainingRun.Result result =
                train("run", 1, setup(both(), "late-add", training().with("balance", 0.5)));
        EmotionModel model = (EmotionModel) result.model();
        UnpairedFusion fusion = model.rules().unpaired();
        assertNotNull(fusion);
        String text = WORDS.getFirst().text();
        assertNotNull(text);
        float[] noise = new float[16_000];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) Math.sin(i * 0.05 * (1 + 0.3 * Math.sin(i * 0.001)));
        }
        var said = model.predict(new Audio(noise, 16_000), text);
        assertNotNull(said.fused());
        assertNotNull(said.audio());
        assertNotNull(said.text());
        double[] logits = new double[LABELS.size()];
        double sum = 0;
        for (int c = 0; c < logits.length; c++) {
            logits[c] = Math.log(fusion.prior().get(c))
                    + 0.5
                            * (Math.log(said.audio().probabilities().get(c))
                                    - Math.log(fusion.audioPrior().get(c)))
                    + 0.5
                            * (Math.log(said.text().probabilities().get(c))
                                    - Math.log(fusion.textPrior().get(c)));
            sum += Math.exp(logits[c]);
        }
        for (int c = 0; c < logits.length; c++) {
            assertEquals(Math.exp(logits[c]) / sum, said.fused().probabilities().get(c), 1e-5);
        }
    }

    @Test
    void run_unpaired_anyThreadsAndASavedModel_areTheSame() throws IOException {
        TrainingSetup setup = setup(both(), "late-add", training());
        train("one", 1, setup);
        TrainingRun.Result result = train("three", 3, setup);
        assertArrayEquals(
                Files.readAllBytes(folder.resolve("one/best.safetensors")),
                Files.readAllBytes(folder.resolve("three/best.safetensors")));
        EmotionModel loaded = EmotionModel.load(folder.resolve("one/best.safetensors"), BACKEND);
        assertEquals(result.model().rules(), loaded.rules());
    }

    @Test
    void run_fusionThatLearns_isRefused() {
        String said = Refusal.of(() -> train("run", 1, setup(both(), "middle-concat", training())));
        assertEquals(
                "training: no utterance has both audio and text, and nothing else could teach the fusion middle-concat;"
                        + " use ‹fusion late-add›, which has nothing to learn",
                said);
    }

    @Test
    void run_classOfOneModalityOnly_isRefused() {
        List<Utterance> some = Stream.concat(
                        SOUNDS.stream()
                                .filter(utterance -> !LABELS.names().getFirst().equals(utterance.emotion())),
                        WORDS.stream())
                .toList();
        String said = Refusal.of(() -> train("run", 1, setup(some, "late-add", training())));
        assertTrue(
                said.startsWith(
                        "training: no utterance of the class " + LABELS.names().getFirst() + " has audio"),
                said);
    }

    @Test
    void run_pairedUtterances_areFusedByTheNetwork() {
        List<Utterance> paired =
                new SyntheticCorpus(SyntheticSettings.defaults(3).withSize(80)).utterances();
        TrainingRun.Result result =
                train("run", 1, setup(paired, "late-add", training().with("epochs", 1)));
        assertNull(result.model().rules().unpaired());
        assertEquals(List.of(View.DECISION), List.copyOf(result.bestEpochs().keySet()));
    }
}
