package dev.parallax.audit.attribution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.audio.Audio;
import dev.parallax.audit.UtteranceAudit;
import dev.parallax.fusion.Fusions;
import dev.parallax.fusion.Perspectives;
import dev.parallax.fusion.View;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Starter;
import dev.parallax.model.StartingWeights;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Integrated gradients, where the answer is known, and that they add up.
class IntegratedGradientsTest {

    /// With n nodes polynomials of degree 2n - 1 are integrated exactly: ∫ t^k = 1 / (k + 1).
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8, 64, 256})
    void gaussLegendre_polynomials_areExact(int n) {
        GaussLegendre rule = GaussLegendre.of(n);
        assertEquals(1, Arrays.stream(rule.weights()).sum(), 1e-13);
        for (int k : new int[] {1, n, 2 * n - 1}) {
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum += rule.weights()[i] * Math.pow(rule.nodes()[i], k);
            }
            assertEquals(1.0 / (k + 1), sum, 1e-13, "degree " + k);
        }
    }

    /// The logit of angry is the mean of the words' weights, so each word adds a third of its own.
    @Test
    void of_linearModelOfText_isWeightTimesInput() {
        try (EmotionModel model = SmallModels.ofWords(0, 6, 1.5f, -3)) {
            Perturbation asked = SmallModels.ask(model, List.of(), "so bad good");
            assertEquals("angry", asked.audit().prediction().decision().label());
            IntegratedGradients found = IntegratedGradients.of(asked, View.TEXT);
            assertArrayEquals(
                    new double[] {0.5, 2, -1},
                    Objects.requireNonNull(found.text()).ofRows(),
                    1e-6);
            assertEquals(0, found.baseline(), 1e-7);
            assertEquals(1.5, found.logit(), 1e-6);
            assertEquals(0, found.gap(), 1e-6);
            assertEquals(IntegratedGradients.FEWEST_POINTS, found.points());
        }
    }

    /// A tone in one stretch is what the logit comes from.
    @Test
    void of_linearModelOfAudio_isInTheStretchOfTheTone() {
        try (EmotionModel model = SmallModels.ofLoudness(0.1f, 20)) {
            Perturbation asked = SmallModels.ask(model, List.of(SmallModels.tone(7)), null);
            assertEquals("angry", asked.audit().prediction().decision().label());
            ViewAttribution found = ViewAttribution.of(asked, View.AUDIO);
            assertEquals(Perturbation.STRETCHES, found.stretches().size());
            double all =
                    found.stretches().stream().mapToDouble(Double::doubleValue).sum();
            assertEquals(found.logit() - found.baseline(), all, 1e-5);
            double around = found.stretches().get(6)
                    + found.stretches().get(7)
                    + found.stretches().get(8);
            assertTrue(around > 0.9 * all, "frames overlap the stretch: " + found.stretches());
            assertTrue(found.stretches().get(7) > 0.5 * all, found.stretches()::toString);
        }
    }

    static List<String> fusions() {
        return Fusions.names();
    }

    /// For every fusion, view and two windows the parts add up to the logit, and the whole explanation
    /// goes through.
    @ParameterizedTest
    @MethodSource("fusions")
    void of_everyFusion_isComplete(String fusion) {
        try (EmotionModel model = SmallModels.ofFusion(fusion)) {
            List<Audio> windows = List.of(SmallModels.speech(0), SmallModels.speech(1));
            Perturbation asked = SmallModels.ask(model, windows, "so bad, good");
            for (View view : Perspectives.VIEWS) {
                IntegratedGradients found = IntegratedGradients.of(asked, view);
                assertTrue(found.isComplete(), view + ": " + found.gap() + " with " + found.points());
                assertEquals(view == View.TEXT ? 0 : 2, found.audio().size());
                assertEquals(view == View.AUDIO, found.text() == null);
                double logit =
                        Objects.requireNonNull(asked.audit().logits().get(view)).values()[asked.label()];
                assertEquals(logit, found.logit(), 1e-5, "the mean over the windows");
            }
            UtteranceAudit shorter = UtteranceAudit.of(model, windows.subList(0, 1), "so bad, good");
            Explanation explanation = Explanation.of(model, shorter, true);
            assertEquals(View.FUSED, explanation.view());
            boolean fusesInputs = model.network().fusesInputs();
            assertEquals(
                    fusesInputs ? 1 : 3,
                    explanation.attributions().size(),
                    "a logit that is no answer is not explained");
            assertEquals(3, explanation.words().size());
            assertEquals(
                    Perturbation.STRETCHES, explanation.decided().stretches().size());
            assertEquals(2, explanation.deletions().size());
            assertEquals(3, explanation.counterfactuals().size());
            assertEquals(fusesInputs, explanation.shapley() == null, "an early fusion has no answer without both");
            assertTrue(explanation.toJson().has("sanity"));
            assertTrue(Summary.of(explanation).size() >= 4);
        }
    }

    @Test
    void of_missingModality_hasTheOtherAlone() {
        try (EmotionModel model = SmallModels.ofFusion("late-add")) {
            Explanation read = Explanation.of(
                    model, SmallModels.ask(model, List.of(), "good").audit(), true);
            assertEquals(
                    List.of(View.TEXT),
                    read.attributions().stream().map(ViewAttribution::view).toList());
            assertEquals("only text is there", read.noShapley());
            assertEquals(List.of(), read.audioAttention());
            assertEquals(List.of(), read.deletions(), "one word is left in the end, so of one word none goes");
            assertTrue(Double.isNaN(read.agreement().words()), "one word has no order");
            Explanation heard = Explanation.of(
                    model,
                    SmallModels.ask(model, List.of(SmallModels.tone(3)), null).audit(),
                    true);
            assertEquals(
                    List.of(View.AUDIO),
                    heard.attributions().stream().map(ViewAttribution::view).toList());
            assertEquals(List.of(), heard.words());
            assertNull(heard.shapley());
            assertNotNull(heard.sanity());
        }
    }

    /// The starter: a recurrent network over words, and one row of functionals.
    @Test
    void of_starter_isCompleteInEachView() {
        try (EmotionModel model = Starter.load(SmallModels.BACKEND)) {
            Perturbation asked = SmallModels.ask(model, List.of(SmallModels.speech(0)), "I am so happy, you came back");
            for (View view : Perspectives.VIEWS) {
                assertTrue(IntegratedGradients.of(asked, view).gap() < IntegratedGradients.LARGEST_GAP, view.word());
            }
        }
    }

    /// A model without a say of its own: an encoder reads other rows only where it is asked to.
    @Test
    void reinitialized_someLayers_keepsTheOthers() {
        try (EmotionModel model = SmallModels.ofWords(0, 6, 1.5f, -3);
                EmotionModel other = StartingWeights.again(model, name -> name.startsWith("text.head"), 3)) {
            float[] before = value(model, "text.embedding.weight");
            assertArrayEquals(before, value(other, "text.embedding.weight"));
            assertTrue(!Arrays.equals(value(model, "text.head.weight"), value(other, "text.head.weight")));
            assertArrayEquals(new float[] {0, 0, 0, 6, 1.5f, -3}, value(model, "text.head.weight"));
        }
    }

    private static float[] value(EmotionModel model, String name) {
        return model.parameters().all().stream()
                .filter(parameter -> parameter.name().equals(name))
                .map(parameter -> model.parameters().value(parameter).toArray())
                .findFirst()
                .orElseThrow();
    }
}
