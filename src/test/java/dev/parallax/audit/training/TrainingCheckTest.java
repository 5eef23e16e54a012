package dev.parallax.audit.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.audio.features.FeatureCache;
import dev.parallax.audio.features.FeatureConfig;
import dev.parallax.audio.variation.Augmentation;
import dev.parallax.audio.variation.SpecAugment;
import dev.parallax.backend.AdamSettings;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;
import dev.parallax.backend.SgdSettings;
import dev.parallax.backend.scalar.ScalarBackend;
import dev.parallax.corpus.synthetic.SyntheticCorpus;
import dev.parallax.corpus.synthetic.SyntheticSettings;
import dev.parallax.data.AugmentationSettings;
import dev.parallax.data.Labels;
import dev.parallax.data.Origin;
import dev.parallax.data.Utterance;
import dev.parallax.data.Vectors;
import dev.parallax.fusion.Loss;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.model.DialogueConfig;
import dev.parallax.model.DialogueModel;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.ModelConfig;
import dev.parallax.model.NetworkConfig;
import dev.parallax.model.RunRecord;
import dev.parallax.model.answer.AnswerRules;
import dev.parallax.nn.EncoderConfig;
import dev.parallax.nn.EncoderConfig.RecurrentKind;
import dev.parallax.nn.Pooling;
import dev.parallax.random.RandomStream;
import dev.parallax.text.Subwords;
import dev.parallax.text.Tokenizer;
import dev.parallax.text.Vocabulary;
import dev.parallax.train.FollowedTraining;
import dev.parallax.train.OptimizerKind;
import dev.parallax.train.Reduction;
import dev.parallax.train.ScheduleKind;
import dev.parallax.train.TrainingConfig;
import dev.parallax.train.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Steps of training, from the masks of the inputs to the parameters behind them, held against formulas; and errors in
/// each of these links, which are found.
class TrainingCheckTest {

    private static final Labels LABELS = Labels.of(SyntheticCorpus.LABELS);
    private static final FeatureConfig FEATURES = FeatureConfig.preset("speech").withStack(4);
    private static final FeatureCache CACHE = new FeatureCache(FEATURES, null, 1 << 26, line -> {});
    private static final List<Utterance> UTTERANCES = new SyntheticCorpus(
                    SyntheticSettings.defaults(3).withSize(80))
            .utterances()
            .subList(0, 8);
    private static final int VECTOR = 5;

    /// A training of five steps an epoch or of one, in shards of three.
    private static TrainingConfig config(String name) {
        TrainingConfig usual = TrainingConfig.STANDARD.with("shardSize", 3).with("clipNorm", 0.05);
        return switch (name) {
            case "masks, AdamW, average" -> usual.withAugmentation(MASKS).with("averaging", 0.9);
            case "modality dropout, Adam, plateau" ->
                usual.with("loss", Loss.MODALITY_DROPOUT)
                        .with("modalityDropout", 0.8)
                        .with("optimizer", OptimizerKind.ADAM)
                        .with("schedule", ScheduleKind.PLATEAU);
            case "modulated, SGD, constant" ->
                usual.with("loss", Loss.MODULATED)
                        .with("optimizer", OptimizerKind.SGD)
                        .with("schedule", ScheduleKind.CONSTANT);
            case "alone first, unclipped" ->
                usual.with("loss", Loss.ALONE_FIRST).with("epochs", 10).with("clipNorm", 0.0);
            case "on probabilities, sum, two steps an epoch" ->
                usual.with("onProbabilities", true)
                        .with("reduction", Reduction.SUM)
                        .with("batchSize", 5);
            default -> throw new IllegalArgumentException(name);
        };
    }

    static List<String> configs() {
        return List.of(
                "masks, AdamW, average",
                "modality dropout, Adam, plateau",
                "modulated, SGD, constant",
                "alone first, unclipped",
                "on probabilities, sum, two steps an epoch");
    }

    private static final AugmentationSettings MASKS = new AugmentationSettings(
            0,
            0,
            new Augmentation(
                    Augmentation.NONE.speed(),
                    Augmentation.NONE.room(),
                    Augmentation.NONE.music(),
                    Augmentation.NONE.noise(),
                    Augmentation.NONE.bandLimit(),
                    Augmentation.NONE.gain(),
                    Augmentation.NONE.silence(),
                    new SpecAugment(0.7, 2, 4, 0.3, 2, 5, SpecAugment.Fill.MEAN)));

    private static NetworkConfig network() {
        EncoderConfig encoder = new EncoderConfig(0, 0, RecurrentKind.GRU, 4, 1, true, 2, 0.2, 0.2, Pooling.MEAN);
        return new NetworkConfig(encoder, encoder, 4, "middle-gated", 4);
    }

    private static RunRecord record(TrainingConfig config) {
        return record(config, config.toJson());
    }

    private static RunRecord record(TrainingConfig config, JsonObject training) {
        return new RunRecord(
                "test",
                config.seed(),
                "backend",
                List.of("synthetic"),
                "",
                training,
                Json.object(),
                Json.object(),
                List.of(),
                0,
                List.of(),
                Json.object(),
                List.of());
    }

    private static EmotionModel model(TrainingConfig config, String fusion, Backend backend) {
        ModelConfig reads = new ModelConfig(
                LABELS,
                FEATURES,
                Tokenizer.standard(),
                Subwords.NONE,
                network().withFusion(fusion),
                true,
                ModelConfig.WINDOW_SECONDS);
        List<List<String>> texts = UTTERANCES.stream()
                .map(utterance -> Tokenizer.standard().tokenize(Objects.requireNonNull(utterance.text())))
                .toList();
        Vocabulary vocabulary = Vocabulary.build(texts, new Vocabulary.Limits(1, 100));
        return new EmotionModel(reads, vocabulary, backend, 7).with(record(config), AnswerRules.PLAIN);
    }

    private static TrainingCheck check(TrainingConfig config, Backend backend) {
        return check(model(config, "middle-gated", backend), UTTERANCES);
    }

    private static TrainingCheck check(EmotionModel made, List<Utterance> utterances) {
        try (Workers workers = new Workers(2);
                EmotionModel model = made;
                FollowedTraining training = FollowedTraining.of(model, utterances, CACHE, workers, _ -> {})) {
            return TrainingCheck.of(training, TrainingCheck.STEPS, () -> {});
        }
    }

    private static int sum(TrainingCheck check, ToIntFunction<InputCheck> count) {
        return check.steps().stream().map(StepCheck::inputs).mapToInt(count).sum();
    }

    @ParameterizedTest
    @MethodSource("configs")
    void of_trainingOfUtterances_holds(String name) {
        TrainingConfig config = config(name);
        TrainingCheck check = check(config, new ScalarBackend());
        assertEquals(3, check.steps().size());
        assertTrue(check.holds(), check.toString());
        boolean masks = config.augmentation().equals(MASKS);
        boolean hides = config.loss() == Loss.MODALITY_DROPOUT;
        assertEquals(masks, sum(check, InputCheck::masked) > 0);
        assertTrue(sum(check, InputCheck::masked) < sum(check, InputCheck::recordings), "not all are masked");
        assertEquals(hides, sum(check, InputCheck::hiddenAudio) > 0 && sum(check, InputCheck::hiddenText) > 0);
        for (StepCheck step : check.steps()) {
            TermCheck terms = step.terms();
            int hidden = step.inputs().hiddenAudio() + step.inputs().hiddenText();
            assertEquals(step.batch() - hidden, terms.fused());
            assertEquals(
                    config.loss() == Loss.PERSPECTIVE
                            ? step.batch()
                            : step.inputs().hiddenText(),
                    terms.audio());
            assertEquals(config.clipNorm() > 0, step.update().clipping() < 1, "clipped where it is to be");
            assertEquals(
                    config.loss() == Loss.MODULATED,
                    step.update().shares().stream().anyMatch(share -> share < 1));
        }
        assertEquals(
                config.loss() == Loss.ALONE_FIRST ? 1 : 0,
                check.steps().getFirst().epoch());
        assertEquals(
                config.batchSize() == 5 ? List.of(0, 0, 1) : List.of(0, 1, 2),
                check.steps().stream()
                        .map(step -> step.epoch() - check.steps().getFirst().epoch())
                        .toList());
    }

    @Test
    void of_trainingOfOneStep_checksOneAndLeavesTheModelAsItWas() {
        TrainingConfig config = config("masks, AdamW, average").with("epochs", 1);
        try (Workers workers = new Workers(1);
                EmotionModel model = model(config, "middle-gated", new ScalarBackend());
                FollowedTraining training = FollowedTraining.of(model, UTTERANCES, CACHE, workers, _ -> {})) {
            float[] before = values(model.parameters().values(), model.backend());
            assertEquals(
                    1,
                    TrainingCheck.of(training, TrainingCheck.STEPS, () -> {})
                            .steps()
                            .size());
            assertArrayEquals(before, values(model.parameters().values(), model.backend()));
        }
    }

    /// What was frozen in the training of the model has no gradient, and no step moves it; its head learns.
    @Test
    void of_frozenEncoder_checksItsHeadAlone() {
        TrainingConfig config = config("masks, AdamW, average");
        JsonObject start = Json.object().with("frozen", List.of("audio"));
        EmotionModel frozen = model(config, "middle-gated", new ScalarBackend())
                .with(record(config, config.toJson().with("start", start)), AnswerRules.PLAIN);
        TrainingCheck check = check(frozen, UTTERANCES);
        assertTrue(check.holds(), check.toString());
        assertEquals(
                List.of("audio.head.weight", "audio.head.bias"),
                check.steps().getFirst().update().parameters().stream()
                        .map(UpdateCheck.Moved::name)
                        .filter(name -> name.startsWith("audio."))
                        .toList());
    }

    /// Where no utterance has both, the perspectives are two models, and each is clipped by itself.
    @Test
    void of_perspectivesApart_holds() {
        List<Utterance> apart = IntStream.range(0, 2 * LABELS.size())
                .mapToObj(i -> UTTERANCES
                        .get(i % UTTERANCES.size())
                        .withId("u" + i)
                        .withEmotion(LABELS.name(i % LABELS.size())))
                .map(utterance -> Integer.parseInt(utterance.id().substring(1)) < LABELS.size()
                        ? utterance.withoutText()
                        : utterance.withoutAudio())
                .toList();
        TrainingConfig config = config("masks, AdamW, average");
        TrainingCheck check = check(model(config, "late-add", new ScalarBackend()), apart);
        assertTrue(check.holds(), check.toString());
        assertEquals(0, check.steps().getFirst().terms().fused());
        assertEquals(LABELS.size(), check.steps().getFirst().terms().text());
        assertFalse(
                check(model(config, "late-add", new WrongClipping()), apart).holds(),
                "of the audio alone, of the text alone");
    }

    /// The cosine ends at a rate of 0.
    @Test
    void of_lastStepsOfASchedule_holds() {
        TrainingCheck check = check(config("masks, AdamW, average").with("epochs", 2), new ScalarBackend());
        assertTrue(check.holds(), check.toString());
        assertEquals(
                List.of(1e-3, 0.0),
                check.steps().stream().map(step -> step.update().rate()).toList());
    }

    private static float[] values(Buffer buffer, Backend backend) {
        float[] values = new float[buffer.length()];
        backend.download(buffer, values);
        return values;
    }

    /// Utterances of which training hides something, in dialogues whose vectors are given.
    private static List<Utterance> dialogues() {
        RandomStream random = new RandomStream(5, 0, 0, 0);
        List<Utterance> utterances = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            float[] audio = new float[VECTOR];
            float[] text = new float[VECTOR];
            for (int j = 0; j < VECTOR; j++) {
                audio[j] = (float) random.nextGaussian();
                text[j] = (float) random.nextGaussian();
            }
            String emotion = i % 5 == 4 ? null : LABELS.name(i % LABELS.size());
            Vectors vectors = new Vectors(i == 3 ? null : audio, i == 7 ? null : text);
            utterances.add(new Utterance(
                    "u" + i, null, null, emotion, Origin.UNKNOWN.withTurn("dialogue" + i / 4, i % 4), vectors));
        }
        return utterances;
    }

    @Test
    void ofDialogues_hiddenModalities_holds() {
        TrainingConfig config = TrainingConfig.DIALOGUE
                .with("loss", Loss.MODALITY_DROPOUT)
                .with("modalityDropout", 0.6)
                .with("shardSize", 2);
        DialogueConfig reads = new DialogueConfig(LABELS, network(), VECTOR, VECTOR, true);
        try (Workers workers = new Workers(2);
                DialogueModel model =
                        new DialogueModel(reads, null, new ScalarBackend(), 7).with(record(config), AnswerRules.PLAIN);
                FollowedTraining training = FollowedTraining.ofDialogues(model, dialogues(), workers)) {
            TrainingCheck check = TrainingCheck.of(training, TrainingCheck.STEPS, () -> {});
            assertTrue(check.holds(), check.toString());
            assertEquals(
                    List.of(12, 12, 12),
                    check.steps().stream().map(StepCheck::batch).toList());
            assertTrue(sum(check, InputCheck::hiddenAudio) > 0 && sum(check, InputCheck::hiddenText) > 0);
        }
    }

    /// A backend that clips to a norm that is too large by a hundredth part.
    private static final class WrongClipping extends ScalarBackend {
        @Override
        public void clipByNorm(double maxNorm, Buffer sumOfSquares, Buffer x) {
            super.clipByNorm(1.01 * maxNorm, sumOfSquares, x);
        }
    }

    /// A backend whose weights decay by nine tenths of what they should.
    private static final class WrongDecay extends ScalarBackend {
        @Override
        public void adam(AdamSettings settings, Buffer gradient, Buffer first, Buffer second, Buffer parameter) {
            super.adam(
                    with(settings, 0.9 * settings.weightDecay(), settings.step()), gradient, first, second, parameter);
        }

        @Override
        public void sgd(SgdSettings settings, Buffer gradient, Buffer velocity, Buffer parameter) {
            SgdSettings wrong = new SgdSettings(
                    settings.learningRate(),
                    settings.momentum(),
                    settings.nesterov(),
                    0.9 * settings.weightDecay(),
                    settings.step());
            super.sgd(wrong, gradient, velocity, parameter);
        }
    }

    /// A backend whose bias corrections are those of the first step, always.
    private static final class WrongCorrection extends ScalarBackend {
        @Override
        public void adam(AdamSettings settings, Buffer gradient, Buffer first, Buffer second, Buffer parameter) {
            super.adam(with(settings, settings.weightDecay(), 1), gradient, first, second, parameter);
        }
    }

    private static AdamSettings with(AdamSettings settings, double weightDecay, int step) {
        return new AdamSettings(
                settings.learningRate(),
                settings.beta1(),
                settings.beta2(),
                settings.epsilon(),
                weightDecay,
                settings.decoupled(),
                step);
    }

    /// Of each step, whether a link of it holds for all parameters.
    private static List<Boolean> holds(TrainingCheck check, Predicate<UpdateCheck.Moved> link) {
        return check.steps().stream()
                .map(step -> step.update().parameters().stream().allMatch(link))
                .toList();
    }

    @Test
    void of_clippingThatIsWrong_isFoundThere() {
        TrainingCheck check = check(config("masks, AdamW, average"), new WrongClipping());
        assertEquals(List.of(false, false, false), holds(check, moved -> moved.clipped() <= UpdateCheck.CLIPPED_BOUND));
        assertEquals(List.of(true, true, true), holds(check, moved -> moved.kept() <= UpdateCheck.KEPT_BOUND));
        assertEquals(List.of(true, true, true), holds(check, moved -> moved.moved() <= UpdateCheck.MOVED_BOUND));
        assertTrue(check.steps().stream().allMatch(step -> step.gradient().holds()), "the gradient is right");
        assertFalse(check.holds());
    }

    @Test
    void of_decayOfAdamWThatIsWrong_isFoundInTheParameters() {
        TrainingConfig config =
                config("masks, AdamW, average").with("weightDecay", 0.1).with("averaging", 0.0);
        TrainingCheck check = check(config, new WrongDecay());
        assertEquals(List.of(true, true, true), holds(check, moved -> moved.kept() <= UpdateCheck.KEPT_BOUND));
        assertEquals(List.of(false, false, false), holds(check, moved -> moved.moved() <= UpdateCheck.MOVED_BOUND));
    }

    @ParameterizedTest
    @MethodSource("configs")
    void of_decayThatIsWrong_isFound(String name) {
        assertFalse(check(config(name), new WrongDecay()).holds());
    }

    @Test
    void of_biasCorrectionThatIsWrong_isFoundFromTheSecondStepOn() {
        TrainingCheck check = check(config("modality dropout, Adam, plateau"), new WrongCorrection());
        assertEquals(List.of(true, false, false), holds(check, moved -> moved.moved() <= UpdateCheck.MOVED_BOUND));
        assertEquals(List.of(true, true, true), holds(check, moved -> moved.kept() <= UpdateCheck.KEPT_BOUND));
        assertFalse(check.holds());
    }
}
