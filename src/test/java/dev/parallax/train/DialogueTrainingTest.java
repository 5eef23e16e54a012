package dev.parallax.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import dev.parallax.TestBackends;
import dev.parallax.backend.Backend;
import dev.parallax.corpus.DialogueFolder;
import dev.parallax.corpus.FeaturesCorpus;
import dev.parallax.corpus.split.DialogueSplitter;
import dev.parallax.corpus.split.Part;
import dev.parallax.data.Utterance;
import dev.parallax.fusion.View;
import dev.parallax.model.DialogueModel;
import dev.parallax.model.DialogueModelSpec;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Model;
import dev.parallax.model.NetworkConfig;
import dev.parallax.nn.EncoderConfig;
import dev.parallax.nn.EncoderConfig.RecurrentKind;
import dev.parallax.nn.Pooling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Training on dialogues is a function of its setup alone, learns what there is to learn, and leaves a file that
/// scores what it scored.
class DialogueTrainingTest {

    private static final Backend BACKEND = TestBackends.all().toList().getLast();
    private static final EncoderConfig ENCODER =
            new EncoderConfig(0, 12, RecurrentKind.GRU, 6, 1, true, 2, 0.2, 0.2, Pooling.MEAN);
    private static final TrainingConfig TRAINING = TrainingConfig.fromJson(TrainingConfig.DIALOGUE
            .toJson()
            .with("epochs", 12)
            .with("patience", 12)
            .with("batchSize", 8)
            .with("shardSize", 3)
            .with("learningRate", 1e-2));

    private static FeaturesCorpus corpus;

    @TempDir
    static Path folder;

    @BeforeAll
    static void writeCorpus() {
        corpus = FeaturesCorpus.open(DialogueFolder.write(folder.resolve("corpus"), 60, 6, 12));
    }

    private static TrainingSetup setup(int shardSize) {
        List<Utterance> utterances = corpus.utterances();
        TrainingConfig training = TrainingConfig.fromJson(TRAINING.toJson().with("shardSize", shardSize));
        return new TrainingSetup(
                List.of("features"),
                utterances,
                new DialogueSplitter(utterances, corpus.sexes(), 1).standard(),
                new DialogueModelSpec(corpus.labels(), new NetworkConfig(ENCODER, ENCODER, 1, "late-add", 8), 6, 12),
                training);
    }

    private static TrainingRun.Result train(String name, int threads) {
        try (Workers workers = new Workers(threads)) {
            return TrainingRun.ofDialogues(setup(3), BACKEND, workers)
                    .run(folder.resolve(name), false, new Trainer.Listener() {});
        }
    }

    private static byte[] best(String name) throws IOException {
        return Files.readAllBytes(folder.resolve(name).resolve("best.safetensors"));
    }

    @Test
    void run_anyNumberOfThreads_sameFileBitForBit() throws IOException {
        train("one", 1);
        train("three", 3);
        assertArrayEquals(best("one"), best("three"));
    }

    @Test
    void run_vectorsThatTellTheEmotion_isLearnedAndTheFileScoresTheSame() {
        TrainingRun.Result result = train("learn", 2);
        Scores test = Objects.requireNonNull(result.test().get(View.DECISION));
        long labelled = setup(3).split().select(Part.TEST, corpus.utterances()).stream()
                .filter(utterance -> utterance.emotion() != null)
                .count();
        assertEquals(labelled, test.metrics().confusion().total());
        double chance = 1.0 / corpus.labels().size();
        double error = Math.sqrt(chance * (1 - chance) / labelled);
        double accuracy = test.metrics().unweightedAccuracy();
        assertTrue(accuracy > chance + 4 * error, accuracy + " with " + labelled + " utterances");

        Path file = folder.resolve("learn/best.safetensors");
        DialogueModel loaded = (DialogueModel) Model.load(file, BACKEND);
        List<Utterance> unseen = setup(3).split().select(Part.TEST, corpus.utterances());
        try (Workers workers = new Workers(1)) {
            assertEquals(
                    json(result.test()),
                    json(Evaluation.of(loaded, unseen, workers).scores()));
        }
        assertTrue(Refusal.of(() -> EmotionModel.load(file, BACKEND)).contains("is a model of dialogues"));
    }

    @Test
    void run_stoppedAndResumed_equalsNeverStopped() throws IOException {
        train("whole", 2);
        try (Workers workers = new Workers(2)) {
            TrainingRun run = TrainingRun.ofDialogues(setup(3), BACKEND, workers);
            try {
                run.run(folder.resolve("stopped"), false, new Trainer.Listener() {
                    @Override
                    public void stepEnded(int epoch, int step, int steps) {
                        if (epoch == 4 && step == 2) {
                            throw new IllegalStateException("stopped");
                        }
                    }
                });
            } catch (IllegalStateException expected) {
                assertEquals("stopped", expected.getMessage());
            }
            run.run(folder.resolve("stopped"), true, new Trainer.Listener() {});
        }
        assertArrayEquals(best("whole"), best("stopped"));
    }

    /// Dropout does not change with the shards, so the sum is the same but for rounding.
    @Test
    void step_anyShardSize_sameGradientButForRounding() {
        double[] norms = new double[2];
        for (int i = 0; i < 2; i++) {
            try (Workers workers = new Workers(1)) {
                norms[i] = TrainingRun.ofDialogues(setup(i == 0 ? 1 : 8), BACKEND, workers)
                        .run(null, false, new Trainer.Listener() {})
                        .history()
                        .getFirst()
                        .gradientNorm();
            }
        }
        assertEquals(norms[0], norms[1], 1e-3 * norms[0]);
    }

    private static String json(Map<View, Scores> scores) {
        StringBuilder json = new StringBuilder();
        scores.forEach((view, of) ->
                json.append(view).append(of.toJson(corpus.labels().names()).toText()));
        return json.toString();
    }
}
