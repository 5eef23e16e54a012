package dev.parallax.backend.device;

/// Where values of 4 bytes begin on a device.
interface Place {

    /// The block of memory.
    long block();

    /// Number of the first value in it.
    int offset();
}
