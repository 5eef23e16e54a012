package dev.parallax.backend;

/// Buffers that end together: all that was allocated here is given back when it is closed, and must not be used after
/// that. Whatever holds buffers has a memory of its own and closes it: a model its parameters, an optimiser its
/// moments,
/// a tape its arena.
///
/// On a host the garbage collector would do; a device's memory it does not see. For one thread at a time.
public interface Memory extends AutoCloseable {

    /// A new buffer of zeros.
    Buffer allocate(int length);

    @Override
    void close();
}
