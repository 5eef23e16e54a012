package dev.parallax.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.data.Labels;
import dev.parallax.fusion.Fusions;
import dev.parallax.model.DialogueModelSpec;
import dev.parallax.model.ModelConfig;
import dev.parallax.model.ModelSpec;
import dev.parallax.model.NetworkConfig;
import dev.parallax.model.UtteranceModelSpec;
import dev.parallax.text.Subwords;
import dev.parallax.text.Tokenizer;
import dev.parallax.text.Vocabulary;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EqualSizesTest {

    private static final double TOLERANCE = 0.05;
    private static final Labels LABELS = Labels.of("anger", "happiness", "neutral", "sadness");

    static Stream<Arguments> strategies() {
        ModelSpec utterances = new UtteranceModelSpec(
                LABELS,
                ModelConfig.features("speech"),
                NetworkConfig.STANDARD,
                Tokenizer.standard(),
                Subwords.NONE,
                Vocabulary.Limits.standard());
        ModelSpec dialogues = new DialogueModelSpec(LABELS, NetworkConfig.DIALOGUE, 100, 768);
        return Stream.of(utterances, dialogues)
                .flatMap(plan -> Fusions.names().stream().map(name -> Arguments.of(plan, name)));
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void of_everyStrategy_isAboutAsLargeAsTheReference(ModelSpec plan, String strategy) {
        int target = plan.withNetwork(plan.network().withFusion(StudyDesign.REFERENCE))
                .size();
        NetworkConfig scaled = EqualSizes.of(plan, strategy);
        int size = plan.withNetwork(scaled).size();
        assertEquals(1, size / (double) target, TOLERANCE, strategy + ": " + size + " of " + target);
        assertEquals(strategy, scaled.fusion());
        if (strategy.equals(StudyDesign.REFERENCE)) {
            assertEquals(plan.network().withFusion(strategy), scaled);
        }
        assertTrue(scaled.fusionWidth() >= 4);
        assertEquals(size / (double) target - 1, EqualSizes.excess(plan, scaled), 1e-12);
    }

    /// Linear perspectives cannot shrink, so whatever a fusion has comes on top of them.
    @ParameterizedTest
    @MethodSource("names")
    void of_functionals_isAsWideAsTheSizeAllows(String strategy) {
        Labels five = Labels.of("anger", "joy", "neutral", "sadness", "surprise");
        ModelSpec plan = new UtteranceModelSpec(
                five,
                ModelConfig.features("functionals"),
                NetworkConfig.FUNCTIONALS,
                Tokenizer.standard(),
                Subwords.NONE,
                Vocabulary.Limits.standard());
        assertEquals(
                43790,
                plan.withNetwork(plan.network().withFusion(StudyDesign.REFERENCE))
                        .size());
        NetworkConfig scaled = EqualSizes.of(plan, strategy);
        double excess = EqualSizes.excess(plan, scaled);
        if (strategy.equals("middle-lowrank")) {
            assertEquals(1, scaled.fusionWidth());
            assertEquals(0.062, excess, 0.001);
            assertTrue(StudyDesign.isFar(excess));
            return;
        }
        assertFalse(StudyDesign.isFar(excess), strategy + ": " + excess);
        if (strategy.startsWith("middle")) { // no state is scaled, so one feature more makes it too large
            double wider =
                    EqualSizes.excess(plan, scaled.scaledFinely((scaled.fusionWidth() + 1.0) / scaled.fusionWidth()));
            assertTrue(StudyDesign.isFar(wider), strategy + " could be wider: " + wider);
        }
    }

    static List<String> names() {
        return Fusions.names();
    }
}
