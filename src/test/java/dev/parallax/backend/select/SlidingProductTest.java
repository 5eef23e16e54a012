package dev.parallax.backend.select;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parallax.backend.SlidingProduct;
import dev.parallax.backend.scalar.ScalarSlidingProduct;
import dev.parallax.random.RandomStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("backend")
@Tag("vector")
class SlidingProductTest {

    private static final int BEFORE = 3; // floats before the first piece and the first row

    private static float[] noise(int length, int seed) {
        RandomStream random = new RandomStream(seed, 0, 0, 0);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.uniform(-1, 1);
        }
        return values;
    }

    /// The first call takes plain loops, the second the fastest product: the vector one or, where it cannot run, the
    /// scalar one itself.
    @ParameterizedTest
    @CsvSource({"1,1,1,1", "4,32,565,96", "7,30,256,7", "5,33,257,441", "9,3,512,1", "66,17,600,5", "3,32,1,2"})
    void multiply_anySize_givesTheBitsOfThePlainLoops(int rows, int columns, int terms, int hop) {
        float[] x = noise(BEFORE + (rows - 1) * hop + terms, 1);
        float[] taps = noise(terms * columns, 2);
        int stride = columns + 2;
        float[] expected = new float[BEFORE + rows * stride];
        new ScalarSlidingProduct().multiply(x, BEFORE, hop, rows, taps, terms, columns, expected, BEFORE, stride);
        WarmUp<SlidingProduct> warming = new WarmUp<>(1, new ScalarSlidingProduct(), Backends::fastestProduct);
        for (int call = 0; call < 2; call++) {
            float[] actual = new float[expected.length];
            warming.next(1).multiply(x, BEFORE, hop, rows, taps, terms, columns, actual, BEFORE, stride);
            assertArrayEquals(expected, actual, "call " + call);
        }
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                double sum = 0;
                for (int i = 0; i < terms; i++) {
                    sum += (double) x[BEFORE + r * hop + i] * taps[i * columns + c];
                }
                assertEquals(sum, expected[BEFORE + r * stride + c], 2e-7 * terms, r + ", " + c);
            }
        }
    }
}
