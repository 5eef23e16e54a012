package dev.parallax.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.audit.training.StepCheck;
import dev.parallax.audit.training.TrainingCheck;
import dev.parallax.corpus.recordings.Preparation;
import dev.parallax.data.AugmentationSettings;
import dev.parallax.fusion.FusedLogits;
import dev.parallax.io.Json;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.ModelConfig;
import dev.parallax.model.StartingWeights;
import dev.parallax.model.UtteranceModelSpec;
import dev.parallax.nn.Pass;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/// A training that is followed step by step takes the steps of training; and one whose inputs are not those of its
/// settings does not pass the check.
class FollowedTrainingTest {

    private static final Map<String, Json> MASKED = Map.of(
            "augmentation",
            AugmentationSettings.NONE
                    .toJson()
                    .with(
                            "specAugment",
                            AugmentationSettings.NONE
                                    .toJson()
                                    .object("specAugment")
                                    .with("probability", 1.0)));
    private static final Map<String, Json> HIDDEN =
            Map.of("loss", new Json.Text("modality-dropout"), "modalityDropout", new Json.Real(0.8));

    private final TrainingSetup masked = TrainingRunTest.setup(MASKED);
    private final TrainingSetup hidden = TrainingRunTest.setup(HIDDEN);

    private static EmotionModel model(TrainingSetup setup) {
        return ((UtteranceModelSpec) setup.plan())
                .newModel(
                        StartingWeights.RANDOM,
                        List.of("so glad you came"),
                        null,
                        true,
                        TrainingRunTest.BACKEND,
                        7,
                        _ -> {});
    }

    private static CorpusExamples examples(EmotionModel model, TrainingSetup setup) {
        Preparation prepared = Preparation.of(
                setup.utterances().subList(0, 8), TrainingRunTest.CACHE, ModelConfig.WINDOW_SECONDS, 1, (_, _) -> {});
        return new CorpusExamples(
                model, TrainingRunTest.CACHE, prepared.usable(), List.of(), setup.training(), _ -> {});
    }

    /// A training on examples of which each step reads something else.
    ///
    /// @param shard from a step and its batch
    private static StepCheck firstStep(
            TrainingSetup setup, BiFunction<CorpusExamples, int[], BiFunction<Integer, Pass, FusedLogits>> shard) {
        try (Workers workers = new Workers(1);
                EmotionModel model = model(setup)) {
            CorpusExamples real = examples(model, setup);
            Examples other = new Other(real) {
                @Override
                public Shard trainingShard(int step, int... some) {
                    return pass -> shard.apply(real, some).apply(step, pass);
                }
            };
            FollowedTraining.Inputs inputs =
                    new FollowedTraining.Inputs.OfUtterances(real.asTheyAre(), TrainingRunTest.CACHE.groups());
            try (FollowedTraining training = new FollowedTraining(model, setup.training(), other, inputs, workers)) {
                return TrainingCheck.of(training, 1, () -> {}).steps().getFirst();
            }
        }
    }

    @Test
    void check_maskedAndHiddenAsInTraining_holds() {
        for (TrainingSetup setup : List.of(masked, hidden)) {
            StepCheck step = firstStep(
                    setup,
                    (real, some) ->
                            (number, pass) -> real.trainingShard(number, some).forward(pass));
            assertTrue(step.holds(), step.toString());
            assertTrue(step.inputs().masked() + step.inputs().hiddenAudio() > 0, "there is something to check");
        }
    }

    @Test
    void check_masksOfAnotherStep_areFound() {
        StepCheck step = firstStep(
                masked,
                (real, some) ->
                        (number, pass) -> real.trainingShard(number + 1, some).forward(pass));
        assertTrue(step.inputs().wrong() > 0);
        assertTrue(
                step.terms().holds() && step.gradient().holds() && step.update().holds(), "all else is right");
        assertFalse(step.holds());
    }

    @Test
    void check_masksThatAreNotThere_areFound() {
        StepCheck step =
                firstStep(masked, (real, some) -> (_, pass) -> real.shard(some).forward(pass));
        assertTrue(step.inputs().wrong() > 0);
        assertFalse(step.holds());
    }

    @Test
    void check_hiddenModalityThatAddsItsTerm_isFound() {
        StepCheck step =
                firstStep(hidden, (real, some) -> (_, pass) -> real.shard(some).forward(pass));
        assertFalse(step.terms().holds(), step.terms().toString());
        assertFalse(step.inputs().holds());
        assertTrue(step.gradient().holds(), "it is the gradient of that loss");
        assertFalse(step.holds());
    }

    /// The same steps, bit by bit, as those of the trainer: after one epoch of one step both models are the same.
    @Test
    void take_oneStep_isThatOfTheTrainer() {
        TrainingConfig config = masked.training().with("epochs", 1);
        try (Workers workers = new Workers(1);
                EmotionModel followed = model(masked);
                EmotionModel trained = model(masked)) {
            CorpusExamples examples = examples(followed, masked);
            FollowedTraining.Inputs inputs =
                    new FollowedTraining.Inputs.OfUtterances(examples.asTheyAre(), TrainingRunTest.CACHE.groups());
            try (FollowedTraining training = new FollowedTraining(followed, config, examples, inputs, workers)) {
                training.take();
                assertFalse(training.hasNext());
                assertEquals(
                        Set.of("firstMoment", "secondMoment"), training.state().keySet());
            }
            Examples none = new CorpusExamples(trained, TrainingRunTest.CACHE, List.of(), _ -> {});
            try (Trainer trainer = new Trainer(trained, config, examples(trained, masked), none, workers)) {
                trainer.run(new Trainer.Listener() {});
            }
            assertArrayEquals(values(trained), values(followed));
        }
    }

    private static float[] values(EmotionModel model) {
        float[] values = new float[model.parameters().trainableSize()];
        model.backend().download(model.parameters().values(), values);
        return values;
    }

    /// Examples that others have.
    private static class Other implements Examples {

        private final Examples real;

        Other(Examples real) {
            this.real = real;
        }

        @Override
        public int size() {
            return real.size();
        }

        @Override
        public String corpus(int i) {
            return real.corpus(i);
        }

        @Override
        public int[] labels(int i) {
            return real.labels(i);
        }

        @Override
        public boolean hasAudio(int i, int row) {
            return real.hasAudio(i, row);
        }

        @Override
        public boolean hasText(int i, int row) {
            return real.hasText(i, row);
        }

        @Override
        public int utterance(int i) {
            return real.utterance(i);
        }

        @Override
        public List<String> ids() {
            return real.ids();
        }

        @Override
        public int length(int i) {
            return real.length(i);
        }

        @Override
        public Shard shard(int... some) {
            return real.shard(some);
        }
    }
}
