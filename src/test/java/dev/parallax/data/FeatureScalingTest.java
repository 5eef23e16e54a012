package dev.parallax.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parallax.ShapeException;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeatureScalingTest {

    @Test
    void of_rowsOfSeveralRecordings_countAsRows() {
        FeatureScaling scaling = FeatureScaling.of(2, List.of(new float[] {1, 7, 3, 7}, new float[] {5, 7}));
        assertArrayEquals(new float[] {3, 7}, scaling.mean());
        assertArrayEquals(new float[] {(float) Math.sqrt(8 / 3.0), 0}, scaling.deviation());
        float[] scaled = scaling.apply(new float[] {3, 100, 5, -1});
        assertEquals(0, scaled[0]);
        assertEquals(0, scaled[1]);
        assertEquals(2 / Math.sqrt(8 / 3.0), scaled[2], 1e-6);
    }

    /// A column far from zero whose changes are those of rounding.
    @Test
    void of_columnThatIsConstantButForRounding_saysNothing() {
        float big = 1e6f;
        FeatureScaling scaling = FeatureScaling.of(1, List.of(new float[] {big, Math.nextUp(big), big}));
        assertArrayEquals(new float[] {0}, scaling.deviation());
    }

    @Test
    void misfits_areRefused() {
        assertThrows(ShapeException.class, () -> FeatureScaling.of(2, List.of()));
        assertThrows(ShapeException.class, () -> new FeatureScaling(new float[2], new float[3]));
        assertThrows(ShapeException.class, () -> new FeatureScaling(new float[2], new float[2]).apply(new float[3]));
    }
}
