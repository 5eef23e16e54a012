package dev.parallax.backend.vector;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/// Working memory of one thread. Its arrays grow to the largest size asked for and serve every call, so a training
/// step in steady state allocates nothing large. Their values are arbitrary at first.
final class Scratch {

    /// What an array is for. Two uses that live at the same time have different names.
    enum Area {
        GEMM_B,
        GEMM_EDGE,
        LANES,
        WEIGHT,
        WEIGHT_PANELS,
        GATES,
        STEP_IN,
        HIDDEN,
        CELL,
        BIAS,
        ALL_GATES,
        ALL_HIDDEN,
        KEYS,
        VALUES,
        SCORES,
        D_SCORES,
        KEYS_TRANSPOSED,
        FACTORS,
        POSITIONS,
        D_POSITIONS,
        WINDOWS
    }

    private final Map<Area, float[]> areas = new EnumMap<>(Area.class);

    /// An array of at least `length` floats for this use, the same as last time unless it has to grow.
    float[] take(Area area, int length) {
        float[] array = areas.get(area);
        if (array == null || array.length < length) {
            array = new float[array == null ? length : Math.max(length, array.length + array.length / 2)];
            areas.put(area, array);
        }
        return array;
    }

    /// The same, its first `length` floats zero.
    float[] takeZero(Area area, int length) {
        float[] array = take(area, length);
        Arrays.fill(array, 0, length, 0);
        return array;
    }
}
