package dev.parallax.backend;

import dev.parallax.ShapeException;

/// A buffer in the Java heap: part of a `float[]`.
public final class HostBuffer implements Buffer {

    public final float[] array;
    public final int offset;
    private final int length;

    public HostBuffer(float[] array, int offset, int length) {
        this.array = array;
        this.offset = offset;
        this.length = length;
    }

    /// `buffer` as a host buffer, which it must be.
    public static HostBuffer host(Buffer buffer) {
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

    /// A view from element `from` to the end.
    public HostBuffer from(int from) {
        return slice(from, length - from);
    }
}
