package dev.parallax.backend.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.TestDevices;
import dev.parallax.backend.Backend;
import dev.parallax.backend.cases.KernelCases;
import dev.parallax.backend.cases.KernelResult;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every kernel on a device, at sizes around those of groups and tiles, against the scalar backend.
@Tag("device")
class DeviceKernelsTest {

    /// 97 is the first hidden size whose weights are too many for registers.
    private static final int[] SIZES = {1, 2, 3, 7, 16, 17, 33, 65, 97};

    private static DeviceBackend backend;
    private final KernelCases cases = new KernelCases();

    @BeforeAll
    static void open() {
        backend = TestDevices.backend();
    }

    @AfterAll
    static void close() {
        if (backend != null) {
            assertEquals(0, backend.liveBytes());
            backend.close();
        }
    }

    static Stream<String> kernels() {
        return Backend.kernels().stream();
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void kernel_oddSizes_agreesWithScalar(String kernel) {
        for (int size : SIZES) {
            double error = cases.error(kernel, size, backend);
            assertTrue(error <= 1, kernel + " at size " + size + ": " + error + " times what is allowed");
        }
    }

    @Test
    void ownKernels_areAll() {
        assertEquals(Backend.kernels(), backend.ownKernels());
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void kernel_again_sameBits(String kernel) {
        List<KernelResult> first = cases.run(kernel, 33, backend);
        List<KernelResult> second = cases.run(kernel, 33, backend);
        for (int i = 0; i < first.size(); i++) {
            assertArrayEquals(first.get(i).values(), second.get(i).values());
        }
    }
}
