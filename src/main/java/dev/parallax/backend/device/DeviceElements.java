package dev.parallax.backend.device;

import dev.parallax.backend.DoubleBits;
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

    void sumOfSquares(DeviceBuffer x, DeviceBuffer out) {
        int blocks = (x.length() + SUM_BLOCK - 1) / SUM_BLOCK;
        BlockPart sums = launcher.scratch(2 * blocks)[0].ofDoubles();
        launcher.call("sumOfSquaresBlocks").with(x.length()).with(x, sums).groups(blocks);
        launcher.call("sumOfBlocks").with(blocks).with(sums, ofDouble(out)).groups(1);
    }

    void clipByNorm(double maxNorm, DeviceBuffer sumOfSquares, DeviceBuffer x) {
        BlockPart normAndFactor = launcher.scratch(2)[0];
        launcher.call("clipFactor")
                .doubles(maxNorm)
                .with(ofDouble(sumOfSquares), normAndFactor)
                .groups(1);
        BlockPart factor = new BlockPart(normAndFactor.block(), normAndFactor.offset() + 1);
        launcher.call("scaleInPlaceBy").with(x.length()).with(factor, x).elements(x.length());
    }

    /// Two values as the place of one double, which must be aligned.
    private static BlockPart ofDouble(DeviceBuffer two) {
        DoubleBits.require(two.length(), two.offset());
        return new BlockPart(two.block(), two.offset()).ofDoubles();
    }

    void dropoutAdd(DeviceBuffer x, Offsets offsets, int features, DropoutMask mask, DeviceBuffer out) {
        BlockPart[] lists = launcher.lists(offsets.starts(), mask.utterances());
        int blocks = (features + COLUMNS_PER_BLOCK - 1) / COLUMNS_PER_BLOCK;
        launcher.call("dropoutAdd")
                .with(offsets.count(), offsets.total(), features)
                .with(lists[0])
                .with(mask, lists[1])
                .with(x, out)
                .elements((long) offsets.total() * blocks);
    }
}
