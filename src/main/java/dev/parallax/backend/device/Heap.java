package dev.parallax.backend.device;

import dev.parallax.BackendException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The blocks of a device, counted: buffers and all that serves the kernels.
final class Heap {

    private static final String SMALLER = "make the batch smaller (batchSize)";

    /// What helps where memory ends.
    static final String REMEDY = SMALLER + ", or close other programs on the device";

    private final Device device;
    private final Map<Long, Long> blocks = new HashMap<>(); // their bytes
    private long held;

    Heap(Device device) {
        this.device = device;
    }

    /// @throws BackendException when there is not so much memory left, or not in one block
    long allocate(long bytes) {
        long size = Math.max(Float.BYTES, bytes); // drivers refuse nothing at all
        // some drivers promise more than there is, and fail when it is written to
        boolean fits = size <= device.properties().bytes() - held;
        long block = fits ? device.allocate(size) : 0;
        if (block == 0) {
            throw new BackendException(refusal(size));
        }
        blocks.put(block, size);
        held += size;
        return block;
    }

    private String refusal(long size) {
        String message = device.properties().description() + ": out of device memory: " + DeviceProperties.size(size)
                + " asked for, " + DeviceProperties.size(held) + " held, "
                + DeviceProperties.size(device.freeBytes(held)) + " free";
        long largest = device.largestBlock();
        return size <= largest
                ? message + "; " + REMEDY
                : message + ", but at most " + DeviceProperties.size(largest) + " in one block; " + SMALLER;
    }

    void free(long block) {
        Long size = blocks.remove(block);
        if (size == null) {
            throw new IllegalStateException("a block of device memory was freed twice");
        }
        held -= size;
        device.free(block);
    }

    /// Frees all blocks.
    void freeAll() {
        List.copyOf(blocks.keySet()).forEach(this::free);
    }

    /// Bytes of all blocks.
    long held() {
        return held;
    }
}
