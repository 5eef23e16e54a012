package dev.parallax.audit.attribution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.audio.Audio;
import dev.parallax.audit.attribution.Counterfactual.Kind;
import dev.parallax.data.FeatureScaling;
import dev.parallax.fusion.Modality;
import dev.parallax.fusion.View;
import dev.parallax.io.RecordJson;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Starter;
import dev.parallax.model.attention.Stretches;
import dev.parallax.model.attention.WordRows;
import dev.parallax.trace.Step;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// What an answer hangs on, where it was planted: one word, or a tone in one stretch.
class ExplanationTest {

    private static final String BAD = "so bad good";

    private static Counterfactual of(Explanation explanation, Kind kind) {
        return explanation.counterfactuals().stream()
                .filter(found -> found.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    private static Explanation ofTone(EmotionModel model, int... stretches) {
        return Explanation.of(
                model,
                SmallModels.ask(model, List.of(SmallModels.tone(stretches)), null)
                        .audit(),
                true);
    }

    /// Two players with equal answers have equal shares; the shares add up; a player that changes
    /// nothing has none.
    @Test
    void shapley_ofTwoPlayers_isExact() {
        ShapleyValues equal = ShapleyValues.of(0.9, 0.6, 0.6, 0.25);
        assertEquals(equal.ofAudio(), equal.ofText());
        assertEquals(0.9 - 0.25, equal.ofAudio() + equal.ofText(), 1e-12);
        ShapleyValues idle = ShapleyValues.of(0.7, 0.7, 0.25, 0.25);
        assertEquals(0, idle.ofText(), 1e-12);
        assertEquals(0.45, idle.ofAudio(), 1e-12);
    }

    @Test
    void of_oneWordThatDecides_namesItAndAsksTheFewest() {
        try (EmotionModel model = SmallModels.ofWords(0, 6, 0.3f, -1)) {
            Explanation found =
                    Explanation.of(model, SmallModels.ask(model, List.of(), BAD).audit(), true);
            assertEquals("angry", found.label());
            assertEquals(1, found.agreement().words(), 1e-12);
            Counterfactual left = of(found, Kind.LEAVE_OUT);
            assertEquals(List.of(1), Objects.requireNonNull(left.change()).places());
            assertEquals("calm", left.change().decision());
            assertTrue(left.smallest());
            Counterfactual replaced = of(found, Kind.REPLACE);
            assertEquals(List.of(1), Objects.requireNonNull(replaced.change()).places());
            assertEquals(List.of("good"), replaced.change().replacements());
            assertEquals("no sound is heard", of(found, Kind.SILENCE).obstacle());
            DeletionCurve words = found.deletions().getFirst();
            assertEquals(List.of(0, 1, 2), words.removed());
            assertTrue(words.gain() > 0.1, words::toString);
            assertTrue(
                    Summary.of(found)
                            .contains("without “bad”, the decision is calm (0.587; no fewer words do, 1 question"
                                    + " to the model)"),
                    () -> String.join("; ", Summary.of(found)));
        }
    }

    /// Either of two bad words is enough, so both must go, and no single one does.
    @Test
    void leaveOut_twoWordsThatDecide_findsBoth() {
        try (EmotionModel model = SmallModels.ofWords(1, 9, 0, -3)) {
            Explanation found = Explanation.of(
                    model, SmallModels.ask(model, List.of(), "bad so bad").audit(), false);
            Counterfactual left = of(found, Kind.LEAVE_OUT);
            assertEquals(List.of(0, 2), Objects.requireNonNull(left.change()).places());
            assertTrue(left.smallest());
            assertNull(found.sanity());
            assertEquals(List.of(), found.deletions());
        }
    }

    /// More words than all sets can be asked of: words go one by one, and it is not said that fewer
    /// would not do.
    @Test
    void leaveOut_manyWords_isGreedyAndSaysSo() {
        try (EmotionModel model = SmallModels.ofWords(1, 30, 0, 0)) {
            String text = "bad bad bad bad bad " + "so ".repeat(25).strip();
            Perturbation asked = SmallModels.ask(model, List.of(), text);
            Occlusion occlusion = Occlusion.of(asked);
            Counterfactual left =
                    Counterfactual.leaveOut(asked, occlusion.losses(occlusion.withouts()), Explanation.BUDGET);
            assertEquals(
                    List.of(0, 1, 2, 3, 4),
                    Objects.requireNonNull(left.change()).places());
            assertEquals(false, left.smallest());
            assertTrue(left.questions() <= Explanation.BUDGET);
        }
    }

    /// Weights of 0: the answer is the bias, and nothing can change it.
    @Test
    void of_answerThatHangsOnNothing_findsNoChange() {
        try (EmotionModel model = SmallModels.ofWords(1, 0, 0, 0)) {
            Explanation found =
                    Explanation.of(model, SmallModels.ask(model, List.of(), BAD).audit(), false);
            Counterfactual left = of(found, Kind.LEAVE_OUT);
            assertNull(left.change());
            assertTrue(left.smallest(), "all sets were asked");
            Counterfactual replaced = of(found, Kind.REPLACE);
            assertNull(replaced.change());
            assertEquals(false, replaced.smallest());
            assertTrue(replaced.questions() > 0);
            assertTrue(
                    Summary.of(found).contains("words left out: none changes the decision (6 questions to the model)"));
        }
        try (EmotionModel model = SmallModels.ofLoudness(1, 0)) {
            Counterfactual silence = of(ofTone(model, 5), Kind.SILENCE);
            assertNull(silence.change());
            assertTrue(silence.smallest());
            assertEquals(210, silence.questions(), "all runs of twenty stretches");
        }
    }

    /// Where a tone decides, its silence changes the decision, and to take it away first costs more
    /// than at random.
    @Test
    void of_toneThatDecides_findsItsStretch() {
        try (EmotionModel model = SmallModels.ofLoudness(0.2f, 20)) {
            Explanation found = ofTone(model, 7);
            assertEquals("angry", found.label());
            Counterfactual silence = of(found, Kind.SILENCE);
            assertEquals(List.of(7), Objects.requireNonNull(silence.change()).places());
            assertTrue(silence.smallest());
            DeletionCurve curve = found.deletions().getFirst();
            assertEquals("stretches", curve.what());
            assertEquals(21, curve.removed().size());
            assertTrue(curve.gain() > 0.05, curve::toString);
            assertTrue(curve.byImportance().get(1) < 0.5 && curve.random().get(1) > 0.5, curve::toString);
            int strongest = found.decided()
                    .stretches()
                    .indexOf(found.decided().stretches().stream()
                            .max(Double::compare)
                            .orElseThrow());
            assertEquals(7, strongest);
            assertEquals(0.35, found.start(7), 1e-9);
            assertEquals(0.40, found.end(7), 1e-9);
        }
    }

    /// A gap above the bound is said.
    @Test
    void summary_gapAboveTheBound_saysSo() {
        try (EmotionModel model = SmallModels.ofWords(0, 6, 0.3f, -1)) {
            Explanation found =
                    Explanation.of(model, SmallModels.ask(model, List.of(), BAD).audit(), false);
            assertTrue(Summary.checks(found).getFirst().endsWith("but for 0.000 % (8 points)"));
            ViewAttribution its = found.decided();
            ViewAttribution off = RecordJson.with(RecordJson.with(its, "gap", 0.5), "complete", false);
            Explanation wrong = RecordJson.with(found, "attributions", List.of(off));
            assertTrue(
                    Summary.checks(wrong).getFirst().contains("50.000 % (8 points; this is above the bound"),
                    Summary.checks(wrong)::toString);
        }
    }

    /// The starter is trained: with random weights its attributions are others.
    @Test
    void sanity_trainedModel_fallsTowardZero() {
        try (EmotionModel model = Starter.load(SmallModels.BACKEND)) {
            Perturbation asked = SmallModels.ask(model, List.of(SmallModels.speech(0)), "I am so happy, you came back");
            SanityCheck check = SanityCheck.of(asked);
            String view = asked.view().word();
            SanityCheck.Level last = check.levels().getLast();
            assertEquals(true, Math.abs(last.text()) < 0.15 || view.equals("audio"), check::toString);
            assertEquals(true, Math.abs(last.audio()) < 0.15 || view.equals("text"), check::toString);
            assertEquals(check, SanityCheck.of(asked), "the draws are seeded");
        }
    }

    /// From the output down: the fusion, the heads of both encoders, and so on to the embedding.
    @Test
    void sanityLevels_goFromTheOutputDown() {
        try (EmotionModel model = SmallModels.ofFusion("middle-concat")) {
            List<List<String>> levels = SanityCheck.levels(model, View.FUSED);
            assertTrue(levels.getFirst().getFirst().startsWith("fusion."), levels::toString);
            int heads = levels.indexOf(List.of("audio.head", "text.head"));
            assertEquals(
                    List.of(
                            List.of("audio.head", "text.head"),
                            List.of("audio.attention", "text.attention"),
                            List.of("audio.lstm", "text.embedding")),
                    levels.subList(heads, levels.size()));
            assertEquals(
                    List.of("text.head"), SanityCheck.levels(model, View.TEXT).getFirst());
        }
    }

    /// With one head, the mean over the rows of what attention makes is the sum of the values by these
    /// weights.
    @Test
    void attention_ofWords_isTheShareInTheMean() {
        try (EmotionModel model = SmallModels.ofFusion("late-add", 1)) {
            Perturbation asked = SmallModels.ask(model, List.of(), BAD);
            double[] weights = AttentionWeights.of(asked.audit(), Modality.TEXT).getFirst();
            Step attended = asked.audit().trace().steps().stream()
                    .filter(step -> step.action().what().equals("attention"))
                    .findFirst()
                    .orElseThrow();
            double[] values = asked.audit().trace().values(attended.in().get(2));
            int width = values.length / weights.length;
            for (int i = 0; i < width; i++) {
                double mean = 0;
                double sum = 0;
                for (int j = 0; j < weights.length; j++) {
                    mean += attended.values()[j * width + i] / weights.length;
                    sum += weights[j] * values[j * width + i];
                }
                assertEquals(mean, sum, 1e-6);
            }
            Explanation found = Explanation.of(model, asked.audit(), false);
            assertEquals(List.of(3 * weights[0], 3 * weights[1], 3 * weights[2]), found.wordAttention());
        }
    }

    @Test
    void attention_ofWindows_isOneOfEachWindow() {
        try (EmotionModel model = SmallModels.ofFusion("late-add")) {
            List<Audio> windows = List.of(SmallModels.speech(0), SmallModels.speech(1));
            Perturbation asked = SmallModels.ask(model, windows, BAD);
            assertEquals(2, AttentionWeights.of(asked.audit(), Modality.AUDIO).size());
            List<Double> found = Explanation.of(model, asked.audit(), false).audioAttention();
            assertEquals(2 * Perturbation.STRETCHES, found.size());
            double mean = found.stream()
                    .filter(share -> !Double.isNaN(share))
                    .mapToDouble(Double::doubleValue)
                    .average()
                    .orElseThrow();
            assertEquals(1, mean, 0.05, "1 is an equal share");
            assertEquals(
                    List.of(2.0, Double.NaN),
                    AttentionWeights.relative(new double[] {0.75, 0.25}, new int[] {0, 0}, 2).stream()
                            .map(share -> 2 * share)
                            .toList());
        }
    }

    /// Silence that is cut has no rows: those of the speech lie where it is spoken.
    @Test
    void places_ofSpeechAfterSilence_lieBehindIt() {
        try (EmotionModel model = SmallModels.ofFusion("late-add")) {
            Audio late = SmallModels.tone(14, 15, 16, 17);
            double[] places = Stretches.places(model, late, 8);
            assertTrue(places[0] > 0.65 && places[7] < 0.95, Arrays.toString(places));
            try (EmotionModel uncut = SmallModels.ofLoudness(1, 1)) {
                assertArrayEquals(new double[] {0.25, 0.75}, Stretches.places(uncut, late, 2), 1e-12);
            }
        }
    }

    /// A word of several tokens is worth what these are worth together.
    @Test
    void words_ofSeveralTokens_areSums() {
        try (EmotionModel model = SmallModels.ofWords(0, 6, 1, -1)) {
            int[] owners = WordRows.wordOfToken(model, " so,  can't!", 5);
            assertArrayEquals(new int[] {0, 0, 1, 1, 1}, owners);
            assertEquals(List.of(3.0, 12.0), WordSums.of(owners, new double[] {1, 2, 3, 4, 5}, 2));
        }
    }

    /// The starter hears one row of functionals: a stretch is worth what its silence changes, which is
    /// exact for its linear audio perspective.
    @Test
    void stretches_ofFunctionals_areTheChangeOfTheLogit() {
        try (EmotionModel model = Starter.load(SmallModels.BACKEND)) {
            Perturbation asked = SmallModels.ask(model, List.of(SmallModels.tone(3, 4, 9)), null);
            ViewAttribution found = ViewAttribution.of(asked, View.AUDIO);
            assertEquals(10, found.features().size());
            FeatureScaling scaling = Objects.requireNonNull(model.scaling());
            float[] silent = scaling.apply(asked.without(4).features());
            float[] whole = scaling.apply(asked.heard(0).features());
            double expected = 0;
            float[] weights = model.parameters().all().stream()
                    .filter(parameter -> parameter.name().equals("audio.head.weight"))
                    .map(parameter -> model.parameters().value(parameter).toArray())
                    .findFirst()
                    .orElseThrow();
            for (int i = 0; i < whole.length; i++) {
                expected += weights[asked.label() * whole.length + i] * ((double) whole[i] - silent[i]);
            }
            assertEquals(expected, found.stretches().get(4), 1e-4);
            assertNotNull(found.features().getFirst().name());
        }
    }
}
