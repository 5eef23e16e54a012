package dev.parallax.backend;

import dev.parallax.ShapeException;

/// A buffer in the Java heap: part of a `float[]`.
final class HostBuffer implements Buffer {

    final float[] array;
    final int offset;
    private final int length;

    HostBuffer(float[] array, int offset, int length) {
        this.array = array;
        this.offset = offset;
        this.length = length;
    }

    /// What `buffer` is on the host.
    static HostBuffer host(Buffer buffer) {
        return (HostBuffer) buffer;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public HostBuffer slice(int from, int count) {
        if (from < 0 || count < 0 || from > length - count) {
            throw new ShapeException("slice: " + count + " values from " + from + " do not lie within " + length);
        }
        return new HostBuffer(array, offset + from, count);
    }

    /// The rest of it, from `from` on.
    HostBuffer from(int from) {
        return slice(from, length - from);
    }
}
