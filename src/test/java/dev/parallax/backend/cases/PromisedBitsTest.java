package dev.parallax.backend.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.TestDevices;
import dev.parallax.backend.device.DeviceBackend;
import dev.parallax.backend.scalar.ScalarBackend;
import dev.parallax.backend.vector.VectorBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The hashes in the jar are those of PoCL, and of vectors of every width.
class PromisedBitsTest {

    /// Where a promised bit changes on purpose, the file that this test writes takes the place of the resource.
    @Test
    @Tag("device")
    void device_hasThePromisedBits() throws IOException {
        try (DeviceBackend backend = TestDevices.backend()) {
            List<String> lines = PromisedBits.of(backend);
            Path written = Path.of("target", "promised-bits.txt");
            Files.write(written, lines);
            assertEquals(String.join("\n", PromisedBits.promised()), String.join("\n", lines), "see " + written);
            assertEquals(List.of(), PromisedBits.broken(backend));
        }
    }

    @Test
    @Tag("vector")
    void vectors_haveThePromisedBits() {
        assertTrue(PromisedBits.canBeCompared());
        assertEquals(List.of(), PromisedBits.broken(new VectorBackend()));
    }

    /// The plain loops add in another order.
    @Test
    void otherBits_areNamedWithTheirSizes() {
        List<String> broken = PromisedBits.broken(new ScalarBackend());
        assertTrue(
                broken.stream().anyMatch(line -> line.startsWith("gemm (") && line.endsWith("301)")),
                broken.toString());
    }
}
