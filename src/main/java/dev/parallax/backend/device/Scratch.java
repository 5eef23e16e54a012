package dev.parallax.backend.device;

/// Working memory of a kernel call: one block that grows. What one call takes there, the next one overwrites;
/// since the device works in order, no call sees that of another.
final class Scratch {

    private static final int ALIGNMENT = 64; // floats

    private final Heap heap;
    private long block;
    private int length;

    Scratch(Heap heap) {
        this.heap = heap;
    }

    /// Room for several arrays of floats, not zeroed, until the next call.
    ///
    /// @return one for each length
    BlockPart[] take(int... lengths) {
        int together = 0;
        for (int wanted : lengths) {
            together = Math.addExact(together, aligned(wanted));
        }
        if (together > length) {
            close();
            block = heap.allocate((long) Float.BYTES * together);
            length = together;
        }
        BlockPart[] arrays = new BlockPart[lengths.length];
        int used = 0;
        for (int i = 0; i < lengths.length; i++) {
            arrays[i] = new BlockPart(block, used);
            used += aligned(lengths[i]);
        }
        return arrays;
    }

    private static int aligned(int count) {
        return Math.addExact(count, ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    void close() {
        if (length > 0) {
            heap.free(block);
            length = 0;
        }
    }
}
