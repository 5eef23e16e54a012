package dev.parallax.backend.vector;

import static dev.parallax.backend.vector.Lanes.FLOATS;
import static dev.parallax.backend.vector.VectorGemm.TILE_COLUMNS;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/// Panels of numbers in bfloat16, which are floats whose lower 16 bits are zero. The two vectors of a row of a
/// panel share one: the first has the lower half of each lane, the second the upper half. So widening is a shift and
/// a mask.
final class Bfloat16 {

    static final int BITS = 16;
    static final IntVector UPPER = IntVector.broadcast(IntVector.SPECIES_PREFERRED, 0xFFFF0000);

    private Bfloat16() {}

    /// Whether all of them are such numbers.
    static boolean hasAll(float[] values) {
        int lower = 0;
        for (float value : values) {
            lower |= Float.floatToRawIntBits(value);
        }
        return lower << BITS == 0;
    }

    /// Half as many floats from rows of panels.
    ///
    /// @param count of the floats in `panels`, whole rows of them
    static void narrow(float[] panels, int count, float[] halves, int to) {
        for (int row = 0; row < count; row += TILE_COLUMNS) {
            IntVector first = fromArray(FLOATS, panels, row).reinterpretAsInts();
            IntVector second = fromArray(FLOATS, panels, row + Lanes.COUNT).reinterpretAsInts();
            first.lanewise(VectorOperators.LSHR, BITS)
                    .or(second)
                    .reinterpretAsFloats()
                    .intoArray(halves, to + row / 2);
        }
    }

    /// The rows of panels again.
    ///
    /// @param count of the floats that `panels` receives
    static void widen(float[] halves, int from, int count, float[] panels) {
        for (int row = 0; row < count; row += TILE_COLUMNS) {
            IntVector both = fromArray(FLOATS, halves, from + row / 2).reinterpretAsInts();
            both.lanewise(VectorOperators.LSHL, BITS).reinterpretAsFloats().intoArray(panels, row);
            both.and(UPPER).reinterpretAsFloats().intoArray(panels, row + Lanes.COUNT);
        }
    }
}
