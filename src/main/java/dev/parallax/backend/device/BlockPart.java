package dev.parallax.backend.device;

/// A part of the memory that serves the kernels: working memory, or a list of ints.
///
/// @param block  of memory
/// @param offset number of the first value in it
record BlockPart(long block, int offset) implements Place {

    /// The same place, counted in doubles.
    BlockPart ofDoubles() {
        return new BlockPart(block, offset / 2);
    }
}
