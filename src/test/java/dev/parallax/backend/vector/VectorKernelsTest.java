package dev.parallax.backend.vector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.backend.Backend;
import dev.parallax.backend.DropoutMask;
import dev.parallax.backend.cases.KernelCases;
import dev.parallax.backend.cases.KernelResult;
import dev.parallax.backend.select.SelfTest;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every kernel that is the vector backend's own, at sizes around the vector widths, against the scalar backend.
@Tag("vector")
class VectorKernelsTest {

    private static final int[] SIZES = {1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 33, 65};

    /// What the vector backend leaves to the scalar one: memory, copies, and what is not worth vectors.
    private static final Set<String> DELEGATED = Set.of(
            "memory",
            "uploadAll",
            "announce",
            "clipByNorm",
            "upload",
            "download",
            "copy",
            "fill",
            "broadcastRow",
            "copyColumns",
            "gatherRows",
            "crossEntropy",
            "crossEntropyGradAdd",
            "sequenceMaxGradAdd",
            "instanceNorm",
            "instanceNormGradAdd",
            "attentionWeights");

    private final Backend backend = new VectorBackend();
    private final KernelCases cases = new KernelCases();

    static Stream<String> ownKernels() {
        return new VectorBackend().ownKernels().stream();
    }

    @ParameterizedTest
    @MethodSource("ownKernels")
    void kernel_oddSizes_agreesWithScalar(String kernel) {
        for (int size : SIZES) {
            double error = cases.error(kernel, size, backend);
            assertTrue(error <= 1, kernel + " at size " + size + ": " + error + " times what is allowed");
        }
    }

    @Test
    void ownKernels_areAllButTheListedOnes() {
        Set<String> expected = new TreeSet<>(Backend.kernels());
        expected.removeAll(DELEGATED);
        assertEquals(expected, backend.ownKernels());
    }

    @Test
    void dropoutRow_anyWidthAndCounters_equalsTheScalarBits() {
        for (int columns = 1; columns < 700; columns += 37) {
            DropoutMask mask = new DropoutMask(0.2f, -7 * columns, columns, -3, columns);
            float[] expected = new float[columns];
            mask.row(columns, 5 * columns, columns, expected, new int[4]);
            float[] actual = new float[VectorDropout.room(columns)];
            new VectorDropout(mask).row(columns, 5 * columns, columns, actual);
            assertArrayEquals(expected, Arrays.copyOf(actual, columns));
        }
    }

    @Test
    void kernels_ranAgainAfterCompilation_giveTheSameBits() {
        for (String kernel : List.of("gemm", "softmax", "layerNorm", "attention", "tanh", "sumOfSquares")) {
            List<KernelResult> first = cases.run(kernel, 17, backend);
            for (int again = 0; again < 300; again++) {
                List<KernelResult> next = cases.run(kernel, 17, backend);
                for (int i = 0; i < first.size(); i++) {
                    assertArrayEquals(first.get(i).values(), next.get(i).values(), kernel);
                }
            }
        }
    }

    @Test
    void selfTest_here_passes() {
        for (SelfTest.Line line : SelfTest.run(backend)) {
            assertTrue(line.passed(), line.toString());
        }
    }
}
