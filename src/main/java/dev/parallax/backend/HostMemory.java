package dev.parallax.backend;

import java.util.concurrent.atomic.AtomicLong;

/// Memory in the Java heap. The garbage collector frees it; what is held is counted nevertheless, so that a buffer that
/// would be lost on a device is noticed on every machine.
public final class HostMemory implements Memory {

    private final AtomicLong live; // bytes, of the whole backend
    private long own;

    /// @param live counts the bytes of all memories of a backend
    public HostMemory(AtomicLong live) {
        this.live = live;
    }

    @Override
    public Buffer allocate(int length) {
        long bytes = (long) Float.BYTES * length;
        own += bytes;
        live.addAndGet(bytes);
        return new HostBuffer(new float[length], 0, length);
    }

    @Override
    public void close() {
        live.addAndGet(-own);
        own = 0;
    }
}
