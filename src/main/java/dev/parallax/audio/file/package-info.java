/// Reading of recordings: WAV, AIFF, AU and FLAC are decoded here, other formats by ffmpeg where it is installed; and
/// writing of WAV.
///
/// May import `io`, `audio`.
///
/// Start at [AudioFile], then `FileKind`.
@NullMarked
package dev.parallax.audio.file;

import org.jspecify.annotations.NullMarked;
