package dev.parallax.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.audio.features.FeatureCache;
import dev.parallax.audio.features.FeatureConfig;
import dev.parallax.backend.select.Backends;
import dev.parallax.corpus.split.UtteranceSplitter;
import dev.parallax.corpus.synthetic.SyntheticCorpus;
import dev.parallax.corpus.synthetic.SyntheticSettings;
import dev.parallax.data.Labels;
import dev.parallax.data.Utterance;
import dev.parallax.fusion.View;
import dev.parallax.model.NetworkConfig;
import dev.parallax.model.UtteranceModelSpec;
import dev.parallax.nn.EncoderConfig;
import dev.parallax.nn.EncoderConfig.RecurrentKind;
import dev.parallax.nn.Pooling;
import dev.parallax.random.RandomStream;
import dev.parallax.text.Subwords;
import dev.parallax.text.Tokenizer;
import dev.parallax.text.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The whole path learns what there is to learn, and nothing where there is nothing: labels dealt out at random
/// leave every perspective at chance, unless something leaks from the test part into training.
@Tag("end-to-end")
class ShuffledLabelsTest {

    private static final int CLASSES = SyntheticCorpus.LABELS.size();
    private static final FeatureConfig FEATURES = FeatureConfig.preset("speech").withStack(8);

    private static final NetworkConfig NETWORK = new NetworkConfig(
            new EncoderConfig(0, 0, RecurrentKind.LSTM, 16, 1, true, 2, 0.1, 0, Pooling.MEAN),
            new EncoderConfig(0, 0, RecurrentKind.NONE, 1, 1, true, 2, 0.1, 0, Pooling.MEAN),
            16,
            "late-add",
            64);

    private static final TrainingConfig TRAINING = TrainingConfig.fromJson(TrainingConfig.STANDARD
            .toJson()
            .with("epochs", 5)
            .with("patience", 5)
            .with("learningRate", 5e-3)
            .with("warmUp", 1.0)
            .with("balance", 0.0)
            .with("smoothing", 0.0));

    @Test
    void run_shuffledLabels_fallToChanceWhereTrueLabelsDoNot() {
        List<Utterance> told = new SyntheticCorpus(SyntheticSettings.defaults(5).withSize(600)).utterances();
        FeatureCache cache = new FeatureCache(FEATURES, null, 1 << 26, line -> {});
        Map<View, Scores> learned = train(told, cache);
        Map<View, Scores> guessed = train(shuffled(told), cache);
        for (View view : List.of(View.FUSED, View.AUDIO, View.TEXT)) {
            double chance = 1.0 / CLASSES;
            double error = Math.sqrt(chance * (1 - chance) / 120);
            assertEquals(chance, accuracy(guessed, view), 3 * error, view + " on shuffled labels");
            double accuracy = accuracy(learned, view);
            assertTrue(accuracy > chance + 4 * error, view + " on true labels: " + accuracy);
        }
    }

    private static double accuracy(Map<View, Scores> scores, View view) {
        return Objects.requireNonNull(scores.get(view)).metrics().weightedAccuracy();
    }

    private static Map<View, Scores> train(List<Utterance> utterances, FeatureCache cache) {
        TrainingSetup setup = new TrainingSetup(
                List.of("synthetic"),
                utterances,
                new UtteranceSplitter(utterances, Map.of(), 1).given(),
                new UtteranceModelSpec(
                        Labels.of(SyntheticCorpus.LABELS),
                        FEATURES,
                        NETWORK,
                        Tokenizer.standard(),
                        Subwords.NONE,
                        Vocabulary.Limits.standard()),
                TRAINING);
        try (Workers workers = new Workers(2)) {
            return TrainingRun.of(setup, cache, Backends.choose("auto", line -> {}), workers)
                    .run(null, false, new Trainer.Listener() {})
                    .test();
        }
    }

    /// The same utterances with each other's emotions.
    private static List<Utterance> shuffled(List<Utterance> utterances) {
        int[] order = IntStream.range(0, utterances.size()).toArray();
        new RandomStream(11, 0, 0, 0).shuffle(order);
        List<Utterance> dealt = new ArrayList<>();
        for (int i = 0; i < order.length; i++) {
            dealt.add(utterances.get(i).withEmotion(utterances.get(order[i]).emotion()));
        }
        return dealt;
    }
}
