package dev.parallax.backend.vector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("vector")
class TranspositionTest {

    private static final int FROM = 3;
    private static final int TO = 5;
    private static final int GAP = 2; // between two columns, and between two rows
    private static final float UNTOUCHED = -1;

    @Test
    void everySizeAroundItsBlocks_isAsByOneLoop_andNothingElseIsWritten() {
        for (int depth = 0; depth <= 19; depth++) {
            for (int width = 0; width <= 19; width++) {
                int stride = depth + GAP;
                int outStride = width + GAP;
                float[] columns = new float[FROM + width * stride];
                for (int i = 0; i < columns.length; i++) {
                    columns[i] = i;
                }
                float[] out = new float[TO + depth * outStride];
                Arrays.fill(out, UNTOUCHED);
                float[] expected = out.clone();
                for (int c = 0; c < width; c++) {
                    for (int q = 0; q < depth; q++) {
                        expected[TO + q * outStride + c] = columns[FROM + c * stride + q];
                    }
                }
                Transposition.rows(columns, FROM, stride, depth, width, out, TO, outStride);
                assertArrayEquals(expected, out, width + " columns of " + depth);
            }
        }
    }
}
