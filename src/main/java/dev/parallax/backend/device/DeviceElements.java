package dev.parallax.backend.device;

import dev.parallax.backend.DropoutMask;
import dev.parallax.backend.Offsets;

/// Kernels that work element by element: `native/kernels/functions.c`, `dropout.c` and `reductions.c`.
record DeviceElements(Launcher launcher) {

    private static final int COLUMNS_PER_BLOCK = 8; // of a mask
    private static final int SUM_BLOCK = 4096;

    /// A kernel (count, x, ...) with one element of each at a time.
    void each(String kernel, DeviceBuffer... buffers) {
        int count = buffers[0].length();
        launcher.call(kernel).with(count).with(buffers).elements(count);
    }

    /// The same with a factor: (count, alpha, x, ...).
    void scaled(String kernel, float alpha, DeviceBuffer... buffers) {
        int count = buffers[0].length();
        launcher.call(kernel).with(count).scalars(alpha).with(buffers).elements(count);
    }

    /// The sum of squares, on the device: one double.
    Piece sumOfSquares(DeviceBuffer x) {
        int blocks = (x.length() + SUM_BLOCK - 1) / SUM_BLOCK;
        Piece[] work = launcher.scratch(2 * blocks, 2);
        Piece sums = work[0].ofDoubles();
        launcher.call("sumOfSquaresBlocks").with(x.length()).with(x, sums).groups(blocks);
        launcher.call("sumOfBlocks")
                .with(blocks)
                .with(sums, work[1].ofDoubles())
                .groups(1);
        return work[1];
    }

    void dropoutAdd(DeviceBuffer x, Offsets offsets, int features, DropoutMask mask, DeviceBuffer out) {
        Piece[] lists = launcher.twins(offsets.starts(), mask.utterances());
        int blocks = (features + COLUMNS_PER_BLOCK - 1) / COLUMNS_PER_BLOCK;
        launcher.call("dropoutAdd")
                .with(offsets.count(), offsets.total(), features)
                .with(lists[0])
                .with(mask, lists[1])
                .with(x, out)
                .elements((long) offsets.total() * blocks);
    }
}
