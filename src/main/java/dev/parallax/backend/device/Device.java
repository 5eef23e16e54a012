package dev.parallax.backend.device;

import java.lang.foreign.MemorySegment;

/// A device and its driver: memory, transfers and kernels, in one stream. What is asked for is done in that
/// order, and later than the call returns, except where a method says so. For one thread at a time, whichever it
/// is.
///
/// A block of memory is a handle that is never 0; places in it are in bytes.
public interface Device extends AutoCloseable {

    /// What it is.
    DeviceProperties properties();

    /// A kernel, by its name in `native/kernels` without the prefix `parallax_`.
    ///
    /// @throws dev.parallax.BackendException when it does not exist, or needs more than the device has
    Kernel kernel(String name);

    /// A new block.
    ///
    /// @param bytes at least 1
    /// @return 0 where there is not so much memory left
    long allocate(long bytes);

    /// Gives a block back, after what was asked for before.
    void free(long block);

    /// Bytes that could be allocated, as far as the driver knows.
    ///
    /// @param held bytes of the blocks that are not freed
    long freeBytes(long held);

    /// Bytes of the largest block that [#allocate] is sure to give while there is memory; a driver may give larger
    /// ones.
    default long largestBlock() {
        return Long.MAX_VALUE;
    }

    /// Host memory from which the device reads fast, for as long as the device is open.
    MemorySegment staging(long bytes);

    /// Copies host memory to a block. The host memory must stay as it is until [#finish].
    void write(MemorySegment from, long block, long at);

    /// Copies a part of a block to host memory, and waits for it and all before it.
    void read(long block, long at, MemorySegment out);

    /// Copies between blocks, or within one where the parts do not overlap.
    void copy(long block, long at, long outBlock, long outAt, long bytes);

    /// Sets `count` words of 4 bytes.
    void fill(int word, long block, long at, long count);

    /// Runs groups of a kernel: x · y · z of them, each at least 1.
    void launch(Kernel kernel, Arguments arguments, int x, int y, int z);

    /// Waits until all that was asked for is done.
    void finish();

    /// Gives everything back; blocks that are not freed are lost.
    @Override
    void close();
}
