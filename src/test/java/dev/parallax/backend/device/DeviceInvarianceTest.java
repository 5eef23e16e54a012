package dev.parallax.backend.device;

import dev.parallax.TestDevices;
import dev.parallax.backend.InvarianceTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

@Tag("device")
class DeviceInvarianceTest extends InvarianceTest {

    private static DeviceBackend device;

    DeviceInvarianceTest() {
        super(device);
    }

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
}
