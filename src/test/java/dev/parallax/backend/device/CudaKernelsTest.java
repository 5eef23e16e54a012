package dev.parallax.backend.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.backend.Backend;
import dev.parallax.backend.cases.KernelCases;
import dev.parallax.backend.cases.PromisedBits;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// All kernels through the driver's interface of CUDA, on a driver that computes on the processor
/// (`native/test/cuda`): that each launch has the groups and the arguments that its kernel wants. Where gcc or
/// python3 is missing it is skipped, and says so; with `PARALLAX_DEVICE_REQUIRED=true` it fails.
class CudaKernelsTest {

    private static final int[] SIZES = {1, 33, 97};

    private static DeviceBackend backend;

    @BeforeAll
    @SuppressWarnings("restricted")
    static void open() throws IOException, InterruptedException {
        Path folder = Path.of("target", "cuda").toAbsolutePath();
        String failure = build(folder);
        if (!failure.isEmpty()) {
            String why = "no driver of CUDA that computes on the processor: " + failure;
            Assertions.assertNotEquals("true", System.getenv("PARALLAX_DEVICE_REQUIRED"), why);
            Assumptions.abort("skipped, " + why);
        }
        SymbolLookup library = SymbolLookup.libraryLookup(folder.resolve("libcuda.so.1"), Arena.global());
        CudaId device = Cuda.of(library).devices().getFirst();
        backend = new DeviceBackend(device.open(System.err::println), Assertions::fail);
    }

    /// Why it cannot be built, or an empty text.
    private static String build(Path folder) throws IOException, InterruptedException {
        try {
            Process process = new ProcessBuilder("native/test/cuda/build", folder.toString())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? "" : said.strip();
        } catch (IOException e) {
            return "native/test/cuda/build: " + e.getMessage();
        }
    }

    @AfterAll
    static void close() {
        if (backend != null) {
            assertEquals(0, backend.liveBytes());
            backend.close();
        }
    }

    @Test
    void kernels_oddSizes_agreeWithScalar() {
        KernelCases cases = new KernelCases();
        for (String kernel : Backend.kernels()) {
            for (int size : SIZES) {
                double error = cases.error(kernel, size, backend);
                assertTrue(error <= 1, kernel + " at size " + size + ": " + error + " times what is allowed");
            }
        }
    }

    @Test
    void kernels_withPromisedBits_haveThem() {
        assertEquals(List.of(), PromisedBits.broken(backend));
    }
}
