package dev.parallax.backend.device;

import java.lang.foreign.MemorySegment;

/// A compiled kernel.
///
/// @param name   without the prefix `parallax_`
/// @param handle the driver's
/// @param items  of a group, as the compiled kernel says
public record Kernel(String name, MemorySegment handle, int items) {}
