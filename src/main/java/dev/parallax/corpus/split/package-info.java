/// Splits into a training, a validation and a test part that keep speakers, sessions, dialogues, scripts and copies
/// apart.
///
/// May import `io`, `audio.source`, `text`, `data`, `corpus.recordings`.
///
/// Start at [Splitter] and [Split].
@NullMarked
package dev.parallax.corpus.split;

import org.jspecify.annotations.NullMarked;
