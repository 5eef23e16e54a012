package dev.parallax.backend;

/// Indices in the Java heap.
public final class HostIndices implements Indices {

    final int[] array;

    public HostIndices(int[] array) {
        this.array = array;
    }

    /// The values of `indices`, which must be host indices.
    public static int[] of(Indices indices) {
        return ((HostIndices) indices).array;
    }

    @Override
    public int length() {
        return array.length;
    }
}
