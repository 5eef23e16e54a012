package dev.parallax.corpus.recordings;

/// How bad a finding about a corpus is.
public enum Severity {
    /// Results are not comparable, or training is impossible.
    ERROR,
    /// It should be looked at.
    WARNING,
    /// It is good to know.
    NOTE
}
