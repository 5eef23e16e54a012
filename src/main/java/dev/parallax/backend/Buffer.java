package dev.parallax.backend;

/// A run of float32 values that live on one backend: (storage, offset, length). Only its backend looks inside; values
/// enter by [Backend#upload] and leave by [Backend#download].
public interface Buffer {

    /// Number of values.
    int length();

    /// A view of `length` values from `offset` on: the same storage, so a change in one is seen in the other.
    ///
    /// @throws dev.parallax.ShapeException when the view does not lie within this buffer
    Buffer slice(int offset, int length);
}
