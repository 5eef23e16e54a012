package dev.parallax.setup.request;

/// One setting that is changed.
///
/// @param key   as in `training.epochs`
/// @param value as a person writes it: `30`
public record Setting(String key, String value) {}
