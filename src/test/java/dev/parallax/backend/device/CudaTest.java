package dev.parallax.backend.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.BackendException;
import dev.parallax.backend.Buffer;
import dev.parallax.backend.Memory;
import java.lang.foreign.Arena;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// CUDA's binding against a made-up driver: what is asked of it, and that none of its failures goes unnoticed.
class CudaTest {

    private final Arena arena = Arena.ofShared();

    @AfterEach
    void close() {
        arena.close();
    }

    private FakeCuda driver() {
        return new FakeCuda(arena, "", 0, 90);
    }

    private static DeviceBackend backend(Cuda cuda) {
        return new DeviceBackend(cuda.devices().getFirst().open(Assertions::fail), Assertions::fail);
    }

    @Test
    void devices_ofTheDriver_areDescribed() {
        List<CudaId> devices = driver().library().devices();
        assertEquals(1, devices.size());
        assertEquals(
                "cuda:0 \"Made-up GPU\" (GPU, 8.0 GiB, driver CUDA 12.4)",
                devices.getFirst().properties().description());
    }

    @Test
    void devices_none_saysWhatToInstall() {
        Cuda cuda = new FakeCuda(arena, "cuInit", 100, 90).library();
        String message = String.valueOf(
                assertThrows(BackendException.class, cuda::devices).getMessage());
        assertTrue(message.startsWith("cuda: there is a driver but no device; install NVIDIA's driver"), message);
    }

    @Test
    void open_ofAnOldDevice_saysWhatIsNeeded() {
        CudaId old = new FakeCuda(arena, "", 0, 70).library().devices().getFirst();
        String message = String.valueOf(assertThrows(BackendException.class, () -> old.open(Assertions::fail))
                .getMessage());
        assertTrue(message.contains("has compute capability 7.0, the kernels need 7.5"), message);
    }

    @Test
    void transfers_andFills_arrive() {
        try (DeviceBackend backend = backend(driver().library())) {
            Buffer x = backend.allocate(5);
            backend.upload(new float[] {1, 2, 3, 4, 5}, x);
            Buffer y = backend.allocate(5);
            backend.copy(x.slice(1, 3), y.slice(2, 3));
            backend.fill(7, y.slice(1, 1));
            float[] values = new float[5];
            backend.download(y, values);
            assertArrayEquals(new float[] {0, 7, 2, 3, 4}, values);
        }
    }

    /// The driver refuses a call of a thread without the context.
    @Test
    void calls_ofOtherThreads_haveTheContext() throws ExecutionException, InterruptedException {
        try (DeviceBackend backend = backend(driver().library());
                ExecutorService others = Executors.newFixedThreadPool(2)) {
            List<Future<Float>> sums = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                float value = i;
                sums.add(others.submit(() -> {
                    try (Memory memory = backend.memory()) {
                        Buffer x = memory.allocate(3);
                        backend.upload(new float[] {value, value, value}, x);
                        backend.scaleInPlace(1, x);
                        float[] values = new float[3];
                        backend.download(x, values);
                        return values[2];
                    }
                }));
            }
            for (int i = 0; i < 8; i++) {
                assertEquals(i, sums.get(i).get());
            }
        }
    }

    @Test
    void launch_hasItsGroupsAndArguments() {
        FakeCuda driver = driver();
        try (DeviceBackend backend = backend(driver.library())) {
            Buffer x = backend.allocate(1000);
            backend.scaleAdd(2, x, backend.allocate(1000));
            backend.gemm(
                    200,
                    10,
                    50,
                    backend.allocate(10_000),
                    false,
                    x.slice(0, 500),
                    false,
                    false,
                    backend.allocate(2000));
        }
        assertEquals(
                List.of(
                        new FakeCuda.Launch("parallax_scaleAdd", List.of(4, 1, 1, 256), 1000),
                        new FakeCuda.Launch("parallax_gemm64", List.of(1, 4, 1, 256), 200)),
                driver.launches);
    }

    /// Everything that a backend asks of a driver.
    private static void use(Cuda cuda) {
        try (DeviceBackend backend = backend(cuda);
                Memory memory = backend.memory()) {
            Buffer x = memory.allocate(10);
            backend.upload(new float[10], x);
            backend.fill(1, x.slice(0, 5));
            backend.copy(x.slice(0, 5), x.slice(5, 5));
            backend.scaleInPlace(2, x);
            backend.sumOfSquares(x, backend.allocate(2));
            backend.download(x, new float[10]);
        }
    }

    static Stream<String> functions() {
        return Arrays.stream(CudaFunctions.class.getMethods())
                .map(Method::getName)
                .filter(name -> !name.equals("cuMemGetInfo_v2")); // asked where memory ends, below
    }

    @ParameterizedTest
    @MethodSource("functions")
    void function_thatFails_isNamedWithItsStatus_andEverythingIsGivenBack(String function) {
        for (int status : new int[] {1, 700, 999}) {
            FakeCuda driver = new FakeCuda(arena, function, status, 90);
            String message = String.valueOf(assertThrows(BackendException.class, () -> use(driver.library()))
                    .getMessage());
            assertTrue(
                    message.contains(function + " failed: error " + status + " (CUDA_ERROR_" + status + ", it failed)"),
                    message);
            assertTrue(driver.calls(function) > 0);
            assertGivenBack(driver, function);
        }
    }

    private static void assertGivenBack(FakeCuda driver, String failed) {
        List<List<String>> pairs = List.of(
                List.of("cuDevicePrimaryCtxRetain", "cuDevicePrimaryCtxRelease_v2"),
                List.of("cuStreamCreate", "cuStreamDestroy_v2"),
                List.of("cuModuleLoadDataEx", "cuModuleUnload"),
                List.of("cuMemHostAlloc", "cuMemFreeHost"));
        for (List<String> pair : pairs) {
            int made = driver.calls(pair.getFirst()) - (failed.equals(pair.getFirst()) ? 1 : 0);
            assertEquals(made, driver.calls(pair.getLast()), pair.toString());
        }
    }

    @Test
    void function_thatSucceeds_isCalledByEachUse() {
        FakeCuda driver = driver();
        use(driver.library());
        Set<String> uncalled = new TreeSet<>(functions().toList());
        uncalled.removeAll(driver.calls.keySet());
        assertEquals(Set.of(), uncalled);
        assertGivenBack(driver, "");
        assertEquals(driver.calls("cuMemAlloc_v2"), driver.calls("cuMemFree_v2"));
    }

    @Test
    void open_ofKernelsThatTheDriverRefuses_showsItsCompilersLog() {
        Cuda cuda = new FakeCuda(arena, "cuModuleLoadDataEx", 218, 90).library();
        String message = String.valueOf(
                assertThrows(BackendException.class, () -> use(cuda)).getMessage());
        assertTrue(message.contains("the compiler says: ptxas error : line 7; unknown instruction"), message);
    }

    /// A driver that is older than the kernels' PTX, and one that does not belong to the kernel of the system.
    @ParameterizedTest
    @CsvSource({
        "cuModuleLoadDataEx,222,the driver is too old: install a newer one",
        "cuInit,803,the driver was updated and waits for a restart",
        "cuInit,999,restart the machine or load the driver's kernel module"
    })
    void function_thatFailsForAKnownReason_saysTheRemedy(String function, int status, String remedy) {
        Cuda cuda = new FakeCuda(arena, function, status, 90).library();
        String message = String.valueOf(
                assertThrows(BackendException.class, () -> use(cuda)).getMessage());
        assertTrue(message.contains(remedy), message);
    }

    @Test
    void allocate_moreThanThereIs_saysWhatWasAskedAndFree() {
        Cuda cuda = new FakeCuda(arena, "cuMemAlloc_v2", 2, 90).library();
        String message = String.valueOf(
                assertThrows(BackendException.class, () -> use(cuda)).getMessage());
        assertTrue(message.contains("out of device memory: 40 bytes asked for, 0 bytes held, 1.0 GiB free"), message);
    }
}
