package dev.parallax.backend;

/// Indices in the Java heap.
final class HostIndices implements Indices {

    final int[] array;

    HostIndices(int[] array) {
        this.array = array;
    }

    /// What `indices` are on the host.
    static int[] of(Indices indices) {
        return ((HostIndices) indices).array;
    }

    @Override
    public int length() {
        return array.length;
    }
}
