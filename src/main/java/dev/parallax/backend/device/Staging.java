package dev.parallax.backend.device;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// The way from the host to the device. Values are copied to memory from which the device reads while the host
/// goes on; what goes to adjacent places one after the other becomes one transfer.
final class Staging {

    private final Device device;
    private final MemorySegment memory;
    private long used;

    // what is copied here but not yet sent: the last bytes that are used
    private long waiting;
    private long block;
    private long at; // where in the block it belongs

    private long transfers;

    /// @param memory of the device's staging
    Staging(Device device, MemorySegment memory) {
        this.device = device;
        this.memory = memory;
    }

    /// Sends floats to a block, from byte `to` on.
    void put(float[] values, long toBlock, long to) {
        for (int from = 0; from < values.length; ) {
            int count = Math.min(values.length - from, room(toBlock, to + 4L * from));
            MemorySegment.copy(values, from, memory, ValueLayout.JAVA_FLOAT, used, count);
            add(count);
            from += count;
        }
    }

    /// Sends ints to a block, from byte `to` on.
    void put(int[] values, long toBlock, long to) {
        for (int from = 0; from < values.length; ) {
            int count = Math.min(values.length - from, room(toBlock, to + 4L * from));
            MemorySegment.copy(values, from, memory, ValueLayout.JAVA_INT, used, count);
            add(count);
            from += count;
        }
    }

    private void add(int count) {
        used += 4L * count;
        waiting += 4L * count;
    }

    /// How many values there is room for, at least one, that go to this place.
    private int room(long toBlock, long to) {
        if (toBlock != block || to != at + waiting) {
            send();
            block = toBlock;
            at = to;
        }
        if (used == memory.byteSize()) {
            send();
            at = to;
            device.finish(); // what was sent may still be read
            used = 0;
        }
        return (int) ((memory.byteSize() - used) / 4);
    }

    /// Sends what is waiting: before anything else is asked of the device.
    void send() {
        if (waiting > 0) {
            device.write(memory.asSlice(used - waiting, waiting), block, at);
            transfers++;
            at += waiting;
            waiting = 0;
        }
    }

    /// The device has done all that was asked of it: the memory is free again.
    void finished() {
        used = 0;
    }

    /// How many transfers there were.
    long transfers() {
        return transfers;
    }
}
