package dev.parallax.benchmarks;

/// The part of the page about kernels.
final class KernelSection {

    private KernelSection() {}

    /// Measures and writes.
    static String measure() {
        return "";
    }
}
