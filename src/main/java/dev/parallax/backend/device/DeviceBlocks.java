package dev.parallax.backend.device;

import java.util.ArrayList;
import java.util.List;

/// The blocks of one memory: apart from it, so that they can be freed when it is lost.
final class DeviceBlocks {

    private final DeviceBackend backend;
    private final List<Long> blocks = new ArrayList<>();
    private long bytes;
    private volatile boolean closed;

    DeviceBlocks(DeviceBackend backend) {
        this.backend = backend;
    }

    void add(long block, long size) {
        blocks.add(block);
        bytes += size;
    }

    List<Long> blocks() {
        return blocks;
    }

    /// Bytes of its buffers.
    long bytes() {
        return bytes;
    }

    boolean isClosed() {
        return closed;
    }

    void close() {
        if (!closed) {
            closed = true;
            backend.free(this);
        }
    }

    /// The memory cannot be reached any more; nothing is wrong where it was closed before.
    void lost() {
        if (!closed) {
            backend.complain(bytes);
            close();
        }
    }
}
