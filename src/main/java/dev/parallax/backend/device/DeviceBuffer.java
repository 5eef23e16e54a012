package dev.parallax.backend.device;

import dev.parallax.ShapeException;
import dev.parallax.backend.Buffer;

/// A buffer on a device: part of a block of a memory.
///
/// @param memory to which the block belongs
/// @param block  on the device
/// @param offset of the first value in it, in values
/// @param length values
record DeviceBuffer(DeviceMemory memory, long block, int offset, int length) implements Buffer, Place {

    /// `buffer` as a device buffer, which it must be.
    static DeviceBuffer onDevice(Buffer buffer) {
        DeviceBuffer device = (DeviceBuffer) buffer;
        device.memory.requireOpen();
        return device;
    }

    @Override
    public DeviceBuffer slice(int from, int count) {
        if (from < 0 || count < 0 || from > length - count) {
            throw new ShapeException("slice: " + count + " values from " + from + " do not lie within " + length);
        }
        return new DeviceBuffer(memory, block, offset + from, count);
    }

    /// Where its first value lies in the block, in bytes.
    long at() {
        return (long) Float.BYTES * offset;
    }

    /// Whether the two share storage.
    boolean overlaps(DeviceBuffer that) {
        return block == that.block && offset < that.offset + that.length && that.offset < offset + length;
    }
}
