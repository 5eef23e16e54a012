package dev.parallax.backend.device;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;

/// The blocks of one memory: apart from it, so that they can be freed when it is lost.
final class DeviceBlocks {

    private final WeakReference<DeviceBackend> backend; // else no backend could be lost, and so noticed
    private final List<Long> blocks = new ArrayList<>();
    private long bytes;
    private volatile boolean closed;

    DeviceBlocks(DeviceBackend backend) {
        this.backend = new WeakReference<>(backend);
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
        DeviceBackend its = backend.get();
        if (!closed && its != null) { // one that is lost has freed them
            its.free(this);
        }
        closed = true;
    }

    /// The memory cannot be reached any more; nothing is wrong where it was closed before.
    void lost() {
        DeviceBackend its = backend.get();
        if (!closed && its != null) {
            its.complain(bytes);
            close();
        }
    }
}
