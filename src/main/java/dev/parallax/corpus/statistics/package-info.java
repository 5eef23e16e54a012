/// A corpus in numbers: classes, speakers, durations, words.
///
/// May import `io`, `audio`, `audio.file`, `audio.source`, `text`, `data`, `corpus.split`, `corpus`.
///
/// Start at [Statistics].
@NullMarked
package dev.parallax.corpus.statistics;

import org.jspecify.annotations.NullMarked;
