package dev.parallax.backend.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.TestDevices;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;
import dev.parallax.backend.DropoutMask;
import dev.parallax.backend.Offsets;
import dev.parallax.backend.Recurrence;
import dev.parallax.backend.cases.KernelCases;
import dev.parallax.backend.cases.KernelResult;
import dev.parallax.backend.vector.VectorBackend;
import dev.parallax.random.RandomStream;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Where bits are promised, those of a device are those of the vector backend.
@Tag("device")
class DeviceBitsTest {

    private static final VectorBackend VECTOR = new VectorBackend();
    private static DeviceBackend device;

    @BeforeAll
    static void open() {
        device = TestDevices.backend();
    }

    @AfterAll
    static void close() {
        if (device != null) {
            device.close();
        }
    }

    private static float[] normal(int length, int stream) {
        RandomStream random = new RandomStream(1, 0, stream, length);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static Buffer buffer(Backend backend, float[] values) {
        Buffer buffer = backend.allocate(values.length);
        backend.upload(values, buffer);
        return buffer;
    }

    private static float[] values(Backend backend, Buffer buffer) {
        float[] values = new float[buffer.length()];
        backend.download(buffer, values);
        return values;
    }

    /// Runs the same on both, from the same values of `out`.
    private static void assertSameBits(String what, float[] out, BiConsumer<Backend, Buffer> kernel) {
        int[][] bits = new int[2][out.length];
        List<Backend> both = List.of(VECTOR, device);
        for (int which = 0; which < 2; which++) {
            Buffer written = buffer(both.get(which), out);
            kernel.accept(both.get(which), written);
            float[] values = values(both.get(which), written);
            for (int i = 0; i < values.length; i++) {
                bits[which][i] = Float.floatToIntBits(values[i]);
            }
        }
        assertArrayEquals(bits[0], bits[1], what);
    }

    /// The last ones have few elements and many terms: they are split.
    @ParameterizedTest
    @CsvSource({"61,67,45", "1,1,1", "130,257,513", "200,300,700", "5,3,0", "5,3,300", "64,1,1025", "33,31,257"})
    void gemm_allVariants_haveTheVectorBits(int m, int n, int k) {
        for (int variant = 0; variant < 8; variant++) {
            boolean transposeA = (variant & 1) != 0;
            boolean transposeB = (variant & 2) != 0;
            boolean accumulate = (variant & 4) != 0;
            assertSameBits(
                    "variant " + variant,
                    normal(m * n, 3),
                    (backend, out) -> backend.gemm(
                            m,
                            n,
                            k,
                            buffer(backend, normal(m * k, 1)),
                            transposeA,
                            buffer(backend, normal(k * n, 2)),
                            transposeB,
                            accumulate,
                            out));
        }
    }

    @Test
    void gemm_fewElementsOfManyTerms_isSplit() {
        long before = device.counts().launches();
        device.gemm(5, 3, 300, device.allocate(1500), false, device.allocate(900), false, false, device.allocate(15));
        assertTrue(device.counts().launches() == before + 2, "a product and the sum of its blocks");
    }

    @Test
    void functions_allKindsOfFloats_haveTheVectorBits() {
        float[] x = new float[1 << 16];
        for (int i = 0; i < x.length; i++) {
            x[i] = Float.intBitsToFloat(i << 16 | 0x1234); // every exponent and sign, infinities and NaN among them
        }
        x[0] = 0;
        x[1] = -0.0f;
        x[2] = Float.POSITIVE_INFINITY;
        x[3] = Float.NEGATIVE_INFINITY;
        assertSameBits("tanh", x, (backend, out) -> backend.tanh(buffer(backend, x), out));
        assertSameBits("sigmoid", x, (backend, out) -> backend.sigmoid(buffer(backend, x), out));
        assertSameBits("gelu", x, (backend, out) -> backend.gelu(buffer(backend, x), out));
        float[] close = normal(1 << 16, 7);
        assertSameBits("gelu", x, (backend, out) -> backend.gelu(buffer(backend, close), out));
        assertSameBits("tanh", x, (backend, out) -> backend.tanh(buffer(backend, close), out));
        assertSameBits("sigmoid", x, (backend, out) -> backend.sigmoid(buffer(backend, close), out));
    }

    @Test
    void dropout_anyMask_hasTheVectorBits() {
        Offsets offsets = Offsets.ofLengths(3, 1, 40, 7);
        DropoutMask mask = new DropoutMask(0.3f, -7, 2, 5, 11);
        for (int features : new int[] {1, 8, 37, 64}) {
            float[] x = normal(offsets.total() * features, 1);
            for (DropoutMask each : List.of(mask, mask.ofUtterances(4, 0, 9, 2), DropoutMask.NONE)) {
                assertSameBits(
                        "dropout",
                        normal(x.length, 2),
                        (backend, out) -> backend.dropoutAdd(buffer(backend, x), offsets, features, each, out));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "add",
                "scaleAdd",
                "scaleInPlace",
                "multiply",
                "multiplyAdd",
                "geluGradAdd",
                "tanhGradAdd",
                "sigmoidGradAdd",
                "relu",
                "reluGradAdd",
                "broadcastRow",
                "copyColumns",
                "copyColumnsAdd",
                "gatherRows",
                "scatterRowsAdd",
                "sequenceMean",
                "sequenceMax",
                "sequenceMaxGradAdd",
                "adam",
                "sgd"
            })
    void kernel_ofFixedOperations_hasTheVectorBits(String kernel) {
        KernelCases cases = new KernelCases();
        for (int size : new int[] {1, 7, 64, 301}) {
            List<KernelResult> expected = cases.run(kernel, size, VECTOR);
            List<KernelResult> actual = cases.run(kernel, size, device);
            for (int i = 0; i < expected.size(); i++) {
                assertArrayEquals(expected.get(i).values(), actual.get(i).values(), kernel + " at " + size);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 32, 50, 96, 97})
    void recurrence_forward_hasTheVectorBits(int hidden) {
        Offsets offsets = Offsets.ofLengths(3, 1, 19, 7);
        int total = offsets.total();
        for (boolean reverse : new boolean[] {false, true}) {
            Recurrence sizes = new Recurrence(offsets, hidden, reverse);
            assertSameBits(
                    "lstm",
                    new float[2 * total * hidden],
                    (backend, out) -> backend.lstm(
                            sizes,
                            buffer(backend, normal(total * 4 * hidden, 1)),
                            buffer(backend, normal(4 * hidden * hidden, 2)),
                            buffer(backend, normal(4 * hidden, 3)),
                            backend.allocate(total * 4 * hidden),
                            out));
            assertSameBits(
                    "gru",
                    new float[total * hidden],
                    (backend, out) -> backend.gru(
                            sizes,
                            buffer(backend, normal(total * 3 * hidden, 1)),
                            buffer(backend, normal(3 * hidden * hidden, 2)),
                            buffer(backend, normal(3 * hidden, 3)),
                            backend.allocate(total * 4 * hidden),
                            out));
        }
    }
}
