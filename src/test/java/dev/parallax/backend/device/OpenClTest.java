package dev.parallax.backend.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.BackendException;
import dev.parallax.TestDevices;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What OpenCL refuses is said, with a remedy, and compiled kernels are kept.
@Tag("device")
class OpenClTest {

    private static final String ADD_ONE = """
            __kernel __attribute__((reqd_work_group_size(4, 1, 1))) void parallax_addOne(int count, __global float *x, long at) {
                for (int i = get_global_id(0); i < count; i += get_global_size(0)) { x[at + i] += 1.0f; }
            }
            """;

    private static final DeviceProperties MADE_UP =
            new DeviceProperties("opencl", 0, "Made-up GPU", "1", true, 1 << 30, 1);
    private static final CompileNotice SILENT = new CompileNotice(Assertions::fail, Duration.ofDays(1));

    @TempDir
    private Path folder;

    private static String refusal(FakeLibrary.Answers answers) {
        try (Arena arena = Arena.ofConfined()) {
            OpenCl library = OpenCl.of(new FakeLibrary(arena, answers, OpenClFunctions.class));
            return String.valueOf(
                    assertThrows(BackendException.class, library::devices).getMessage());
        }
    }

    @Test
    void devices_withoutDriver_saysHowToGetOne() {
        String message = refusal((_, _) -> -1001);
        assertTrue(message.startsWith("opencl: there is an OpenCL library but no driver for it (ICD)"), message);
        assertTrue(message.contains("apt-get install"), message);
    }

    @Test
    void devices_otherFailure_namesCallAndCode() {
        assertEquals("opencl: clGetPlatformIDs failed: error -6 (CL_OUT_OF_HOST_MEMORY)", refusal((_, _) -> -6));
    }

    @Test
    void status_ofNoMemory_saysWhatHelps() {
        String message = refusal((_, _) -> -4);
        assertTrue(message.contains("error -4 (CL_MEM_OBJECT_ALLOCATION_FAILURE); out of device memory"), message);
    }

    /// A library of one platform.
    private static FakeLibrary.Answers platform(String name, int statusOfDevices) {
        return (function, arguments) -> {
            if (function.equals("clGetPlatformIDs")) {
                FakeLibrary.writeLong(arguments[1], 77);
                FakeLibrary.writeInt(arguments[2], 1);
            } else if (function.equals("clGetPlatformInfo") && (long) arguments[2] == 0) {
                FakeLibrary.writeLong(arguments[4], name.length() + 1);
            } else if (function.equals("clGetPlatformInfo")) {
                FakeLibrary.writeText(arguments[3], name);
            } else {
                return statusOfDevices;
            }
            return 0;
        };
    }

    @Test
    void devices_ofPoclThatCannotWrite_saysWhichVariable() {
        String message = refusal(platform("Portable Computing Language", -1));
        assertTrue(message.contains("set POCL_CACHE_DIR to a folder that can be written"), message);
    }

    @Test
    void devices_ofAPlatformWithoutOne_namesThePlatform() {
        String message = refusal(platform("Some GPU Platform", -1));
        assertTrue(message.startsWith("opencl: Some GPU Platform: no device; install"), message);
    }

    @Test
    void library_thatIsOld_namesTheFunctionThatItLacks() {
        try (Arena arena = Arena.ofConfined()) {
            FakeLibrary old = new FakeLibrary(arena, (_, _) -> 0, OpenClFunctions.class);
            old.remove("clEnqueueFillBuffer");
            BackendException error = assertThrows(BackendException.class, () -> OpenCl.of(old));
            assertTrue(
                    String.valueOf(error.getMessage()).contains("has no function clEnqueueFillBuffer; it is too old"),
                    error.getMessage());
        }
    }

    @Test
    void largestBlock_isWhatTheDriverPromises() {
        OpenClId device = TestDevices.first();
        assertTrue(device.largestBlock() >= device.properties().bytes() / 4, "OpenCL 1.2, table 4.3");
        assertTrue(device.largestBlock() <= device.properties().bytes());
        try (Device opened = OpenClDevice.open(device, ADD_ONE, new BinaryCache(folder), SILENT)) {
            assertEquals(device.largestBlock(), opened.largestBlock());
        }
    }

    private static OpenClId device(OpenClFunctions functions, long mostItems) {
        return new OpenClId(functions, MemorySegment.NULL, MADE_UP, 1 << 28, mostItems, "", true);
    }

    /// A driver whose functions do nothing but what `answers` says.
    private static OpenClFunctions functions(Arena arena, FakeLibrary.Answers answers) {
        return OpenCl.of(new FakeLibrary(arena, answers, OpenClFunctions.class)).functions();
    }

    @Test
    void open_ofADeviceWithSmallGroups_saysHowManyItemsAreNeeded() {
        try (Arena arena = Arena.ofConfined()) {
            OpenClId device = device(functions(arena, (_, _) -> 0), 16);
            BackendException error =
                    assertThrows(BackendException.class, () -> device.open(new BinaryCache(folder), Assertions::fail));
            assertEquals(
                    "opencl:0 \"Made-up GPU\" (GPU, 1.0 GiB, driver 1): has groups of at most 16 items, 256 are needed"
                            + " by most kernels; use another device, or raise the driver's limit (PoCL: unset"
                            + " POCL_MAX_WORK_GROUP_SIZE)",
                    error.getMessage());
        }
    }

    /// The driver compiles until the notice is given: when the sources are built, or when their binary is asked for.
    @ParameterizedTest
    @ValueSource(strings = {"clBuildProgram", "clGetProgramInfo"})
    void compile_thatTakesLong_isSaidOnce(String slow) {
        CountDownLatch said = new CountDownLatch(1);
        List<String> log = new ArrayList<>();
        CompileNotice notice = new CompileNotice(
                line -> {
                    log.add(line);
                    said.countDown();
                },
                Duration.ofMillis(1));
        try (Arena arena = Arena.ofShared()) {
            OpenClFunctions functions = functions(arena, (function, arguments) -> {
                if (function.equals(slow)) {
                    await(said);
                }
                if (function.equals("clGetProgramInfo") && (long) arguments[2] == 0) {
                    FakeLibrary.writeLong(arguments[4], Long.BYTES);
                }
                return function.startsWith("clCreate") ? MemorySegment.ofAddress(7) : (Object) 0;
            });
            OpenClDevice.open(device(functions, 1024), ADD_ONE, new BinaryCache(folder), notice)
                    .close();
        }
        assertEquals(
                List.of(
                        "opencl:0: compiling the kernels, which takes a minute or two on some devices; they are kept in "
                                + folder + ", so that the next start does not wait"),
                log);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void compile_thatIsDoneSoon_isNotSaid() {
        CompileNotice notice = new CompileNotice(Assertions::fail, Duration.ofDays(1));
        assertEquals(7, notice.during(MADE_UP, "a cache", () -> 7));
    }

    /// PoCL 3.1 with POCL_CACHE_DIR=/dev/null says that it failed, and no more.
    @Test
    void compile_byPoclThatCannotWrite_saysWhichVariable() {
        DeviceProperties pocl = new DeviceProperties("opencl", 0, "pthread", "3.1, OpenCL 3.0 PoCL", false, 1 << 30, 1);
        String log = "Device pthread failed to build the program";
        try (Arena arena = Arena.ofConfined()) {
            OpenClFunctions functions = functions(arena, (function, arguments) -> switch (function) {
                case "clBuildProgram" -> -11;
                case "clGetProgramBuildInfo" -> {
                    if ((long) arguments[3] == 0) {
                        FakeLibrary.writeLong(arguments[5], log.length() + 1);
                    } else {
                        FakeLibrary.writeText(arguments[4], log);
                    }
                    yield 0;
                }
                default -> function.startsWith("clCreate") ? MemorySegment.ofAddress(7) : (Object) 0;
            });
            OpenClId device = new OpenClId(functions, MemorySegment.NULL, pocl, 1 << 28, 1024, "", true);
            BackendException error =
                    assertThrows(BackendException.class, () -> device.open(new BinaryCache(folder), Assertions::fail));
            assertEquals(
                    pocl.description()
                            + ": clBuildProgram failed: error -11 (CL_BUILD_PROGRAM_FAILURE); the compiler says: "
                            + log
                            + "; most often PoCL cannot write its cache: set POCL_CACHE_DIR to a folder that can be"
                            + " written",
                    error.getMessage());
        }
    }

    @Test
    void compile_ofWrongSource_showsTheCompilersLineAndFile() {
        OpenClId device = TestDevices.first();
        String source = KernelSource.openCl().replace("out[i] = x[i] + y[i];", "out[i] = x[i] + z[i];");
        BackendException error = assertThrows(
                BackendException.class, () -> OpenClDevice.open(device, source, new BinaryCache(folder), SILENT));
        String message = String.valueOf(error.getMessage());
        assertTrue(message.contains("clBuildProgram failed: error -11 (CL_BUILD_PROGRAM_FAILURE)"), message);
        assertTrue(message.matches("(?s).*kernels/functions\\.c:\\d+:.*'z'.*"), message);
    }

    private float[] run(OpenClDevice device) {
        Kernel kernel = device.kernel("addOne");
        assertEquals(4, kernel.items());
        long block = device.allocate(40);
        device.fill(Float.floatToRawIntBits(1), block, 0, 10);
        Arguments arguments = new Arguments();
        arguments.add(3);
        arguments.add(block, 2);
        device.launch(kernel, arguments, 2, 1, 1);
        MemorySegment out = device.staging(24);
        device.read(block, 0, out);
        device.free(block);
        float[] values = new float[6];
        MemorySegment.copy(out, ValueLayout.JAVA_FLOAT, 0, values, 0, 6);
        return values;
    }

    @Test
    void cache_keepsPrograms_andReplacesWhatIsNone() throws IOException {
        OpenClId device = TestDevices.first();
        BinaryCache cache = new BinaryCache(folder.resolve("kernels"));
        float[] expected = {1, 1, 2, 2, 2, 1};
        for (int round = 0; round < 3; round++) {
            try (OpenClDevice opened = OpenClDevice.open(device, ADD_ONE, cache, SILENT)) {
                assertArrayEquals(expected, run(opened));
            }
            List<Path> files;
            try (Stream<Path> listed = Files.list(folder.resolve("kernels"))) {
                files = listed.toList();
            }
            assertEquals(1, files.size(), files.toString());
            assertTrue(Files.size(files.getFirst()) > 100);
            if (round == 1) {
                Files.writeString(files.getFirst(), "not a program");
            }
        }
    }

    private static String cacheKey(String driver, long bytes) {
        try (Arena arena = Arena.ofConfined()) {
            DeviceProperties properties = new DeviceProperties("opencl", 0, "pthread", driver, false, bytes, 1);
            OpenClFunctions functions = functions(arena, (_, _) -> 0);
            return new OpenClId(functions, MemorySegment.NULL, properties, bytes, 1024, "", true).cacheKey(ADD_ONE);
        }
    }

    /// The memory of PoCL is what the machine has free, so it differs from start to start.
    @Test
    void cache_ofADeviceWhoseMemoryVaries_knowsItsPrograms() {
        assertEquals(cacheKey("3.1", 7 << 28), cacheKey("3.1", 6 << 28));
        assertNotEquals(cacheKey("3.1", 7 << 28), cacheKey("3.2", 7 << 28));
    }

    @Test
    void cache_thatCannotBeWritten_isSaid() throws IOException {
        Path below = Files.writeString(folder.resolve("file"), "in the way").resolve("below");
        List<String> log = new ArrayList<>();
        CompileNotice notice = new CompileNotice(log::add, Duration.ofDays(1));
        try (OpenClDevice opened = OpenClDevice.open(TestDevices.first(), ADD_ONE, new BinaryCache(below), notice)) {
            assertArrayEquals(new float[] {1, 1, 2, 2, 2, 1}, run(opened));
        }
        assertEquals(1, log.size(), log.toString());
        assertTrue(
                log.getFirst()
                        .startsWith("compiled kernels are not kept, the next start compiles them again: " + below),
                log.getFirst());
    }

    @Test
    void cache_ofTheUser_followsXdg() {
        Path home = Path.of("/home/someone");
        Path below = Path.of("parallax", "kernels");
        assertEquals(
                home.resolve(".cache").resolve(below),
                BinaryCache.of(Map.of(), home).folder());
        assertEquals(
                home.resolve(".cache").resolve(below),
                BinaryCache.of(Map.of("XDG_CACHE_HOME", "relative"), home).folder());
        Path absolute = folder.toAbsolutePath();
        assertEquals(
                absolute.resolve(below),
                BinaryCache.of(Map.of("XDG_CACHE_HOME", absolute.toString()), home)
                        .folder());
    }

    @Test
    void kernel_thatDoesNotExist_isNamed() {
        try (OpenClDevice opened =
                OpenClDevice.open(TestDevices.first(), ADD_ONE, new BinaryCache(folder.resolve("kernels")), SILENT)) {
            BackendException error = assertThrows(BackendException.class, () -> opened.kernel("addTwo"));
            assertNotNull(error.getMessage());
            assertTrue(error.getMessage().contains("clCreateKernel addTwo failed: error -46"), error.getMessage());
        }
    }
}
