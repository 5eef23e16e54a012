package dev.parallax.backend.device;

import dev.parallax.backend.Buffer;
import dev.parallax.backend.Memory;
import java.lang.ref.Cleaner;

/// Buffers on a device that end together. One that nobody closed is closed when nobody can reach it any more, and
/// that is a mistake of whoever made it, so it is said.
final class DeviceMemory implements Memory {

    private static final Cleaner CLEANER = Cleaner.create();

    private final DeviceBackend backend;
    private final DeviceBlocks blocks;
    private final Cleaner.Cleanable cleanable;

    DeviceMemory(DeviceBackend backend, DeviceBlocks blocks) {
        this.backend = backend;
        this.blocks = blocks;
        this.cleanable = CLEANER.register(this, blocks::lost);
    }

    @Override
    public Buffer allocate(int length) {
        requireOpen();
        return new DeviceBuffer(this, backend.zeros(blocks, length), 0, length);
    }

    void requireOpen() {
        if (blocks.isClosed()) {
            throw new IllegalStateException("this device memory is closed");
        }
    }

    @Override
    public void close() {
        blocks.close();
        cleanable.clean();
    }
}
