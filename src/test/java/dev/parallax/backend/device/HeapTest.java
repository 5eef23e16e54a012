package dev.parallax.backend.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parallax.BackendException;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

/// What a heap says where a device gives no block.
class HeapTest {

    private static final long MIB = 1 << 20;
    private static final DeviceProperties PROPERTIES =
            new DeviceProperties("made", 0, "Made-up GPU", "1", true, 512 * MIB, 1);

    /// A device with 512 MiB that gives nothing above 128 MiB.
    ///
    /// @param largestBlock what it says that it gives
    private static Device device(long largestBlock) {
        return (Device) Proxy.newProxyInstance(
                Device.class.getClassLoader(),
                new Class<?>[] {Device.class},
                (_, method, arguments) -> switch (method.getName()) {
                    case "allocate" -> (long) arguments[0] > 128 * MIB ? 0L : 7L;
                    case "freeBytes" -> PROPERTIES.bytes() - (long) arguments[0];
                    case "largestBlock" -> largestBlock;
                    case "properties" -> PROPERTIES;
                    default -> null;
                });
    }

    private static String refusal(long largestBlock) {
        Heap heap = new Heap(device(largestBlock));
        heap.allocate(11 * MIB);
        String message = String.valueOf(assertThrows(BackendException.class, () -> heap.allocate(382 * MIB))
                .getMessage());
        assertEquals(11 * MIB, heap.held());
        return message;
    }

    @Test
    void allocate_moreThanTheLargestBlock_saysThatMoreIsFreeButNotInOneBlock() {
        assertEquals(
                "made:0 \"Made-up GPU\" (GPU, 512.0 MiB, driver 1): out of device memory: 382.0 MiB asked for,"
                        + " 11.0 MiB held, 501.0 MiB free, but at most 128.0 MiB in one block; make the batch smaller"
                        + " (batchSize)",
                refusal(128 * MIB));
    }

    @Test
    void allocate_noMoreThanTheLargestBlock_saysWhatIsFree() {
        assertEquals(
                "made:0 \"Made-up GPU\" (GPU, 512.0 MiB, driver 1): out of device memory: 382.0 MiB asked for,"
                        + " 11.0 MiB held, 501.0 MiB free; make the batch smaller (batchSize), or close other programs on"
                        + " the device",
                refusal(Long.MAX_VALUE));
    }
}
