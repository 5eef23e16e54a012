package dev.parallax.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.TestDevices;
import dev.parallax.audio.features.FeatureConfig;
import dev.parallax.backend.device.DeviceBackend;
import dev.parallax.corpus.synthetic.SyntheticCorpus;
import dev.parallax.data.DialogueExample;
import dev.parallax.data.Example;
import dev.parallax.data.Labels;
import dev.parallax.data.Tokens;
import dev.parallax.data.Vectors;
import dev.parallax.io.RecordJson;
import dev.parallax.model.DialogueConfig;
import dev.parallax.model.DialogueModel;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Model;
import dev.parallax.model.ModelConfig;
import dev.parallax.model.NetworkConfig;
import dev.parallax.model.Standardization;
import dev.parallax.nn.EncoderConfig;
import dev.parallax.nn.EncoderConfig.RecurrentKind;
import dev.parallax.nn.Pooling;
import dev.parallax.random.RandomStream;
import dev.parallax.text.Subwords;
import dev.parallax.text.Tokenizer;
import dev.parallax.text.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How often a step of training asks the device for something: launches and transfers are what a small step costs
/// there. The two workloads are those of `benchmarks/`, in the sizes of their batches; each step has a new batch.
@Tag("device")
class DeviceStepTest {

    private static final Labels LABELS = Labels.of(SyntheticCorpus.LABELS);
    private static final int WORDS = 2000;
    private static final int STREAM = 0x7374_6570;

    private static final Examples NONE = new InMemory<DialogueExample>(List.of(), DialogueExample::labels, _ -> _ -> {
        throw new IllegalStateException("there is no example");
    });

    private static DeviceBackend device;

    @BeforeAll
    static void open() {
        device = TestDevices.backend();
    }

    @AfterAll
    static void close() {
        if (device != null) {
            assertEquals(0, device.liveBytes());
            device.close();
        }
    }

    // ---- the workloads ----

    private static int length(int i, int least, int most) {
        return least + (37 * i + 11) % (most - least + 1);
    }

    private static float[] normal(RandomStream random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static DialogueModel dialogueModel() {
        NetworkConfig network = RecordJson.with(NetworkConfig.DIALOGUE, "standardization", Standardization.NONE);
        return new DialogueModel(new DialogueConfig(LABELS, network, 100, 768, true), null, device, 1);
    }

    /// @param gaps whether every third utterance has no audio, and every fourth no text
    private static Examples dialogues(DialogueModel model, int count, boolean gaps) {
        List<DialogueExample> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RandomStream random = new RandomStream(1, 0, STREAM, i);
            int turns = length(i, 20, 110);
            List<Vectors> vectors = new ArrayList<>();
            int[] labels = new int[turns];
            for (int turn = 0; turn < turns; turn++) {
                boolean mute = gaps && turn % 3 == 0;
                boolean unread = gaps && !mute && turn % 4 == 0;
                vectors.add(new Vectors(mute ? null : normal(random, 100), unread ? null : normal(random, 768)));
                labels[turn] = (turn + i) % LABELS.size();
            }
            all.add(new DialogueExample(vectors, new int[turns], labels));
        }
        return new InMemory<>(all, DialogueExample::labels, those -> pass -> model.forward(pass, those));
    }

    private static EmotionModel utteranceModel() {
        NetworkConfig network = new NetworkConfig(
                new EncoderConfig(0, 0, RecurrentKind.LSTM, 64, 1, true, 4, 0.2, 0.2, Pooling.MEAN),
                new EncoderConfig(0, 0, RecurrentKind.NONE, 64, 1, true, 4, 0, 0.2, Pooling.MEAN),
                100,
                "late-add",
                64);
        ModelConfig config = new ModelConfig(
                LABELS,
                FeatureConfig.preset("speech"),
                Tokenizer.standard(),
                Subwords.NONE,
                network,
                true,
                ModelConfig.WINDOW_SECONDS);
        List<String> words = IntStream.range(1, WORDS).mapToObj(i -> "word" + i).toList();
        return new EmotionModel(config, Vocabulary.build(List.of(words), new Vocabulary.Limits(1, WORDS)), device, 1);
    }

    private static Examples utterances(EmotionModel model, int count, boolean gaps) {
        List<Example> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RandomStream random = new RandomStream(2, 0, STREAM, i);
            float[] frames = normal(random, 40 * length(i, 100, 500));
            int[] ids = IntStream.range(0, length(i, 5, 25))
                    .map(_ -> random.nextInt(WORDS))
                    .toArray();
            boolean mute = gaps && i % 3 == 0;
            boolean unread = gaps && !mute && i % 4 == 0;
            all.add(new Example(mute ? null : frames, unread ? null : Tokens.of(ids), i % LABELS.size()));
        }
        return new InMemory<>(all, example -> new int[] {example.label()}, those -> pass -> model.forward(pass, those));
    }

    private record InMemory<T>(List<T> all, Function<T, int[]> labelsOf, Function<List<T>, Shard> shardOf)
            implements Examples {

        @Override
        public int size() {
            return all.size();
        }

        @Override
        public String corpus(int i) {
            return "";
        }

        @Override
        public int[] labels(int i) {
            return labelsOf.apply(all.get(i));
        }

        @Override
        public boolean hasAudio(int i, int row) {
            return all.get(i) instanceof DialogueExample dialogue
                    ? dialogue.utterances().get(row).audio() != null
                    : ((Example) all.get(i)).frames() != null;
        }

        @Override
        public boolean hasText(int i, int row) {
            return all.get(i) instanceof DialogueExample dialogue
                    ? dialogue.utterances().get(row).text() != null
                    : ((Example) all.get(i)).tokens() != null;
        }

        @Override
        public int utterance(int i) {
            return i;
        }

        @Override
        public List<String> ids() {
            return List.of();
        }

        @Override
        public int length(int i) {
            return labels(i).length;
        }

        @Override
        public Shard shard(int... some) {
            return shardOf.apply(Arrays.stream(some).mapToObj(all::get).toList());
        }
    }

    // ---- what is counted ----

    /// What each step of an epoch asks, the first one left out: it also makes the memory that later ones use.
    private static List<DeviceBackend.Counts> steps(Model model, Examples examples, int batchSize, String loss) {
        TrainingConfig config = TrainingConfig.fromJson(TrainingConfig.DIALOGUE
                .toJson()
                .with("epochs", 1)
                .with("clipNorm", 1)
                .with("balance", 0.5)
                .with("loss", loss)
                .with("batchSize", batchSize)
                .with("shardSize", 5));
        List<DeviceBackend.Counts> asked = new ArrayList<>();
        try (model;
                Workers workers = new Workers(1);
                Trainer trainer = new Trainer(model, config, examples, NONE, workers)) {
            trainer.run(new Trainer.Listener() {
                private DeviceBackend.Counts before = device.counts();

                @Override
                public void stepEnded(int epoch, int step, int stepsOfEpoch) {
                    if (step > 1) {
                        asked.add(device.counts().less(before));
                    }
                    before = device.counts();
                }
            });
        }
        assertEquals(1, asked.size(), "steps that are counted");
        return asked;
    }

    /// @param launches most of kernels, fills and copies within the device together
    private static void assertAsksLittle(String what, List<DeviceBackend.Counts> steps, int launches, int uploads) {
        for (DeviceBackend.Counts asked : steps) {
            String line = what + ": a step asks " + asked;
            System.out.println(line);
            assertTrue(asked.launches() + asked.moves() <= launches, line);
            assertTrue(asked.uploads() <= uploads, line);
            assertEquals(1, asked.reads(), line);
        }
    }

    @Test
    void step_ofDialogues_asksLittle() {
        DialogueModel model = dialogueModel();
        assertAsksLittle("dialogue", steps(model, dialogues(model, 40, false), 20, "perspective"), 200, 6);
    }

    @Test
    void step_ofUtterances_asksLittle() {
        EmotionModel model = utteranceModel();
        assertAsksLittle("utterance", steps(model, utterances(model, 64, false), 32, "perspective"), 200, 6);
    }

    /// Where some utterances lack a modality, more lists differ; and shares of steps are read with the rest.
    @ParameterizedTest
    @CsvSource({"perspective,200,10", "modulated,220,10"})
    void step_withGaps_readsOnce(String loss, int launches, int uploads) {
        DialogueModel dialogues = dialogueModel();
        assertAsksLittle(
                "dialogue, gaps, " + loss, steps(dialogues, dialogues(dialogues, 4, true), 2, loss), launches, uploads);
        EmotionModel utterances = utteranceModel();
        assertAsksLittle(
                "utterance, gaps, " + loss,
                steps(utterances, utterances(utterances, 16, true), 8, loss),
                launches,
                uploads);
    }
}
