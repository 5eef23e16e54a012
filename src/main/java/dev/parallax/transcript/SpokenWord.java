package dev.parallax.transcript;

/// A word with its times.
///
/// @param text as it is written, without blanks around it
/// @param span when it is said
public record SpokenWord(String text, Span span) {}
