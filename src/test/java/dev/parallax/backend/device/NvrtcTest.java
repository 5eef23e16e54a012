package dev.parallax.backend.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.BackendException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.opentest4j.TestAbortedException;

/// The kernels compiled for the very card by NVRTC, against a made-up one, and by the one of this machine where
/// there is one.
class NvrtcTest {

    private final Arena arena = Arena.ofShared();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        arena.close();
    }

    private BinaryCache cache() {
        return new BinaryCache(folder.resolve("kernels"));
    }

    @Test
    void setting_thatDoesNotAsk_isNone() {
        for (String setting : Arrays.asList(null, "", "false")) {
            assertEquals(Optional.empty(), Nvrtc.ofSetting(setting));
        }
    }

    @Test
    void setting_ofAFileThatIsNotThere_saysHowToGetIt() {
        String setting = folder.resolve("none.so").toString();
        String message = refusal(setting);
        assertTrue(
                message.startsWith(
                        "cuda: PARALLAX_NVRTC=" + setting + ": there is no file " + setting + "; install NVRTC"),
                message);
        assertTrue(message.endsWith("without PARALLAX_NVRTC the kernels of the jar serve"), message);
    }

    @Test
    void setting_ofAFileThatIsNoLibrary_saysWhatTheLoaderSays() throws IOException {
        Path file = Files.writeString(folder.resolve("libnvrtc.so"), "garbage");
        String message = refusal(file.toString());
        assertTrue(message.startsWith("cuda: PARALLAX_NVRTC=" + file + ": file too short; install NVRTC"), message);
    }

    @Test
    void setting_ofAnotherLibrary_saysThatItIsNotNvrtc() {
        Path other = Path.of(System.getProperty("java.home"), "lib", System.mapLibraryName("java"));
        String message = refusal(other.toString());
        assertEquals(
                "cuda: PARALLAX_NVRTC=" + other + ": a library, but not NVRTC: it has no function nvrtcVersion; install"
                        + " NVRTC of the CUDA toolkit and set PARALLAX_NVRTC to true, or to the path of libnvrtc.so;"
                        + " without PARALLAX_NVRTC the kernels of the jar serve",
                message);
    }

    private static String refusal(String setting) {
        return String.valueOf(assertThrows(BackendException.class, () -> Nvrtc.ofSetting(setting))
                .getMessage());
    }

    @Test
    void open_compilesForTheCard_saysSo_andKeepsTheProgram() {
        FakeNvrtc compiler = new FakeNvrtc(arena, "", 0);
        FakeCuda driver = new FakeCuda(arena, "", 0, 90);
        CudaId device = driver.library().devices().getFirst();
        for (int round = 0; round < 2; round++) {
            List<String> log = new ArrayList<>();
            try (Device opened = device.open(compiler.library(), cache(), log::add)) {
                assertEquals(
                        List.of("cuda:0: kernels compiled by NVRTC 13.0 for sm_90 (PARALLAX_NVRTC), not those of the"
                                + " jar"),
                        log);
                assertEquals("cuda", opened.properties().api());
            }
        }
        assertEquals(1, compiler.calls.get("nvrtcCompileProgram"), "the second one is kept");
        assertEquals(1, compiler.calls.get("nvrtcDestroyProgram"));
        assertEquals(List.of("-arch=sm_90", "-fmad=false", "-std=c++17"), compiler.options);
        assertTrue(compiler.source.startsWith("#line 1 \"prelude-cuda.h\"\n"));
        assertTrue(compiler.source.contains("#line 1 \"kernels/matrix.c\"\n"));
        assertArrayEquals(
                "made for -arch=sm_90".getBytes(StandardCharsets.US_ASCII),
                compiler.library().compile(KernelSource.cuda(), "sm_90"));
    }

    static Stream<String> functions() {
        return Arrays.stream(NvrtcFunctions.class.getMethods())
                .map(Method::getName)
                .filter(name -> !name.startsWith("nvrtcGetProgramLog")); // asked where it does not compile, below
    }

    @ParameterizedTest
    @MethodSource("functions")
    void function_thatFails_isNamedWithItsStatus_andTheProgramIsGivenBack(String function) {
        FakeNvrtc compiler = new FakeNvrtc(arena, function, 11);
        String message = String.valueOf(
                assertThrows(BackendException.class, () -> compiler.library().compile("", "sm_90"))
                        .getMessage());
        assertTrue(message.contains("error 11 (NVRTC_ERROR_INTERNAL_ERROR)"), message);
        boolean made = !List.of("nvrtcVersion", "nvrtcCreateProgram").contains(function);
        assertEquals(made ? 1 : 0, compiler.calls.getOrDefault("nvrtcDestroyProgram", 0));
    }

    @Test
    void compile_thatIsRefused_showsTheCompilersLine() {
        Nvrtc compiler = new FakeNvrtc(arena, "nvrtcCompileProgram", 6).library();
        String message = String.valueOf(assertThrows(BackendException.class, () -> compiler.compile("", "sm_90"))
                .getMessage());
        assertEquals(
                "cuda: NVRTC 13.0 does not compile the kernels for sm_90: error 6 (NVRTC_ERROR_COMPILATION); the compiler"
                        + " says: kernels/matrix.c(7): error: identifier \"b\" is undefined",
                message);
    }

    private static Nvrtc ofThisMachine() {
        try {
            return Nvrtc.ofSetting(System.getenv().getOrDefault(Nvrtc.SETTING, "true"))
                    .orElseThrow(() -> new TestAbortedException("skipped: PARALLAX_NVRTC is false"));
        } catch (BackendException e) {
            throw new TestAbortedException("skipped: " + e.getMessage(), e);
        }
    }

    /// With `PARALLAX_NVRTC` in the environment, or where the system finds libnvrtc.
    @Test
    void compile_byTheCompilerOfThisMachine_makesAllKernels() {
        Nvrtc compiler = ofThisMachine();
        for (String architecture : List.of("sm_75", "sm_80", "sm_90")) {
            byte[] cubin = compiler.compile(KernelSource.cuda(), architecture);
            String text = new String(cubin, StandardCharsets.ISO_8859_1);
            assertEquals("ELF", text.substring(1, 4));
            assertTrue(text.contains("parallax_lstm96"), architecture);
        }
        String wrong = KernelSource.cuda().replace("out[i] = x[i] + y[i];", "out[i] = x[i] + z[i];");
        String message = String.valueOf(assertThrows(BackendException.class, () -> compiler.compile(wrong, "sm_90"))
                .getMessage());
        assertTrue(message.matches("(?s).*kernels/functions\\.c\\(\\d+\\).*\"z\".*"), message);
    }
}
