package dev.parallax.audio.file;

/// A recording of a kind that is known and not decoded here.
///
/// @param reason the end of a sentence about it: `looks like MP3, which is not read`
record Undecoded(String reason) implements FileContent {}
