package dev.parallax.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parallax.eval.Comparison;
import dev.parallax.train.ModelChoice;
import org.junit.jupiter.api.Test;

class FeatureChoiceTest {

    @Test
    void line_nothingToCompare_doesNotBlameTheSplit() {
        assertEquals(
                "speech kept, as expected, since there is no utterance of a validation part that both could answer",
                new FeatureChoice("speech", "functionals", null).line());
    }

    @Test
    void line_otherIsKept_namesItsAccuracyFirstAndSaysWhy() {
        ModelChoice shown = new ModelChoice(new Comparison(0.5, 0.75, -0.25, 0.01, 0.0001, 80, 30, 10_000, false));
        FeatureChoice choice = new FeatureChoice("speech", "functionals", shown);
        assertEquals(
                "speech kept: UA 0.750 on the validation part, functionals 0.500, which is more than chance explains"
                        + " (p 0.010)",
                choice.line());
        assertEquals(0.5, choice.toJson().object("validation").number("functionals"));
    }
}
