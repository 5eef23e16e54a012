package dev.parallax.audit.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.audio.features.FeatureConfig;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;
import dev.parallax.backend.scalar.ScalarBackend;
import dev.parallax.backend.vector.VectorBackend;
import dev.parallax.data.Example;
import dev.parallax.data.Labels;
import dev.parallax.fusion.Fusions;
import dev.parallax.fusion.PerspectiveLoss;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.ModelConfig;
import dev.parallax.model.NetworkConfig;
import dev.parallax.nn.CrossEntropyLoss;
import dev.parallax.random.RandomStream;
import dev.parallax.text.Subwords;
import dev.parallax.text.Tokenizer;
import dev.parallax.text.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Gradients of a training step held against the loss.
class GradientCheckTest {

    private static final Labels LABELS = Labels.of(List.of("anger", "joy", "sadness"));
    private static final int ROWS = 7;

    static List<String> fusions() {
        return Fusions.names();
    }

    private static EmotionModel model(String fusion, Backend backend) {
        ModelConfig config = new ModelConfig(
                LABELS,
                FeatureConfig.preset("speech").withStack(4),
                Tokenizer.standard(),
                Subwords.NONE,
                NetworkConfig.STANDARD.withFusion(fusion),
                true,
                ModelConfig.WINDOW_SECONDS);
        Vocabulary vocabulary = Vocabulary.build(
                List.of(List.of("so", "glad"), List.of("how", "sad", "it", "is")), new Vocabulary.Limits(1, 100));
        return new EmotionModel(config, vocabulary, backend, 7);
    }

    /// Three utterances of unlike lengths.
    private static List<Example> batch(EmotionModel model) {
        List<Example> batch = new ArrayList<>();
        List<String> texts = List.of("so glad", "how sad it is", "glad");
        RandomStream random = new RandomStream(3, 0, 0, 0);
        for (int i = 0; i < texts.size(); i++) {
            float[] frames = new float[(ROWS + i) * model.config().frameSize()];
            for (int j = 0; j < frames.length; j++) {
                frames[j] = (float) random.nextGaussian();
            }
            batch.add(model.example(frames, texts.get(i), null, i));
        }
        return batch;
    }

    private static PerspectiveLoss loss() {
        return new PerspectiveLoss(true, 0.7f, 1.3f, new CrossEntropyLoss(new float[] {1, 2, 0.5f}, 0.1f));
    }

    private static GradientCheck check(EmotionModel model) {
        List<Example> batch = batch(model);
        TracedStep step = TracedStep.of(
                model,
                pass -> model.forward(pass, batch),
                new TracedStep.Task(
                        loss(), batch.stream().map(Example::label).toList(), 1f / batch.size(), 5, 0, false));
        return GradientCheck.of(step, step.pass().results(step.values()), 5, () -> {});
    }

    @ParameterizedTest
    @MethodSource("fusions")
    void of_everyFusionWithDropout_holds(String fusion) {
        try (EmotionModel model = model(fusion, new VectorBackend())) {
            GradientCheck check = check(model);
            assertTrue(check.holds(), check.toString());
            assertTrue(check.forward() > 0, "single precision is not double");
            assertEquals(
                    model.parameters().all().size(),
                    check.parameters().size(),
                    "every parameter that learns is checked");
            assertTrue(
                    check.parameters().stream().anyMatch(each -> each.norm() > 0.01),
                    "the loss depends on the parameters");
        }
    }

    /// A backend whose gradient of the loss is too large by a hundredth part.
    private static final class WrongGradients extends ScalarBackend {
        @Override
        public void crossEntropyGradAdd(
                Buffer probabilities,
                int[] labels,
                float[] classWeights,
                float smoothing,
                float scale,
                Buffer dy,
                Buffer dLogits) {
            super.crossEntropyGradAdd(probabilities, labels, classWeights, smoothing, 1.01f * scale, dy, dLogits);
        }
    }

    @Test
    void of_gradientThatIsWrong_isFound() {
        try (EmotionModel model = model("late-add", new WrongGradients())) {
            GradientCheck check = check(model);
            assertFalse(check.holds());
            List<String> wrong = check.parameters().stream()
                    .filter(each -> !each.holds())
                    .map(GradientCheck.Checked::name)
                    .toList();
            assertTrue(wrong.contains("audio.head.bias"), wrong.toString());
            assertTrue(check.forward() <= GradientCheck.BOUND, "the forward pass is right");
        }
    }
}
