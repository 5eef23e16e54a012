package dev.parallax;

import dev.parallax.backend.device.BinaryCache;
import dev.parallax.backend.device.Device;
import dev.parallax.backend.device.DeviceBackend;
import dev.parallax.backend.device.OpenCl;
import dev.parallax.backend.device.OpenClId;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/// The OpenCL device of this machine, for tests: a GPU, or PoCL on the processor. Where there is none, tests are
/// skipped and say so; with `PARALLAX_DEVICE_REQUIRED=true` in the environment they fail.
public final class TestDevices {

    /// Compiled kernels of all tests.
    public static final BinaryCache CACHE = new BinaryCache(Path.of("target", "kernels"));

    private TestDevices() {}

    /// The first device.
    public static OpenClId first() {
        List<OpenClId> devices;
        try {
            devices = OpenCl.ofMachine().devices();
        } catch (BackendException e) {
            if ("true".equals(System.getenv("PARALLAX_DEVICE_REQUIRED"))) {
                Assertions.fail("a device is required (PARALLAX_DEVICE_REQUIRED): " + e.getMessage(), e);
            }
            Assumptions.abort("skipped, no device: " + e.getMessage());
            throw e;
        }
        return devices.getFirst();
    }

    /// The first device, opened; that its kernels are compiled is said on stderr.
    public static Device open() {
        return first().open(CACHE, System.err::println);
    }

    /// A backend on it; whoever asks closes it. No test may lose device memory.
    public static DeviceBackend backend() {
        return new DeviceBackend(open(), Assertions::fail);
    }
}
