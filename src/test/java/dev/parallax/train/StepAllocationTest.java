package dev.parallax.train;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.audio.features.Deltas;
import dev.parallax.audio.features.FeatureCache;
import dev.parallax.audio.features.FeatureConfig;
import dev.parallax.backend.Backend;
import dev.parallax.backend.scalar.ScalarBackend;
import dev.parallax.corpus.recordings.Preparation;
import dev.parallax.corpus.synthetic.SyntheticCorpus;
import dev.parallax.corpus.synthetic.SyntheticSettings;
import dev.parallax.data.Labels;
import dev.parallax.data.Origin;
import dev.parallax.data.Utterance;
import dev.parallax.data.Vectors;
import dev.parallax.fusion.PerspectiveLoss;
import dev.parallax.model.DialogueConfig;
import dev.parallax.model.DialogueModel;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Model;
import dev.parallax.model.ModelConfig;
import dev.parallax.model.NetworkConfig;
import dev.parallax.nn.CrossEntropyLoss;
import dev.parallax.nn.EncoderConfig;
import dev.parallax.nn.EncoderConfig.RecurrentKind;
import dev.parallax.nn.Pooling;
import dev.parallax.optim.Adam;
import dev.parallax.text.Subwords;
import dev.parallax.text.Tokenizer;
import dev.parallax.text.Vocabulary;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// A training step in steady state puts small objects on the heap and no values: those of its batch, its results and
/// its gradients lie in memory that the step before has used.
///
/// On the scalar backend, whose loops allocate the same before and after they are compiled; the compiled kernels of
/// the vector backend have a test of their own.
class StepAllocationTest {

    private static final int WARM_UP = 3;
    private static final int STEPS = 4;
    private static final int SHARD = 4;
    private static final long MOST_BYTES = 800_000; // twice what it is; the values of either batch are more
    private static final Backend BACKEND = new ScalarBackend();
    private static final Labels LABELS = Labels.of(SyntheticCorpus.LABELS);

    @Test
    void run_utterancesAfterWarmUp_allocatesNoValues() {
        FeatureConfig features = FeatureConfig.preset("speech")
                .edit()
                .deltas(new Deltas(2, 9, Deltas.Method.SAVITZKY_GOLAY))
                .build();
        List<Utterance> utterances = new SyntheticCorpus(
                        SyntheticSettings.defaults(3).withSize(80))
                .utterances()
                .subList(0, 16);
        FeatureCache cache = new FeatureCache(features, null, 1 << 26, line -> {});
        Preparation prepared = Preparation.of(utterances, cache, ModelConfig.WINDOW_SECONDS, 1, (done, total) -> {});
        List<List<String>> texts = utterances.stream()
                .map(utterance -> Tokenizer.standard().tokenize(String.valueOf(utterance.text())))
                .toList();
        ModelConfig config = new ModelConfig(
                LABELS,
                features,
                Tokenizer.standard(),
                Subwords.NONE,
                network(RecurrentKind.LSTM),
                true,
                ModelConfig.WINDOW_SECONDS);
        EmotionModel model =
                new EmotionModel(config, Vocabulary.build(texts, new Vocabulary.Limits(1, 1000)), BACKEND, 1);
        long frames = prepared.usable().stream()
                .mapToLong(one -> one.windows().getFirst().frames())
                .sum();
        assertAllocatesFew(
                frames * cache.columns(), model, new CorpusExamples(model, cache, prepared.usable(), line -> {}));
    }

    @Test
    void run_dialoguesAfterWarmUp_allocatesNoValues() {
        int audioSize = 100;
        int textSize = 900;
        List<Utterance> utterances = new ArrayList<>();
        for (int i = 0; i < 320; i++) {
            float[] audio = new float[audioSize];
            float[] text = new float[textSize];
            audio[i % audioSize] = 1;
            text[i % textSize] = 1;
            Origin turn = Origin.UNKNOWN.withTurn("dialogue" + i / 20, i % 20);
            String emotion = LABELS.name(i % LABELS.size());
            utterances.add(new Utterance("u" + i, null, null, emotion, turn, new Vectors(audio, text)));
        }
        DialogueConfig config = new DialogueConfig(LABELS, network(RecurrentKind.GRU), audioSize, textSize, true);
        DialogueModel model = new DialogueModel(config, null, BACKEND, 1);
        assertAllocatesFew(
                (long) utterances.size() * (audioSize + textSize), model, new DialogueExamples(model, utterances));
    }

    private static NetworkConfig network(RecurrentKind recurrent) {
        EncoderConfig encoder = new EncoderConfig(0, 8, recurrent, 16, 1, true, 2, 0.2, 0.2, Pooling.MEAN);
        return new NetworkConfig(encoder, encoder, 8, "late-add", 8);
    }

    /// Fails unless warm steps of one batch of all examples allocate few bytes each.
    ///
    /// @param values of the batch
    private static void assertAllocatesFew(long values, Model model, Examples examples) {
        assertTrue(
                Float.BYTES * values > MOST_BYTES, "a copy of a batch of " + values + " values would not be noticed");
        PerspectiveLoss loss = new PerspectiveLoss(
                true, 1, 1, CrossEntropyLoss.plain(model.labels().size()));
        Adam optimizer = new Adam(model.parameters(), 1e-5, false);
        int[] batch = IntStream.range(0, examples.size()).toArray();
        try (Workers workers = new Workers(1)) { // everything runs on this thread
            ShardedStep step = new ShardedStep(model, 1, SHARD, Reduction.SUM, workers);
            var memory = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
            long before = 0;
            for (int i = 0; i < WARM_UP + STEPS; i++) {
                if (i == WARM_UP) {
                    before = memory.getCurrentThreadAllocatedBytes();
                }
                step.run(loss, examples, batch, i);
                optimizer.step(step.gradient(), 1e-3);
            }
            long each = (memory.getCurrentThreadAllocatedBytes() - before) / STEPS;
            assertTrue(each <= MOST_BYTES, "a warm step allocates " + each + " bytes, expected at most " + MOST_BYTES);
        }
    }
}
