package dev.parallax.backend;

/// The counterpart of [Buffer] for ints: ids, labels, row numbers. Filled once, when it is made ([Backend#indices]).
public interface Indices {

    /// Number of values.
    int length();
}
