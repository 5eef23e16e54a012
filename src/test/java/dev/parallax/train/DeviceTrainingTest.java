package dev.parallax.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parallax.TestBackends;
import dev.parallax.TestDevices;
import dev.parallax.audio.features.Deltas;
import dev.parallax.audio.features.FeatureCache;
import dev.parallax.audio.features.FeatureConfig;
import dev.parallax.backend.Backend;
import dev.parallax.backend.device.DeviceBackend;
import dev.parallax.corpus.recordings.Preparation;
import dev.parallax.corpus.synthetic.SyntheticCorpus;
import dev.parallax.corpus.synthetic.SyntheticSettings;
import dev.parallax.data.Labels;
import dev.parallax.data.Origin;
import dev.parallax.data.Utterance;
import dev.parallax.data.Vectors;
import dev.parallax.fusion.PerspectiveLoss;
import dev.parallax.fusion.View;
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
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Training and prediction on a device do what they do on the processor, up to rounding, and what the
/// device holds does not grow. [DeviceStepTest] counts what a step asks of it.
@Tag("device")
class DeviceTrainingTest {

    private static final int STEPS = 3;
    private static final int AUDIO = 5;
    private static final int TEXT = 7;
    private static final Labels LABELS = Labels.of(SyntheticCorpus.LABELS);
    private static final Backend HOST = TestBackends.all().toList().getLast();

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

    private static NetworkConfig network(
            int width, double inputDropout, RecurrentKind recurrent, int heads, String fusion) {
        EncoderConfig encoder =
                new EncoderConfig(inputDropout, width, recurrent, width / 2, 1, true, heads, 0.2, 0.2, Pooling.MEAN);
        return new NetworkConfig(encoder, encoder, 8, fusion, 4);
    }

    // ---- dialogues ----

    /// Some utterances have no audio, where the fusion allows it.
    private static List<Utterance> turns(int from, boolean gaps) {
        List<Utterance> all = new ArrayList<>();
        for (int i = from; i < from + 24; i++) {
            float[] audio = new float[AUDIO];
            float[] text = new float[TEXT];
            audio[i % AUDIO] = 1;
            text[i % TEXT] = 1;
            Origin turn = Origin.UNKNOWN.withTurn("dialogue" + (i * i) % 7 + from, i);
            Vectors vectors = new Vectors(gaps && i % 3 == 0 ? null : audio, text);
            all.add(new Utterance("u" + i, null, null, LABELS.name(i % LABELS.size()), turn, vectors));
        }
        return all;
    }

    private static DialogueModel dialogues(Backend backend, RecurrentKind recurrent, int heads, String fusion) {
        NetworkConfig network = network(8, 0, recurrent, heads, fusion);
        return new DialogueModel(new DialogueConfig(LABELS, network, AUDIO, TEXT, true), null, backend, 1);
    }

    @ParameterizedTest
    @CsvSource({
        "LSTM,0,late-add,true",
        "GRU,0,late-add,true",
        "NONE,2,late-add,true",
        "LSTM,2,middle-gated,true",
        "GRU,2,early-concat,false"
    })
    void steps_ofDialogues_agreeWithTheHost(RecurrentKind recurrent, int heads, String fusion, boolean gaps) {
        assertAgree(
                (backend, _) -> dialogues(backend, recurrent, heads, fusion),
                model -> new DialogueExamples((DialogueModel) model, turns(0, gaps)));
    }

    // ---- utterances ----

    private static final FeatureConfig FEATURES = FeatureConfig.preset("speech")
            .edit()
            .deltas(new Deltas(2, 9, Deltas.Method.SAVITZKY_GOLAY))
            .build();
    private static final FeatureCache CACHE = new FeatureCache(FEATURES, null, 1 << 26, line -> {});
    private static final List<Utterance> UTTERANCES = new SyntheticCorpus(
                    SyntheticSettings.defaults(3).withSize(80))
            .utterances()
            .subList(0, 8);

    private static EmotionModel emotions(Backend backend, RecurrentKind recurrent, String fusion) {
        List<List<String>> texts = UTTERANCES.stream()
                .map(utterance -> Tokenizer.standard().tokenize(String.valueOf(utterance.text())))
                .toList();
        ModelConfig config = new ModelConfig(
                LABELS,
                FEATURES,
                Tokenizer.standard(),
                Subwords.NONE,
                network(16, 0.1, recurrent, 2, fusion),
                true,
                ModelConfig.WINDOW_SECONDS);
        return new EmotionModel(config, Vocabulary.build(texts, new Vocabulary.Limits(1, 1000)), backend, 1);
    }

    private static CorpusExamples examples(Model model) {
        Preparation prepared = Preparation.of(UTTERANCES, CACHE, ModelConfig.WINDOW_SECONDS, 1, (done, total) -> {});
        return new CorpusExamples((EmotionModel) model, CACHE, prepared.usable(), line -> {});
    }

    @ParameterizedTest
    @CsvSource({"LSTM,late-add", "GRU,middle-gated"})
    void steps_ofUtterances_agreeWithTheHost(RecurrentKind recurrent, String fusion) {
        assertAgree((backend, _) -> emotions(backend, recurrent, fusion), DeviceTrainingTest::examples);
    }

    // ---- what is compared ----

    /// What a few steps and then the model's answers are.
    private record Course(List<Double> losses, List<Double> norms, List<double[]> answers) {}

    private interface ExamplesOf {
        Examples of(Model model);
    }

    private static void assertAgree(BiFunction<Backend, String, Model> models, ExamplesOf examples) {
        Course host = course(models.apply(HOST, ""), examples, 3);
        Course here = course(models.apply(device, ""), examples, 1000);
        for (int i = 0; i < STEPS; i++) {
            assertClose(host.losses.get(i), here.losses.get(i), 1e-4, "loss of step " + i);
            assertClose(host.norms.get(i), here.norms.get(i), 1e-3, "norm of step " + i);
        }
        assertEquals(host.answers.size(), here.answers.size());
        for (int i = 0; i < host.answers.size(); i++) {
            for (int c = 0; c < host.answers.get(i).length; c++) {
                assertClose(host.answers.get(i)[c], here.answers.get(i)[c], 2e-3, "answer " + i);
            }
        }
        assertEquals(0, device.liveBytes());
    }

    private static void assertClose(double expected, double actual, double tolerance, String what) {
        assertEquals(expected, actual, tolerance * Math.max(1, Math.abs(expected)), what);
    }

    private static Course course(Model model, ExamplesOf of, int shardSize) {
        Course course = new Course(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        PerspectiveLoss loss = new PerspectiveLoss(
                true, 1, 1, CrossEntropyLoss.plain(model.labels().size()));
        Examples examples = of.of(model);
        int[] batch = IntStream.range(0, examples.size()).toArray();
        try (model;
                Workers workers = new Workers(2);
                Adam optimizer = new Adam(model.parameters(), 1e-5, false);
                GradientClipping clipping = new GradientClipping(model, 1, false);
                ShardedStep step = new ShardedStep(model, 1, shardSize, Reduction.SUM, workers, false, clipping)) {
            for (int i = 0; i < STEPS; i++) {
                course.losses.add(step.run(loss, examples, batch, i).total());
                course.norms.add(step.norms().all());
                optimizer.step(step.gradient(), 1e-3);
            }
            Outputs outputs = Outputs.of(model, examples, 3, workers);
            for (int i : outputs.members(View.DECISION)) {
                double[] logits = outputs.logits(View.DECISION, i);
                course.answers.add(logits == null ? new double[0] : logits);
            }
        }
        return course;
    }

    // ---- what is held ----

    @Test
    void run_hundredEpochs_holdsAsMuchAfterEach() {
        List<Long> live = new ArrayList<>();
        List<Long> held = new ArrayList<>();
        TrainingConfig config = TrainingConfig.fromJson(TrainingConfig.STANDARD
                .toJson()
                .with("epochs", 100)
                .with("patience", 100)
                .with("averaging", 0.9)
                .with("batchSize", 3)
                .with("shardSize", 1));
        DialogueModel model = dialogues(device, RecurrentKind.LSTM, 2, "middle-gated");
        try (model;
                Workers workers = new Workers(2);
                Trainer trainer = new Trainer(
                        model,
                        config,
                        new DialogueExamples(model, turns(0, true)),
                        new DialogueExamples(model, turns(100, true)),
                        workers)) {
            trainer.run(new Trainer.Listener() {
                @Override
                public void epochEnded(EpochResult result, boolean best) {
                    live.add(device.liveBytes());
                    held.add(device.heldBytes());
                }
            });
        }
        assertEquals(100, live.size());
        assertEquals(live.get(5), live.getLast());
        assertEquals(held.get(5), held.getLast());
        assertEquals(0, device.liveBytes());
    }
}
