package dev.parallax.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.Refusal;
import dev.parallax.autograd.Tape;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;
import dev.parallax.backend.DoubleBits;
import dev.parallax.backend.Offsets;
import dev.parallax.backend.scalar.ScalarBackend;
import dev.parallax.data.Labels;
import dev.parallax.data.Origin;
import dev.parallax.data.Utterance;
import dev.parallax.data.Vectors;
import dev.parallax.fusion.FusedLogits;
import dev.parallax.fusion.Fusion;
import dev.parallax.fusion.Fusions;
import dev.parallax.fusion.Loss;
import dev.parallax.fusion.Modality;
import dev.parallax.fusion.Paired;
import dev.parallax.fusion.Perspective;
import dev.parallax.fusion.View;
import dev.parallax.model.DialogueConfig;
import dev.parallax.model.DialogueModel;
import dev.parallax.model.NetworkConfig;
import dev.parallax.nn.EncoderConfig;
import dev.parallax.nn.EncoderConfig.RecurrentKind;
import dev.parallax.nn.Parameter;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pooling;
import dev.parallax.optim.Sgd;
import dev.parallax.random.RandomStream;
import dev.parallax.tensor.Shape;
import dev.parallax.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The losses and schedules that are there so that no perspective is starved.
class LossScheduleTest {

    private static final Backend BACKEND = new ScalarBackend();
    private static final Labels LABELS = Labels.of(List.of("anger", "joy"));
    private static final int SIZE = 4;
    private static final TrainingConfig SHORT = TrainingConfig.DIALOGUE
            .with("epochs", 4)
            .with("patience", 1)
            .with("batchSize", 6)
            .with("shardSize", 2)
            .with("learningRate", 0.01)
            .with("aloneShare", 0.25);

    /// Of z_audio = (1, 0), (0, 2) and z_text = (2, 0), (0, 0) with the labels 0, 1; a third utterance has none:
    ///
    ///     s_audio = 1 / (1 + e^-1) + 1 / (1 + e^-2) = 1.61186      s_text = 1 / (1 + e^-2) + 1 / 2 = 1.38080
    @Test
    void contributions_lateAdd_areThoseOfTheHandComputedCase() {
        Tape tape = new Tape(BACKEND);
        Parameters none = new Parameters();
        none.initialize(BACKEND, 1);
        Fusion add = Fusions.byName("late-add")
                .build(none, new Fusion.Sizes(2, 2, 2, 2, 0, EncoderConfig.projection(2, 0), false, true, 0));
        Perspective heard = perspective(tape, 1, 0, 0, 2, 9, 0);
        Perspective read = perspective(tape, 2, 0, 0, 0, 9, 0);
        FusedLogits logits = new FusedLogits(heard, read, Paired.of(heard, read), null, add);
        Readings readings = new Readings();
        Supplier<Contributions> later = Contributions.of(tape, none, logits, readings, 0, 1, -1);
        readings.read(tape);
        Contributions contributions = later.get();
        assertEquals(1.61186, contributions.audio(), 1e-5);
        assertEquals(1.38080, contributions.text(), 1e-5);
    }

    private static Perspective perspective(Tape tape, float... logits) {
        int[] all = {0, 1, 2};
        var z = tape.constant(Tensor.of(BACKEND, Shape.of(3, 2), logits));
        return Perspective.ofUtterances(all, Offsets.ofSingleRows(3), z, z, z);
    }

    /// Of rho_audio = 2: k_audio = 1 - tanh(0.5 · 2) = 0.23841.
    @ParameterizedTest
    @CsvSource({"3, 1.5, 0.23841, 1", "1.5, 3, 1, 0.23841", "2, 2, 1, 1", "0, 0, 1, 1", "1, 0, 0, 1"})
    void shares_dominantPerspective_isTheOneThatStepsLess(double audio, double text, double ofAudio, double ofText) {
        PartialStep.Shares shares = new Contributions(audio, text).shares(0.5);
        assertEquals(ofAudio, shares.audio(), 1e-5);
        assertEquals(ofText, shares.text(), 1e-5);
        assertEquals(1, shares.fusion());
    }

    @Test
    void take_shares_areOfTheStepOfEachGroup() {
        DialogueModel model = model("middle-concat");
        Parameters parameters = model.parameters();
        Map<String, float[]> before = byName(parameters);
        float[] slope = new float[parameters.size()];
        Arrays.fill(slope, 1);
        PartialStep step = new PartialStep(model, new Sgd(parameters, 0, false, 0));
        step.take(Tensor.of(BACKEND, Shape.of(slope.length), slope).buffer(), 0.5, new PartialStep.Shares(0.25, 1, 0));
        Map<String, float[]> after = byName(parameters);
        Map<String, Double> moves = Map.of("audio", -0.125, "text", -0.5, "fusion", 0.0);
        before.forEach((name, values) -> {
            double move = moves.getOrDefault(name.substring(0, name.indexOf('.')), Double.NaN);
            float[] moved = Objects.requireNonNull(after.get(name));
            for (int i = 0; i < values.length; i++) {
                assertEquals(values[i] + move, moved[i], 1e-6, name);
            }
        });
    }

    @Test
    void hidden_manyUtterances_hasTheAskedShareOfEachModality() {
        ModalityDropout dropout = new ModalityDropout(0.3, 7);
        Map<Modality, Integer> counts = new EnumMap<>(Modality.class);
        for (int i = 0; i < 10_000; i++) {
            Modality hidden = dropout.hidden(i % 10, i / 10);
            if (hidden != null) {
                counts.merge(hidden, 1, Integer::sum);
            }
            assertEquals(hidden, dropout.hidden(i % 10, i / 10));
        }
        double tolerance = 4 * Math.sqrt(10_000 * 0.15 * 0.85); // four standard deviations
        assertEquals(1500, counts.getOrDefault(Modality.AUDIO, 0), tolerance);
        assertEquals(1500, counts.getOrDefault(Modality.TEXT, 0), tolerance);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, Double.NaN})
    void modalityDropout_noShare_isRefused(double probability) {
        String message = Refusal.of(() -> TrainingConfig.STANDARD.with("modalityDropout", probability));
        assertTrue(message.startsWith("training: modalityDropout is " + probability + ", must be in [0, 1)"), message);
    }

    /// Several shards, some utterances without audio.
    @ParameterizedTest
    @EnumSource
    void train_everyLoss_isTheSameOnAnyNumberOfThreads(Loss loss) {
        assertArrayEquals(trained(loss, "middle-concat", 1), trained(loss, "middle-concat", 3));
    }

    @Test
    void train_everyLoss_makesAnotherModel() {
        List<float[]> models = new ArrayList<>();
        for (Loss loss : Loss.values()) {
            float[] model = trained(loss, "middle-concat", 1);
            models.forEach(other -> assertFalse(Arrays.equals(other, model), loss.word()));
            models.add(model);
        }
        assertEquals(5, models.size());
    }

    /// While each perspective is trained alone, the fusion keeps its starting weights, and nothing is stopped.
    @Test
    void train_aloneForAllEpochs_leavesTheFusionAsItStarted() {
        TrainingConfig config = SHORT.with("loss", Loss.ALONE_FIRST).with("aloneShare", 1.0);
        DialogueModel model = model("middle-concat");
        Map<String, float[]> before = byName(model.parameters());
        Trainer trainer = train(model, config, 1);
        assertEquals(4, trainer.history().size());
        Map<String, float[]> after = byName(model.parameters());
        before.forEach((name, values) ->
                assertEquals(name.startsWith("fusion."), Arrays.equals(values, after.get(name)), name));
    }

    /// An epoch in which nothing taught the fusion is no epoch of the fused answer, whatever its accuracy there.
    @Test
    void epochs_aloneOnesAreBetter_oneThatTrainsTheFusionIsChosen() {
        BestWeights best = new BestWeights(model("middle-concat"), EpochCriterion.ACCURACY, 2, false);
        List<EpochResult> history = new ArrayList<>();
        List<Integer> chosen = new ArrayList<>();
        for (double accuracy : new double[] {0.9, 0.8, 0.4, 0.6, 0.5}) {
            history.add(epoch(history.size() + 1, accuracy));
            chosen.add(best.epochs(history).get(View.DECISION));
        }
        assertEquals(List.of(1, 1, 3, 4, 4), chosen);
        assertEquals(List.of(true, false, true, true, false), best.improvements(history));
    }

    private static EpochResult epoch(int number, double accuracy) {
        return new EpochResult(number, 0, 0, 0, 0, 0, 0, 1, accuracy, 0, 0, 0, 0, 0, 0, 0, 0, 0, "");
    }

    @Test
    void take_fixedParameters_keepTheirValues() {
        DialogueModel model = model("middle-concat");
        Parameters parameters = model.parameters();
        parameters.fix(name -> name.startsWith("audio."));
        Map<String, float[]> before = byName(parameters);
        float[] slope = new float[parameters.trainableSize()];
        Arrays.fill(slope, 1);
        Buffer gradient = Tensor.of(BACKEND, Shape.of(slope.length), slope).buffer();
        PartialStep step = new PartialStep(model, new Sgd(parameters, 0, false, 0));
        for (int i = 0; i < 10; i++) {
            step.take(gradient, 0.5, new PartialStep.Shares(0.3, 1, 1));
        }
        Map<String, float[]> after = byName(parameters);
        before.forEach((name, values) ->
                assertEquals(name.startsWith("audio."), Arrays.equals(values, after.get(name)), name));
    }

    /// Twice for the optimiser, the average and the best weights each, and once a gradient.
    @Test
    void newTrainer_fixedParameters_hasRoomForThoseThatMove() {
        DialogueModel model = model("middle-concat");
        Parameters parameters = model.parameters();
        parameters.fix(name -> !name.startsWith("fusion."));
        long moving = parameters.trainableSize();
        assertTrue(2 * moving < parameters.size(), "most are fixed");
        Map<String, float[]> before = byName(parameters);
        long bytes = BACKEND.liveBytes();
        TrainingConfig config = SHORT.with("averaging", 0.9);
        try (Workers workers = new Workers(1);
                Trainer trainer = new Trainer(
                        model,
                        config,
                        new DialogueExamples(model, utterances("train", 60, true), config.hiding()),
                        new DialogueExamples(model, utterances("val", 20, false)),
                        workers)) {
            long sums = 5L * DoubleBits.PLACES;
            assertEquals(Float.BYTES * (6 * moving + sums), BACKEND.liveBytes() - bytes);
            trainer.run(new Trainer.Listener() {});
        }
        assertEquals(bytes, BACKEND.liveBytes());
        Map<String, float[]> after = byName(parameters);
        before.forEach((name, values) ->
                assertEquals(!name.startsWith("fusion."), Arrays.equals(values, after.get(name)), name));
    }

    @Test
    void train_modalityDropoutOfFusedInputs_isRefused() {
        TrainingConfig config = SHORT.with("loss", Loss.MODALITY_DROPOUT);
        assertEquals(
                "training: fusion early-concat fuses the inputs and has no answer without both, and ‹loss"
                        + " modality-dropout› hides one of them; take a middle-* or late-* fusion, or another loss",
                Refusal.of(() -> train(model("early-concat"), config, 1)));
    }

    private static float[] trained(Loss loss, String fusion, int threads) {
        DialogueModel model = model(fusion);
        train(model, SHORT.with("loss", loss), threads);
        return values(model.parameters());
    }

    private static Trainer train(DialogueModel model, TrainingConfig config, int threads) {
        try (Workers workers = new Workers(threads)) {
            Examples train = new DialogueExamples(model, utterances("train", 60, true), config.hiding());
            Examples validation = new DialogueExamples(model, utterances("val", 20, false));
            Trainer trainer = new Trainer(model, config, train, validation, workers);
            trainer.run(new Trainer.Listener() {});
            return trainer;
        }
    }

    private static List<Utterance> utterances(String part, int count, boolean someLackAudio) {
        List<Utterance> utterances = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RandomStream random = new RandomStream(5, 0, part.length(), i);
            float[] audio = new float[SIZE];
            float[] text = new float[SIZE];
            for (int c = 0; c < SIZE; c++) {
                audio[c] = (float) random.nextGaussian() + i % 2;
                text[c] = (float) random.nextGaussian() - i % 2;
            }
            boolean lacks = someLackAudio && i % 7 == 0;
            utterances.add(new Utterance(
                    part + i,
                    null,
                    null,
                    LABELS.name(i % 2),
                    Origin.UNKNOWN.withTurn(part + i / 4, i % 4),
                    new Vectors(lacks ? null : audio, text)));
        }
        return utterances;
    }

    private static DialogueModel model(String fusion) {
        EncoderConfig encoder = new EncoderConfig(0, 0, RecurrentKind.GRU, 3, 1, true, 1, 0.2, 0, Pooling.MEAN);
        NetworkConfig network = new NetworkConfig(encoder, encoder, 6, fusion, 8);
        return new DialogueModel(new DialogueConfig(LABELS, network, SIZE, SIZE, true), null, BACKEND, 1);
    }

    private static Map<String, float[]> byName(Parameters parameters) {
        return parameters.all().stream()
                .collect(Collectors.toMap(
                        Parameter::name,
                        parameter -> parameters.value(parameter).toArray()));
    }

    /// Of all parameters, none of which is fixed.
    private static float[] values(Parameters parameters) {
        float[] values = new float[parameters.size()];
        BACKEND.download(parameters.values(), values);
        return values;
    }
}
