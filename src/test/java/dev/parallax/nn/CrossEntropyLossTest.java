package dev.parallax.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parallax.Refusal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrossEntropyLossTest {

    @ParameterizedTest
    @ValueSource(floats = {-0.1f, 1, Float.NaN})
    void constructor_impossibleSmoothing_isRefusedAsBadInput(float smoothing) {
        assertEquals(
                "crossEntropy: smoothing is " + smoothing + ", must be in [0, 1)",
                Refusal.of(() -> new CrossEntropyLoss(new float[] {1, 1}, smoothing)));
    }
}
