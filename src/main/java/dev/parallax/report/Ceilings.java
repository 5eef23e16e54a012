package dev.parallax.report;

/// The best accuracy that any model can reach on the embedded corpus, known from how it is made; in [0, 1].
///
/// @param fused    with both perspectives
/// @param audio    with the audio alone
/// @param text     with the text alone
/// @param majority of always giving the most frequent class
public record Ceilings(double fused, double audio, double text, double majority) {}
