package dev.parallax.report.page;

/// Something worth knowing about a run, shown as a line: `training time: 74 s`.
///
/// @param name  what it is
/// @param value as it is to be read, with its unit
public record Fact(String name, String value) {}
