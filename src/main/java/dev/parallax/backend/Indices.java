package dev.parallax.backend;

/// The int twin of [Buffer]: ids, labels, row numbers. Filled once, when it is made ([Backend#indices]).
public interface Indices {

    /// Number of values.
    int length();
}
