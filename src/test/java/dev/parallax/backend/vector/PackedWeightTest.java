package dev.parallax.backend.vector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parallax.ShapeException;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;
import dev.parallax.backend.ConvolutionSizes;
import dev.parallax.backend.Memory;
import dev.parallax.backend.Offsets;
import dev.parallax.backend.scalar.ScalarBackend;
import dev.parallax.random.RandomStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A packed weight gives the bits of the plain one.
@Tag("vector")
class PackedWeightTest {

    private static final int[] ROWS = {1, 3, 4, 8, 13, 71};

    private final Backend backend = new VectorBackend();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void memory_ofNumbersInBfloat16_isHalf(boolean inBfloat16) {
        long before = backend.liveBytes();
        try (Memory memory = backend.memory()) {
            backend.packed(memory, inBfloat16 ? halves(64 * 10, 1) : numbers(64 * 10, 1), 64, 10, 1);
            long columns = PackedMatrix.paddedColumns(64);
            assertEquals(before + (inBfloat16 ? 2L : 4L) * 10 * columns, backend.liveBytes());
        }
        assertEquals(before, backend.liveBytes());
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1",
        "3, 1, 3",
        "31, 17, 1",
        "33, 255, 1",
        "64, 256, 2",
        "99, 257, 3",
        "600, 300, 1",
        "1050, 33, 3"
    })
    void product_withPackedWeight_hasTheBitsOfThePlainOne(int n, int k, int parts) {
        assertSameProducts(n, k, parts, numbers(n * k, 1));
        assertSameProducts(n, k, parts, halves(n * k, 1));
    }

    private void assertSameProducts(int n, int k, int parts, float[] weight) {
        try (Memory memory = backend.memory()) {
            Buffer plain = buffer(memory, weight);
            Buffer packed = backend.packed(memory, weight, n, k, parts);
            assertInstanceOf(PackedWeight.class, packed);
            assertEquals(n * k, packed.length());
            for (int m : ROWS) {
                Buffer a = buffer(memory, numbers(m * k, 2));
                for (boolean accumulate : new boolean[] {false, true}) {
                    float[] expected = product(memory, m, n, k, a, plain, accumulate);
                    assertArrayEquals(expected, product(memory, m, n, k, a, packed, accumulate));
                    assertArrayEquals(expected, backend.onThreads(3, three -> {
                        Buffer out = buffer(memory, numbers(m * n, 3));
                        three.gemm(m, n, k, a, false, packed, true, accumulate, out);
                        return values(out);
                    }));
                }
                int rows = n / parts;
                Buffer last = packed.slice((parts - 1) * rows * k, rows * k);
                assertArrayEquals(
                        product(memory, m, rows, k, a, plain.slice((parts - 1) * rows * k, rows * k), true),
                        product(memory, m, rows, k, a, last, true));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"6, 4, 3, 2, 1, 2", "33, 5, 2, 1, 0, 1", "64, 96, 7, 1, 3, 4", "40, 1, 10, 5, 0, 1"})
    void convolution_withPackedKernel_hasTheBitsOfThePlainOne(
            int outputs, int inputs, int kernel, int stride, int padding, int groups) {
        Offsets offsets = Offsets.ofLengths(kernel, 100, 41);
        ConvolutionSizes sizes = ConvolutionSizes.of(offsets, inputs, outputs, kernel, stride, padding, groups);
        float[] weight = numbers(outputs * sizes.terms(), 1);
        try (Memory memory = backend.memory()) {
            Buffer x = buffer(memory, numbers(offsets.total() * inputs, 2));
            Buffer packed = backend.packedKernel(memory, weight, outputs, sizes.inputsOfGroup(), kernel, groups);
            assertInstanceOf(PackedWeight.class, packed);
            int values = sizes.out().total() * outputs;
            Buffer expected = buffer(memory, numbers(values, 3));
            Buffer actual = buffer(memory, numbers(values, 3));
            backend.convolutionAdd(sizes, x, buffer(memory, weight), expected);
            backend.convolutionAdd(sizes, x, packed, actual);
            assertArrayEquals(values(expected), values(actual));
        }
    }

    @Test
    void slice_notWholeParts_isRefused() {
        try (Memory memory = backend.memory()) {
            Buffer packed = backend.packed(memory, numbers(60, 1), 6, 10, 3);
            assertEquals(40, packed.slice(20, 40).length());
            for (int[] wrong : new int[][] {{10, 20}, {0, 10}, {40, 40}, {-20, 20}}) {
                assertThrows(ShapeException.class, () -> packed.slice(wrong[0], wrong[1]));
            }
        }
    }

    @Test
    void product_thatDoesNotTranspose_isRefused() {
        try (Memory memory = backend.memory()) {
            Buffer packed = backend.packed(memory, numbers(4, 1), 2, 2, 1);
            Buffer a = memory.allocate(4);
            assertThrows(
                    IllegalArgumentException.class, () -> backend.gemm(2, 2, 2, a, false, packed, false, false, a));
        }
    }

    @Test
    void scalarBackend_keepsThePlainWeight() {
        Backend scalar = new ScalarBackend();
        float[] weight = numbers(6, 1);
        try (Memory memory = scalar.memory()) {
            assertArrayEquals(weight, values(scalar.packed(memory, weight, 3, 2, 3)));
            assertArrayEquals(weight, values(scalar.packedKernel(memory, weight, 3, 1, 2, 3)));
        }
    }

    private float[] product(Memory memory, int m, int n, int k, Buffer a, Buffer b, boolean accumulate) {
        Buffer out = buffer(memory, numbers(m * n, 3));
        backend.gemm(m, n, k, a, false, b, true, accumulate, out);
        return values(out);
    }

    private Buffer buffer(Memory memory, float[] values) {
        Buffer buffer = memory.allocate(values.length);
        backend.upload(values, buffer);
        return buffer;
    }

    private float[] values(Buffer buffer) {
        float[] values = new float[buffer.length()];
        backend.download(buffer, values);
        return values;
    }

    /// Numbers of bfloat16.
    private static float[] halves(int count, int seed) {
        float[] numbers = numbers(count, seed);
        for (int i = 0; i < count; i++) {
            numbers[i] = Float.intBitsToFloat(Float.floatToIntBits(numbers[i]) & 0xFFFF0000);
        }
        return numbers;
    }

    private static float[] numbers(int count, int seed) {
        RandomStream random = new RandomStream(seed, 0, 1, 0);
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }
}
